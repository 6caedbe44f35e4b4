package io.meshbridge.importing;

import io.meshbridge.model.ServiceKey;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Services by their mesh, namespace and name, in each of which {@code *} stands for any text.
 *
 * @param mesh of which mesh
 * @param namespace in which namespace
 * @param name called what
 */
public record ServiceGlob(String mesh, String namespace, String name) {
  /**
   * Reads {@code MESH}, {@code MESH/NAMESPACE} or {@code MESH/NAMESPACE/NAME}; what is not said may
   * be anything.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  public static ServiceGlob parse(String text) {
    var parts = List.of(text.split("/", -1));
    if (parts.size() > 3 || parts.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "'" + text + "' is no pattern such as east, east/shop or east/*/web-*");
    }
    return new ServiceGlob(
        parts.getFirst(),
        parts.size() > 1 ? parts.get(1) : "*",
        parts.size() > 2 ? parts.get(2) : "*");
  }

  /** Whether the service is one of them. */
  public boolean matches(ServiceKey service) {
    return matches(mesh, service.mesh().value())
        && matches(namespace, service.namespace())
        && matches(name, service.name());
  }

  private static boolean matches(String glob, String text) {
    return glob.equals("*") || glob.equals(text) || (glob.contains("*") && regex(glob, text));
  }

  private static boolean regex(String glob, String text) {
    var regex =
        Stream.of(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return Pattern.matches(regex, text);
  }

  /** As it may be written. */
  @Override
  public String toString() {
    return mesh + "/" + namespace + "/" + name;
  }
}
