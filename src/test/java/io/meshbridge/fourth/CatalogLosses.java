package io.meshbridge.fourth;

import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.Health;
import io.meshbridge.model.Import;
import io.meshbridge.model.ServicePort;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What a catalog of names cannot say: the list that was written before the translator was. */
final class CatalogLosses {
  private CatalogLosses() {}

  /** A line needs a name for an address without blanks, a port, and somebody who answers. */
  static boolean isSayable(Endpoint endpoint, ServicePort port) {
    return endpoint.health().takesTraffic()
        && endpoint.weight() > 0
        && endpoint.ports().containsKey(port.name())
        && endpoint.address().chars().noneMatch(Character::isWhitespace);
  }

  /** The path of each field that gets lost, and why. */
  static Map<String, String> of(Import service, ServicePort only) {
    var losses = new TreeMap<String, String>();
    for (ServicePort port : service.export().ports()) {
      if (!port.equals(only)) {
        losses.put("ports[" + port.name() + "]", "a name has one port");
      } else if (!isPlain(service, port)) {
        losses.put("ports[" + port.name() + "]", "a line has only the number of its address");
      }
    }
    if (!service.export().labels().isEmpty()) {
      losses.put("labels", "a line has no labels");
    }
    for (Endpoint endpoint : service.endpoints().endpoints()) {
      if (!isSayable(endpoint, only)) {
        losses.put("endpoints[" + endpoint.address() + "]", "gets no traffic, or not on this port");
      }
    }
    tell(losses, service, "health", e -> e.health() != Health.READY);
    tell(losses, service, "weight", e -> e.weight() != 1);
    tell(losses, service, "locality", e -> e.locality().isKnown());
    tell(losses, service, "network", e -> !e.network().isEmpty());
    tell(losses, service, "labels", e -> !e.labels().isEmpty());
    tell(losses, service, "identity", e -> !e.identity().isEmpty());
    return losses;
  }

  private static boolean isPlain(Import service, ServicePort port) {
    return port.name().equals("tcp")
        && port.protocol() == AppProtocol.TCP
        && service.endpoints().endpoints().stream()
            .allMatch(endpoint -> endpoint.ports().getOrDefault("tcp", 0) == port.number());
  }

  private static void tell(
      Map<String, String> losses, Import service, String field, Predicate<Endpoint> isThere) {
    if (service.endpoints().endpoints().stream().anyMatch(isThere)) {
      losses.put("endpoints." + field, "a line has no word for it");
    }
  }
}
