package io.meshbridge.cli;

import io.meshbridge.model.ServiceKey;
import java.util.List;

/**
 * A service as people name it: {@code web}, {@code shop/web} or {@code east/shop/web}. What is not
 * said is empty.
 */
record ServicePattern(String mesh, String namespace, String name) {
  static ServicePattern parse(String text) {
    var parts = List.of(text.split("/", -1));
    boolean named = parts.size() <= 3 && parts.stream().noneMatch(String::isBlank);
    if (!named) {
      throw new InvalidInputException(
          "SERVICE: '" + text + "' is not a name such as web, shop/web or east/shop/web");
    }
    return switch (parts.size()) {
      case 1 -> new ServicePattern("", "", parts.getFirst());
      case 2 -> new ServicePattern("", parts.getFirst(), parts.getLast());
      default -> new ServicePattern(parts.getFirst(), parts.get(1), parts.getLast());
    };
  }

  boolean matches(ServiceKey service) {
    return name.equals(service.name())
        && (namespace.isEmpty() || namespace.equals(service.namespace()))
        && (mesh.isEmpty() || mesh.equals(service.mesh().value()));
  }

  /** As it was written. */
  @Override
  public String toString() {
    return (mesh.isEmpty() ? "" : mesh + "/") + (namespace.isEmpty() ? "" : namespace + "/") + name;
  }
}
