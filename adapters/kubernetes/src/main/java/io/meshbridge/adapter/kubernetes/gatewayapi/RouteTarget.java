package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.ServiceFacts;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The Service whose routes are read.
 *
 * @param mesh to which it belongs
 * @param service its namespace and name
 * @param ports its ports; none if nobody declared the Service
 */
public record RouteTarget(MeshId mesh, ResourceKey service, List<ServiceFacts.Port> ports) {
  /** Copies. */
  public RouteTarget {
    ports = List.copyOf(ports);
  }

  ServiceKey keyOf(ResourceKey other) {
    return new ServiceKey(mesh, other.namespace(), other.name());
  }

  Optional<ServiceFacts.Port> port(int number) {
    return ports.stream().filter(port -> port.number() == number).findFirst();
  }

  Optional<ServiceFacts.Port> port(String name) {
    return ports.stream().filter(port -> port.name().equals(name)).findFirst();
  }

  /** The only port; empty if there are several, or none is known. */
  OptionalInt onlyPort() {
    return ports.size() == 1 ? OptionalInt.of(ports.getFirst().number()) : OptionalInt.empty();
  }
}
