package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.NameSyntax;
import io.meshbridge.model.ServicePort;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A Consul service has one port, so an import is one Consul service for each of its ports. */
public final class PortNames {
  private PortNames() {}

  /** The Consul service of each port that Consul's mesh can carry, in the order of the ports. */
  public static Map<ServicePort, String> of(String importName, List<ServicePort> ports) {
    var writable = ports.stream().filter(port -> port.protocol() != AppProtocol.UDP).toList();
    var names = new LinkedHashMap<ServicePort, String>();
    for (ServicePort port : writable) {
      names.put(port, writable.size() == 1 ? importName : joined(importName, port));
    }
    return names;
  }

  /** The port that a request goes to: the one of that number, or the only one. */
  static Optional<ServicePort> find(List<ServicePort> ports, OptionalInt number, int askedFor) {
    int wanted = number.orElse(askedFor);
    var byNumber = ports.stream().filter(port -> port.number() == wanted).findFirst();
    return byNumber.isPresent() || number.isPresent() || ports.size() != 1
        ? byNumber
        : Optional.of(ports.getFirst());
  }

  private static String joined(String importName, ServicePort port) {
    return label(importName + "-" + port.name());
  }

  /** The name, or one of the same meaning that is short enough. */
  static String label(String name) {
    return NameSyntax.DNS_LABEL.accepts(name) ? name : NameSyntax.withHash(name, name);
  }
}
