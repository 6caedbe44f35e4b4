package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.adapter.kubernetes.Problem;
import io.meshbridge.adapter.kubernetes.gatewayapi.Route;
import io.meshbridge.adapter.kubernetes.gatewayapi.RoutedService;
import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.spi.reading.ObjectTrace;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The traces of all objects that one reading looks at, each object once. Not for several threads.
 */
final class Traces {
  private final Function<Problem, Location> locations;
  private final Map<String, ObjectTrace> traces = new LinkedHashMap<>();
  private final Set<String> others = new TreeSet<>();
  private final Set<Loss> losses = new LinkedHashSet<>();
  private final Set<Diagnostic> faults = new LinkedHashSet<>();

  /** With what knows where a field stands. */
  Traces(Function<Problem, Location> locations) {
    this.locations = locations;
  }

  ObjectTrace of(String object) {
    return traces.computeIfAbsent(
        object,
        name -> new ObjectTrace(name, path -> locations.apply(Problem.unsaid(name, path, ""))));
  }

  /** Takes what came of routes that were read elsewhere. */
  void take(Collection<Route> routes, RoutedService routed) {
    routes.forEach(route -> others.add(route.object().reference()));
    losses.addAll(routed.losses());
    faults.addAll(routed.faults());
  }

  /** The policy, with all that was found out on the way. */
  TrafficReading reading(TrafficPolicy policy) {
    var objects = new TreeSet<>(others);
    objects.addAll(traces.keySet());
    traces.values().forEach(trace -> losses.addAll(trace.losses()));
    traces.values().forEach(trace -> faults.addAll(trace.faults()));
    return new TrafficReading(policy, List.copyOf(losses), List.copyOf(faults), objects);
  }
}
