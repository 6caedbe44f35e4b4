package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.WeightedBackend;
import io.meshbridge.spi.reading.TracedFields;
import java.util.ArrayList;
import java.util.List;

/** Reads the destinations that share a rule, of any protocol. */
final class WeightReader {
  private static final int HEAVIEST = 1_000_000;
  private static final int WHOLE = 100;

  private final Backends backends;

  WeightReader(Backends backends) {
    this.backends = backends;
  }

  /** Reads what a destination of a rule does besides. */
  @FunctionalInterface
  interface FilterSource {
    /** No filters: for protocols that nobody looks into. */
    FilterSource NONE = (destination, field, sources) -> List.of();

    /**
     * The filters of one destination.
     *
     * @param field what the rule calls the backend, such as {@code backends[0]}
     */
    List<HttpFilter> of(TracedFields destination, String field, Sources.Builder sources);
  }

  /** The destinations of a rule, in order. */
  List<WeightedBackend> read(
      TracedFields rule, String namespace, FilterSource filters, Sources.Builder sources) {
    var routes = rule.objects("route");
    boolean alone = routes.size() == 1;
    var found = new ArrayList<WeightedBackend>();
    for (TracedFields route : routes) {
      var field = "backends[" + found.size() + "]";
      var target = route.object("destination");
      int weight = weightOf(route, alone, field, sources);
      var ref = backends.read(target, namespace, field + ".ref", sources);
      var own = filters.of(route, field, sources);
      ref.map(to -> new WeightedBackend(to, weight, own)).ifPresent(found::add);
    }
    checkSum(routes, found);
    return found;
  }

  /** A destination that is alone gets everything, whatever its weight. */
  private static int weightOf(
      TracedFields route, boolean alone, String field, Sources.Builder sources) {
    var weight = route.integer("weight", 0, HEAVIEST);
    if (weight.isPresent()) {
      sources.add(field + ".weight", route.ref("weight"));
    }
    if (alone) {
      return Math.max(1, weight.orElse(1));
    }
    if (weight.isEmpty() && !route.has("weight")) {
      route.warn("weight", "is missing beside other destinations, so this one gets nothing");
    }
    return weight.orElse(0);
  }

  private static void checkSum(List<TracedFields> routes, List<WeightedBackend> found) {
    if (found.size() < 2) {
      return;
    }
    var first = routes.getFirst();
    long sum = found.stream().mapToLong(WeightedBackend::weight).sum();
    if (sum == 0) {
      first.error("weight", "adds up to 0 with those after it, so nobody gets any request");
    } else if (sum != WHOLE) {
      first.warn(
          "weight",
          "adds up to " + sum + " with those after it, not to 100; Istio takes them as ratios");
    }
  }
}
