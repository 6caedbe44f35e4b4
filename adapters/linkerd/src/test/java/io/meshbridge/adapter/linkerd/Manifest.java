package io.meshbridge.adapter.linkerd;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.meshbridge.model.Location;
import io.meshbridge.spi.Document;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Documents for tests, from YAML. */
final class Manifest {
  private Manifest() {}

  @SuppressWarnings("unchecked")
  static List<Document> of(String... texts) {
    var yaml = new KubernetesSerialization();
    return Stream.of(texts)
        .map(
            text ->
                new Document(
                    new Location("shop.yaml", 1),
                    (Map<String, Object>) yaml.unmarshal(text, Map.class),
                    Map.of("spec", 7, "spec.ports[0].port", 9)))
        .toList();
  }
}
