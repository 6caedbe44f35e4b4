package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.NameSyntax;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.ServicePort;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The Service that an import becomes.
 *
 * @param key its namespace and name
 * @param ports those that it is written with
 * @param others the Services that the imports of other services became
 */
public record TargetService(
    ResourceKey key, List<ServicePort> ports, Function<ServiceKey, Optional<ResourceKey>> others) {
  /** Copies. */
  public TargetService {
    ports = List.copyOf(ports);
  }

  /** The Service for a subset of the import's endpoints. */
  public ResourceKey subset(String name) {
    return new ResourceKey(key.namespace(), NameSyntax.label(key.name() + "-" + name));
  }

  /** The ports on which requests are looked into. */
  List<ServicePort> requestPorts() {
    return ports.stream()
        .filter(
            port ->
                switch (port.protocol()) {
                  case HTTP, HTTP2, GRPC -> true;
                  case HTTPS, TLS, TCP, MONGO, MYSQL, REDIS, UDP -> false;
                })
        .toList();
  }

  /** The ports on which connections stay closed. */
  List<ServicePort> connectionPorts() {
    return ports.stream()
        .filter(port -> port.protocol() != AppProtocol.UDP && !requestPorts().contains(port))
        .toList();
  }
}
