package io.meshbridge.adapter.kubernetes.gatewayapi;

import java.util.List;
import java.util.OptionalInt;

/**
 * Where the rules of one route act at one Service.
 *
 * @param route the route
 * @param parents where it is attached to the Service
 * @param ports the ports on which it acts, each as a condition; an empty one for all
 */
record RouteScope(Route route, List<Route.Parent> parents, List<OptionalInt> ports) {
  RouteScope {
    parents = List.copyOf(parents);
    ports = List.copyOf(ports);
  }

  /** The only port on which it acts, if the Service has others. */
  OptionalInt onlyPort() {
    return ports.size() == 1 ? ports.getFirst() : OptionalInt.empty();
  }
}
