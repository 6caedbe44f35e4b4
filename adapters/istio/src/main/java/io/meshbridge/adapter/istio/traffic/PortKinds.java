package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.ServicePort;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is spoken on the ports of an import, as far as Istio's proxies look into it.
 *
 * @param numbers all of them
 * @param http whether any is for requests
 * @param connections whether any is for connections that nobody looks into
 */
record PortKinds(Set<Integer> numbers, boolean http, boolean connections) {
  static PortKinds of(Collection<ServicePort> ports) {
    return new PortKinds(
        ports.stream().map(ServicePort::number).collect(Collectors.toUnmodifiableSet()),
        ports.stream().anyMatch(PortKinds::isHttp),
        ports.stream().anyMatch(port -> !isHttp(port)));
  }

  private static boolean isHttp(ServicePort port) {
    return switch (port.protocol()) {
      case HTTP, HTTP2, GRPC -> true;
      case TCP, TLS, HTTPS, MONGO, MYSQL, REDIS, UDP -> false;
    };
  }
}
