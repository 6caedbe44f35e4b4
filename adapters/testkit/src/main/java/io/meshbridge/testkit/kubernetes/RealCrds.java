package io.meshbridge.testkit.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The custom resource definitions of the meshes themselves, where a folder holds them. */
final class RealCrds {
  private static final String FOLDER = "MESHBRIDGE_CRDS";

  private RealCrds() {}

  /** Those that the environment names; empty if it names none. */
  static List<CustomResourceDefinition> all(KubernetesClient client) {
    return Optional.ofNullable(System.getenv(FOLDER))
        .filter(folder -> !folder.isBlank())
        .map(folder -> below(Path.of(folder), client))
        .orElse(List.of());
  }

  private static List<CustomResourceDefinition> below(Path folder, KubernetesClient client) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .flatMap(file -> definitionsIn(file, client))
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Stream<CustomResourceDefinition> definitionsIn(
      Path file, KubernetesClient client) {
    try (var text = Files.newInputStream(file)) {
      List<HasMetadata> items = client.load(text).items();
      return items.stream()
          .filter(CustomResourceDefinition.class::isInstance)
          .map(CustomResourceDefinition.class::cast);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
