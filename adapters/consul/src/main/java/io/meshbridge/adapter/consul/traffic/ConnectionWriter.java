package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.adapter.consul.traffic.Neighbours.Place;
import io.meshbridge.model.traffic.L4Rule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rules for connections. Consul leads all connections to a service to one place; that is said in
 * its resolver.
 */
final class ConnectionWriter {
  private static final String LEFT_OUT =
      "; the rule is left out, and connections go to the service as if it was not there";

  private final List<L4Rule> rules;
  private final PortPlan plan;

  ConnectionWriter(List<L4Rule> rules, PortPlan plan) {
    this.rules = rules;
    this.plan = plan;
  }

  /** Changes the fields of the resolver by the first rule that takes the port's connections. */
  void write(Map<String, Object> resolver) {
    for (int i = 0; i < rules.size(); i++) {
      var rule = rules.get(i);
      var elsewhere = rule.port().isPresent() && rule.port().getAsInt() != plan.port().number();
      if (!elsewhere && write(rule, "traffic.l4[" + i + "]", resolver)) {
        return;
      }
    }
  }

  /** Whether it could be said. */
  private boolean write(L4Rule rule, String path, Map<String, Object> resolver) {
    var losses = plan.losses();
    if (rule.isTls()) {
      losses.drop(path + ".serverNames", "Consul does not look at server names" + LEFT_OUT);
      return false;
    }
    if (!rule.client().isAny()) {
      losses.drop(path + ".client", "Consul does not look at who connects" + LEFT_OUT);
      return false;
    }
    if (rule.backends().size() != 1) {
      losses.drop(
          path + (rule.backends().isEmpty() ? "" : ".backends"),
          "Consul does not split connections" + LEFT_OUT);
      return false;
    }
    switch (plan.neighbours().find(rule.backends().getFirst().ref())) {
      case Place.Unknown unknown -> {
        losses.drop(path + ".backends[0].ref", unknown.reason() + LEFT_OUT, unknown.advice());
        return false;
      }
      case Place.Known known -> lead(known, path, resolver);
    }
    return true;
  }

  private void lead(Place.Known place, String path, Map<String, Object> resolver) {
    if (!place.service().equals(plan.name())) {
      if (!resolver.isEmpty()) {
        plan.losses()
            .approximate(
                path + ".backends[0].ref",
                "in Consul a redirect leaves no room for what else is said of the service");
        resolver.clear();
      }
      var redirect = new LinkedHashMap<String, Object>();
      redirect.put("Service", place.service());
      if (!place.subset().isEmpty()) {
        redirect.put("ServiceSubset", place.subset());
      }
      resolver.put("Redirect", redirect);
    } else if (!place.subset().isEmpty()) {
      resolver.put("DefaultSubset", place.subset());
    }
  }
}
