package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.adapter.consul.traffic.Neighbours.Place;
import io.meshbridge.model.traffic.L4Rule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a listener leads that does not look into requests: to one service. */
final class GatewayConnections {
  private static final String LEFT_OUT = "; the rule is left out";

  private final List<L4Rule> rules;
  private final PortPlan plan;
  private final LossBook losses;

  /**
   * @param plan of the gateway's port; takes what has to stand besides
   */
  GatewayConnections(List<L4Rule> rules, PortPlan plan) {
    this.rules = rules;
    this.plan = plan;
    this.losses = plan.losses();
  }

  /** The listener's services: one at most. */
  List<Map<String, Object>> services() {
    var chosen = Optional.<Place.Known>empty();
    for (int i = 0; i < rules.size(); i++) {
      var rule = rules.get(i);
      var at = "traffic.l4[" + i + "]";
      if (rule.port().isPresent() && rule.port().getAsInt() != plan.port().number()) {
        continue;
      }
      if (chosen.isPresent()) {
        losses.drop(at, "a rule before it takes all connections of the port");
      } else {
        chosen = place(rule, at);
      }
    }
    return chosen.stream().map(place -> Map.<String, Object>of("Name", nameOf(place))).toList();
  }

  private Optional<Place.Known> place(L4Rule rule, String path) {
    if (rule.isTls()) {
      losses.drop(path, "Consul's gateways do not look at server names" + LEFT_OUT);
    } else if (!rule.client().isAny()) {
      losses.drop(path + ".client", "Consul's gateways do not look at who connects" + LEFT_OUT);
    } else if (rule.backends().size() != 1) {
      losses.drop(
          path + (rule.backends().isEmpty() ? "" : ".backends"),
          "Consul does not split connections" + LEFT_OUT);
    } else {
      switch (plan.neighbours().find(rule.backends().getFirst().ref())) {
        case Place.Known known -> {
          return Optional.of(known);
        }
        case Place.Unknown unknown ->
            losses.drop(path + ".backends[0].ref", unknown.reason() + LEFT_OUT, unknown.advice());
      }
    }
    return Optional.empty();
  }

  /** A listener names services alone, so that a subset gets a service that leads there. */
  private String nameOf(Place.Known place) {
    if (place.subset().isEmpty()) {
      return place.service();
    }
    var name = PortNames.label(plan.name() + "-" + plan.port().number());
    var redirect = new LinkedHashMap<String, Object>();
    redirect.put("Service", place.service());
    redirect.put("ServiceSubset", place.subset());
    plan.add(ConfigKind.SERVICE_RESOLVER, name, Map.of("Redirect", redirect));
    return name;
  }
}
