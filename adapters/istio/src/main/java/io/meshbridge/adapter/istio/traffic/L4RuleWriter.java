package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.Import;
import io.meshbridge.model.traffic.L4Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says one rule for TLS that stays closed, or for TCP. */
final class L4RuleWriter {
  private final Import service;
  private final Destinations destinations;

  L4RuleWriter(Import service, Destinations destinations) {
    this.service = service;
    this.destinations = destinations;
  }

  /** The rule as a TLSRoute or a TCPRoute; empty if it cannot be said. */
  Optional<Map<String, Object>> write(L4Rule rule, RulePart part) {
    var match = new LinkedHashMap<String, Object>();
    rule.port().ifPresent(port -> match.put("port", port));
    if (rule.isTls()) {
      match.put("sniHosts", namesOf(rule, part));
    }
    match.putAll(Clients.of(rule.client(), part, "client"));
    var route =
        new BackendWriter(part, destinations)
            .of(rule.backends(), OrderOfChanges.NOTHING, OrderOfChanges.NOTHING);
    if (route.isEmpty() && part.isSayable()) {
      part.unsayable("backends", "Istio cannot refuse connections by a rule", "");
    }
    if (!part.isSayable()) {
      part.leaveOut(false);
      return Optional.empty();
    }
    var written = new LinkedHashMap<String, Object>();
    if (!match.isEmpty()) {
      written.put("match", List.of(match));
    }
    written.put("route", route);
    return Optional.of(written);
  }

  /**
   * Istio takes only server names that are among the hosts of the VirtualService. Who calls the
   * import asks for its name where the origin's clients ask for one of the service's own.
   */
  private List<String> namesOf(L4Rule rule, RulePart part) {
    if (service.export().ingress().isPresent()) {
      return rule.serverNames();
    }
    var names = new ArrayList<String>();
    var foreign = new ArrayList<String>();
    for (int i = 0; i < rule.serverNames().size(); i++) {
      var name = rule.serverNames().get(i);
      if (name.equals(service.name()) || service.export().hostnames().contains(name)) {
        names.add(service.name());
      } else {
        foreign.add("serverNames[" + i + "]");
      }
    }
    var reason = "Istio takes only the import's own host for a server name";
    if (names.isEmpty()) {
      foreign.forEach(field -> part.unsayable(field, reason, ""));
    } else {
      foreign.forEach(field -> part.dropped(field, reason));
    }
    return names.stream().distinct().toList();
  }
}
