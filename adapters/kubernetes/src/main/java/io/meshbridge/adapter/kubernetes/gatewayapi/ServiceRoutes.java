package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.adapter.kubernetes.Problem;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.ClientMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.L4Rule;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.WeightedBackend;
import io.meshbridge.spi.reading.ObjectTrace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads all routes of a Service together, since their rules share one order. Pure; a live source
 * and a translator of files differ only in where the routes come from.
 */
public final class ServiceRoutes {
  // Gateway API, HTTPRouteRule: the oldest route, then the first by namespace and name.
  static final Comparator<Route> ORDER =
      Comparator.<Route, String>comparing(route -> route.object().version().created())
          .thenComparing(route -> route.object().key())
          .thenComparing(route -> route.object().group())
          .thenComparing(Route::kind);

  private final RouteDialect dialect;
  private final KindChoice kinds;
  private final Predicate<ResourceKey> gateways;
  private final Function<Problem, Location> locations;

  /**
   * Reads as one make of mesh does.
   *
   * @param kinds which routes count if there are several kinds
   * @param gateways whether a Gateway of that name among services is read for itself
   * @param locations says where a field stands
   */
  public ServiceRoutes(
      RouteDialect dialect,
      KindChoice kinds,
      Predicate<ResourceKey> gateways,
      Function<Problem, Location> locations) {
    this.dialect = dialect;
    this.kinds = kinds;
    this.gateways = gateways;
    this.locations = locations;
  }

  /**
   * The rules of a Service.
   *
   * @param routes those that are attached to it, in any order
   * @param completion adds what the mesh says outside of the Gateway API
   */
  public RoutedService read(
      RouteTarget target, Collection<Route> routes, RuleCompletion completion) {
    var ordered = routes.stream().sorted(ORDER).toList();
    var http = new RuleOrder(dialect, target, completion);
    var l4 = new ArrayList<L4Rule>();
    var losses = new ArrayList<Loss>();
    var faults = new LinkedHashSet<Diagnostic>();
    for (Route route : ordered) {
      var trace = traceOf(route);
      read(target, ordered, route, trace, completion, http, l4);
      losses.addAll(trace.losses());
      faults.addAll(trace.faults());
    }
    return new RoutedService(http.rules(), inOrder(l4, target, http), losses, List.copyOf(faults));
  }

  private void read(
      RouteTarget target,
      List<Route> all,
      Route route,
      ObjectTrace trace,
      RuleCompletion completion,
      RuleOrder http,
      List<L4Rule> l4) {
    var reader = new RouteReader(dialect, target, route, trace, gateways);
    var scope = new RouteScopes(target, kinds, all).of(route, trace);
    reader.readParents(scope.parents());
    if (scope.ports().isEmpty()) {
      trace.lose(
          "spec.rules",
          Loss.Outcome.DROPPED,
          "the route has no effect: routes of other kinds, or the protocol of the port, go before"
              + " it",
          "attach routes of one kind to a port");
      return;
    }
    if (route.kind().readsRequests()) {
      for (RuleDraft draft : reader.requests(scope)) {
        HttpRule completed = completion.complete(route, trace, draft.rule());
        http.add(scope, new RuleDraft(completed, draft.matches()));
      }
    } else {
      l4.addAll(reader.connections(scope));
    }
  }

  /**
   * A rule for clients of one namespace goes before those for all, and names before none. Ports for
   * which there is no rule are as if there were none at all.
   */
  private static List<L4Rule> inOrder(List<L4Rule> rules, RouteTarget target, RuleOrder http) {
    if (rules.isEmpty()) {
      return rules;
    }
    var all = new ArrayList<>(rules);
    all.sort(
        Comparator.<L4Rule, Boolean>comparing(rule -> rule.client().isAny())
            .thenComparing(rule -> !rule.isTls()));
    var covered = new PortCover(target);
    rules.stream().filter(rule -> rule.client().isAny()).forEach(rule -> covered.add(rule.port()));
    http.covered().forEach(covered::add);
    covered.rest().forEach(port -> all.add(untouched(port)));
    return all;
  }

  private static L4Rule untouched(OptionalInt port) {
    return new L4Rule(
        List.of(),
        port,
        ClientMatch.ANY,
        List.of(WeightedBackend.only(BackendRef.SELF)),
        Sources.NONE);
  }

  private ObjectTrace traceOf(Route route) {
    var reference = route.object().reference();
    return new ObjectTrace(reference, path -> locations.apply(Problem.unsaid(reference, path, "")));
  }
}
