package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.adapter.kubernetes.ServiceFacts;
import io.meshbridge.spi.reading.ObjectTrace;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Says on which ports of a Service each of its routes acts. */
final class RouteScopes {
  private final RouteTarget target;
  private final KindChoice kinds;
  private final List<Route> routes;

  RouteScopes(RouteTarget target, KindChoice kinds, List<Route> routes) {
    this.target = target;
    this.kinds = kinds;
    this.routes = List.copyOf(routes);
  }

  /** Where a route acts; without ports if nowhere. */
  RouteScope of(Route route, ObjectTrace trace) {
    var parents = route.parentsAt(target.service());
    var wanted = new LinkedHashSet<OptionalInt>();
    parents.forEach(parent -> portOf(parent, trace).ifPresent(wanted::add));
    return new RouteScope(route, parents, effective(route, wanted));
  }

  private List<OptionalInt> effective(Route route, Set<OptionalInt> wanted) {
    if (wanted.contains(OptionalInt.empty())) {
      return onAllPorts(route);
    }
    var ports = new ArrayList<OptionalInt>();
    for (OptionalInt port : wanted) {
      if (isInEffect(route, target.port(port.getAsInt()), port)) {
        // Nothing is told apart by the only port that there is.
        ports.add(port.equals(target.onlyPort()) ? OptionalInt.empty() : port);
      }
    }
    return ports;
  }

  private List<OptionalInt> onAllPorts(Route route) {
    if (target.ports().isEmpty()) {
      return isInEffect(route, Optional.empty(), OptionalInt.empty())
          ? List.of(OptionalInt.empty())
          : List.of();
    }
    var ports =
        target.ports().stream()
            .filter(port -> isInEffect(route, Optional.of(port), OptionalInt.of(port.number())))
            .map(port -> OptionalInt.of(port.number()))
            .distinct()
            .toList();
    return ports.size() == target.ports().size() ? List.of(OptionalInt.empty()) : ports;
  }

  private boolean isInEffect(Route route, Optional<ServiceFacts.Port> port, OptionalInt number) {
    var attached = EnumSet.noneOf(RouteKind.class);
    for (Route other : routes) {
      boolean there =
          other.parentsAt(target.service()).stream()
              .anyMatch(
                  parent ->
                      number.isEmpty() || parent.port().isEmpty() || parent.port().equals(number));
      if (there) {
        attached.add(other.kind());
      }
    }
    return kinds.inEffect(port, attached).contains(route.kind());
  }

  /**
   * The port that a parent names; an empty one for all; nothing if the Service has no such port.
   */
  private Optional<OptionalInt> portOf(Route.Parent parent, ObjectTrace trace) {
    if (target.ports().isEmpty() || (parent.port().isEmpty() && parent.section().isEmpty())) {
      return Optional.of(parent.port());
    }
    if (!parent.section().isEmpty()) {
      var named = target.port(parent.section());
      if (named.isEmpty()
          || (parent.port().isPresent() && parent.port().getAsInt() != named.get().number())) {
        trace.warn(
            parent.path() + ".sectionName",
            "Service " + target.service() + " has no such port '" + parent.section() + "'");
        return Optional.empty();
      }
      return named.map(port -> OptionalInt.of(port.number()));
    }
    if (target.port(parent.port().getAsInt()).isEmpty()) {
      trace.warn(
          parent.path() + ".port",
          "Service " + target.service() + " has no port " + parent.port().getAsInt());
      return Optional.empty();
    }
    return Optional.of(parent.port());
  }
}
