package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.adapter.kubernetes.gatewayapi.RouteKind;
import io.meshbridge.model.ServicePort;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.L4Rule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Says the rules for connections to one port. */
final class ConnectionRules {
  private final TargetService target;
  private final List<L4Rule> rules;
  private final BackendWriter backends;
  private final PolicyLosses losses;
  private final Set<Integer> detected = new LinkedHashSet<>();

  ConnectionRules(
      TargetService target, List<L4Rule> rules, BackendWriter backends, PolicyLosses losses) {
    this.target = target;
    this.rules = List.copyOf(rules);
    this.backends = backends;
    this.losses = losses;
  }

  /** The ports on which the proxy has to look for TLS, so that nothing may be declared there. */
  Set<Integer> detected() {
    return detected;
  }

  /** The routes of the port. */
  List<RouteObject> routes(ServicePort port) {
    var routes = new ArrayList<RouteObject>();
    boolean byName = rules.stream().anyMatch(rule -> isFor(rule, port) && rule.isTls());
    for (int i = 0; i < rules.size(); i++) {
      var rule = rules.get(i);
      var part = losses.in("l4[" + i + "]");
      if (!isFor(rule, port) || !isSayable(rule, part)) {
        continue;
      }
      if (rule.isTls()) {
        tls(rule, port, routes, part);
      } else if (byName) {
        // Routes of TLS push those of TCP aside.
        if (!isPlain(rule)) {
          part.dropped("backends", "a port has routes of TLS or of TCP, not both");
        }
      } else {
        tcp(rule, port, routes, part);
        break;
      }
    }
    return routes;
  }

  /** What no port can be told. */
  void tellUnreachable() {
    for (int i = 0; i < rules.size(); i++) {
      var rule = rules.get(i);
      if (target.connectionPorts().stream().noneMatch(port -> isFor(rule, port))
          && !isPlain(rule)) {
        losses
            .in("l4[" + i + "]")
            .dropped("backends", "the service has no such port whose connections stay closed");
      }
    }
  }

  private void tls(
      L4Rule rule, ServicePort port, List<RouteObject> routes, PolicyLosses.Part part) {
    backends
        .said(rule.backends(), port.number(), false, part)
        .ifPresent(
            to -> {
              detected.add(port.number());
              routes.add(
                  new RouteObjects(target)
                      .of(RouteKind.TLS, port.number(), routes.size(), rule.serverNames(), to));
            });
  }

  private void tcp(
      L4Rule rule, ServicePort port, List<RouteObject> routes, PolicyLosses.Part part) {
    if (!isPlain(rule)) {
      backends
          .said(rule.backends(), port.number(), false, part)
          .ifPresent(
              to ->
                  routes.add(
                      new RouteObjects(target).of(RouteKind.TCP, port.number(), 0, List.of(), to)));
    }
  }

  private static boolean isSayable(L4Rule rule, PolicyLosses.Part part) {
    if (rule.client().isAny()) {
      return true;
    }
    part.dropped(
        "client",
        "only a route in the clients' namespace, which is not ours to write into, is for them"
            + " alone; the rule is left out");
    return false;
  }

  private static boolean isFor(L4Rule rule, ServicePort port) {
    return rule.port().isEmpty() || rule.port().getAsInt() == port.number();
  }

  private static boolean isPlain(L4Rule rule) {
    return !rule.isTls()
        && rule.client().isAny()
        && rule.backends().size() == 1
        && rule.backends().getFirst().ref().equals(BackendRef.SELF)
        && rule.backends().getFirst().weight() > 0;
  }
}
