package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.linkerd.traffic.SaidFilters.Effect;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.Subset;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.model.traffic.WeightedBackend;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Says where rules send requests and connections, and remembers which subsets that takes. */
final class BackendWriter {
  private static final int MOST = 16;
  private static final String LEFT_OUT = "; the rule is left out";

  private final TargetService target;
  private final TrafficPolicy policy;
  private final SortedMap<String, Subset> subsets = new TreeMap<>();

  BackendWriter(TargetService target, TrafficPolicy policy) {
    this.target = target;
    this.policy = policy;
  }

  /** The subsets that rules which were said send something to. */
  SortedMap<String, Subset> subsets() {
    return subsets;
  }

  /**
   * The backends of a rule, for those who call a port; empty, and told, if one cannot be said.
   *
   * @param grpc whether a GRPCRoute shall say it
   */
  Optional<List<Map<String, Object>>> said(
      List<WeightedBackend> backends, int port, boolean grpc, PolicyLosses.Part losses) {
    if (backends.size() > MOST) {
      losses.dropped("backends", "a rule of a route has at most " + MOST + LEFT_OUT);
      return Optional.empty();
    }
    if (backends.stream().allMatch(backend -> backend.weight() == 0)) {
      return Optional.of(List.of(nowhere(1)));
    }
    var said = new ArrayList<Map<String, Object>>();
    var used = new ArrayList<Subset>();
    for (int i = 0; i < backends.size(); i++) {
      var backend = backends.get(i);
      var at = "backends[" + i + "]";
      var service = serviceOf(backend.ref(), at, used, losses);
      var filters = FilterWriter.write(backend.filters(), at + ".filters", grpc, losses);
      if (service.isEmpty() || filters.effect() == Effect.UNSAYABLE) {
        return Optional.empty();
      }
      said.add(
          filters.effect() == Effect.FAILS
              ? nowhere(backend.weight())
              : entry(service.orElseThrow(), port, backend, filters));
    }
    used.forEach(subset -> subsets.put(subset.name(), subset));
    return Optional.of(said);
  }

  /** A backend that no cluster has, for which the proxy answers with 500. */
  static Map<String, Object> nowhere(int weight) {
    var entry = new LinkedHashMap<String, Object>();
    entry.put("group", "meshbridge.io");
    entry.put("kind", "Nowhere");
    entry.put("name", "error");
    entry.put("weight", weight);
    return entry;
  }

  private Map<String, Object> entry(
      ResourceKey service, int port, WeightedBackend backend, SaidFilters filters) {
    var entry = new LinkedHashMap<String, Object>();
    entry.put("group", "");
    entry.put("kind", "Service");
    entry.put("name", service.name());
    if (!service.namespace().equals(target.key().namespace())) {
      entry.put("namespace", service.namespace());
    }
    entry.put("port", backend.ref().port().orElse(port));
    entry.put("weight", backend.weight());
    if (!filters.filters().isEmpty()) {
      entry.put("filters", filters.filters());
    }
    return entry;
  }

  private Optional<ResourceKey> serviceOf(
      BackendRef ref, String at, List<Subset> used, PolicyLosses.Part losses) {
    if (ref.service().isPresent()) {
      var other = target.others().apply(ref.service().get());
      if (other.isEmpty()) {
        losses.dropped(
            at + ".ref",
            "the target has no import of " + ref.service().get() + LEFT_OUT + "; export it");
      } else if (!ref.subset().isEmpty()) {
        losses.dropped(
            at + ".ref", "a subset of another service has no Service of its own" + LEFT_OUT);
        return Optional.empty();
      }
      return other;
    }
    if (ref.subset().isEmpty()) {
      return Optional.of(target.key());
    }
    var subset = policy.subset(ref.subset());
    if (subset.isEmpty()) {
      losses.dropped(at + ".ref", "nobody defines the subset '" + ref.subset() + "'" + LEFT_OUT);
      return Optional.empty();
    }
    used.add(subset.orElseThrow());
    return Optional.of(target.subset(ref.subset()));
  }
}
