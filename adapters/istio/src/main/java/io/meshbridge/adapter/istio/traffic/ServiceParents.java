package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.adapter.kubernetes.Problem;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.gatewayapi.KindChoice;
import io.meshbridge.adapter.kubernetes.gatewayapi.Route;
import io.meshbridge.adapter.kubernetes.gatewayapi.RouteDialect;
import io.meshbridge.adapter.kubernetes.gatewayapi.RouteTarget;
import io.meshbridge.adapter.kubernetes.gatewayapi.RoutedService;
import io.meshbridge.adapter.kubernetes.gatewayapi.RuleCompletion;
import io.meshbridge.adapter.kubernetes.gatewayapi.ServiceRoutes;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.spi.reading.ObjectTrace;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads routes of the Gateway API whose parent is a Service, as istiod does: it makes
 * VirtualServices of them, of which it takes the oldest for a host.
 */
final class ServiceParents {
  private final Predicate<ResourceKey> gateways;
  private final Function<Problem, Location> locations;

  /**
   * Reads for one mesh.
   *
   * @param gateways whether a Gateway of that name among services is read for itself
   */
  ServiceParents(Predicate<ResourceKey> gateways, Function<Problem, Location> locations) {
    this.gateways = gateways;
    this.locations = locations;
  }

  /** Whether routes go before a VirtualService for the same host. */
  static boolean goBefore(List<VirtualServiceFacts> others, Collection<Route> routes) {
    if (routes.isEmpty() || others.isEmpty()) {
      return !routes.isEmpty();
    }
    return createdFirst(routes).compareTo(others.getFirst().created()) < 0;
  }

  /** What all routes of a Service say together. */
  RoutedService read(RouteTarget target, Collection<Route> routes) {
    return new ServiceRoutes(RouteDialect.ISTIO, KindChoice.ALL, gateways, locations)
        .read(target, routes, new DefaultRetries());
  }

  /** Tells that a route has no effect beside an older VirtualService. */
  static void passOver(Route route, VirtualServiceFacts older, ObjectTrace trace) {
    var reason = "Istio takes " + older.object() + " for this host, which is older";
    trace.lose("spec", Outcome.DROPPED, reason, "put the rules of a host into one kind of object");
    trace.warn("spec.parentRefs", route.object().reference() + " has no effect: " + reason);
  }

  /** The oldest route, for messages. */
  static String firstOf(Collection<Route> routes) {
    return routes.stream()
        .min(
            Comparator.<Route, String>comparing(route -> route.object().version().created())
                .thenComparing(route -> route.object().key()))
        .map(route -> route.object().reference())
        .orElse("");
  }

  private static String createdFirst(Collection<Route> routes) {
    return routes.stream()
        .map(route -> route.object().version().created())
        .min(String::compareTo)
        .orElse("");
  }

  /** Whoever says nothing of retries has those of Istio. */
  static final class DefaultRetries implements RuleCompletion {
    @Override
    public HttpRule complete(Route route, ObjectTrace trace, HttpRule rule) {
      return completeDefault(rule);
    }

    @Override
    public HttpRule completeDefault(HttpRule rule) {
      return rule.retry().isPresent()
          ? rule
          : new HttpRule(
              rule.name(),
              rule.grpc(),
              rule.matches(),
              rule.filters(),
              rule.backends(),
              rule.timeouts(),
              Optional.of(RetryWords.DEFAULT),
              rule.affinity(),
              rule.sources());
    }
  }
}
