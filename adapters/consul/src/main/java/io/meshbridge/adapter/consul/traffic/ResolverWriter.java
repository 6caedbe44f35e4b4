package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.adapter.consul.traffic.Neighbours.Place;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.ConnectionLimits;
import io.meshbridge.model.traffic.DestinationPolicy;
import io.meshbridge.model.traffic.Subset;
import io.meshbridge.model.traffic.TrafficPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Subsets and how instances are used, as the service-resolver of one port. */
final class ResolverWriter {
  private static final String ANY = "*";

  private final TrafficPolicy policy;
  private final PortPlan plan;
  private final SubsetMeta meta;
  private final LossBook losses;
  private final Map<String, Object> fields = new LinkedHashMap<>();
  private final TreeMap<String, Object> failovers = new TreeMap<>();

  ResolverWriter(TrafficPolicy policy, PortPlan plan, SubsetMeta meta) {
    this.policy = policy;
    this.plan = plan;
    this.meta = meta;
    this.losses = plan.losses();
  }

  /** The fields; none if there is nothing to say. */
  Map<String, Object> write() {
    writeSubsets();
    var number = plan.port().number();
    var path =
        policy.ports().containsKey(number)
            ? "traffic.ports[" + number + "]"
            : "traffic.destination";
    writeDestination(policy.destinationOf(number), path);
    if (!failovers.isEmpty()) {
      fields.put("Failover", failovers);
    }
    return fields;
  }

  private void writeSubsets() {
    var subsets = new TreeMap<String, Object>();
    for (Subset subset : policy.subsets()) {
      var path = "traffic.subsets[" + subset.name() + "]";
      var filter = meta.filterOf(subset);
      if (filter.isEmpty()) {
        losses.drop(
            path + ".labels", "Consul has no expression for these labels; the subset is left out");
        continue;
      }
      if (!meta.isPlain(List.copyOf(subset.labels().keySet()))) {
        losses.approximate(
            path + ".labels", "meta keys have no dots and slashes; instances bear a key like it");
      }
      subsets.put(
          subset.name(), filter.get().isEmpty() ? Map.of() : Map.of("Filter", filter.get()));
      writeSubsetPolicy(subset, path + ".policy");
    }
    if (!subsets.isEmpty()) {
      fields.put("Subsets", subsets);
    }
  }

  private void writeSubsetPolicy(Subset subset, String path) {
    var policyOfSubset = subset.policy();
    policyOfSubset
        .loadBalancing()
        .ifPresent(
            balancing ->
                losses.drop(
                    path + ".loadBalancing", "Consul chooses instances of all subsets one way"));
    policyOfSubset
        .limits()
        .connectTimeout()
        .ifPresent(
            timeout ->
                losses.drop(
                    path + ".limits.connectTimeout", "Consul waits as long for all subsets"));
    policyOfSubset
        .locality()
        .ifPresent(
            locality ->
                losses.drop(path + ".locality", "Consul prefers places for all subsets alike"));
    dropClientsMatters(policyOfSubset, path);
    writeFailover(subset.name(), policyOfSubset.failover(), path);
  }

  private void writeDestination(DestinationPolicy destination, String path) {
    destination
        .limits()
        .connectTimeout()
        .filter(timeout -> !timeout.isZero())
        .ifPresent(timeout -> fields.put("ConnectTimeout", GoDurations.text(timeout)));
    writeFailover(ANY, destination.failover(), path);
    destination
        .loadBalancing()
        .ifPresent(
            balancing ->
                new LoadBalancerWriter(balancing, path + ".loadBalancing", plan).write(fields));
    destination
        .locality()
        .ifPresent(locality -> LocalityWriter.write(locality, path + ".locality", plan, fields));
    dropClientsMatters(destination, path);
  }

  private void writeFailover(String subset, List<BackendRef> refs, String path) {
    var targets = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < refs.size(); i++) {
      var at = path + ".failover[" + i + "]";
      switch (plan.neighbours().find(refs.get(i))) {
        case Place.Unknown unknown -> losses.drop(at, unknown.reason(), unknown.advice());
        case Place.Known known -> {
          if (!targets.isEmpty() && !plan.version().has(Feature.FAILOVER_TARGETS)) {
            losses.drop(at, Feature.FAILOVER_TARGETS);
          } else {
            targets.add(target(known));
          }
        }
      }
    }
    if (!targets.isEmpty()) {
      failovers.put(
          subset,
          plan.version().has(Feature.FAILOVER_TARGETS)
              ? Map.of("Targets", targets)
              : targets.getFirst());
    }
  }

  private static Map<String, Object> target(Place.Known place) {
    var target = new LinkedHashMap<String, Object>();
    target.put("Service", place.service());
    if (!place.subset().isEmpty()) {
      target.put("ServiceSubset", place.subset());
    }
    return target;
  }

  /** What Consul keeps with whoever calls, whose entries are not ours. */
  private void dropClientsMatters(DestinationPolicy destination, String path) {
    destination
        .outliers()
        .ifPresent(outliers -> dropUpstream(path + ".outliers", "PassiveHealthCheck"));
    var limits = destination.limits();
    limits
        .maxConnections()
        .ifPresent(n -> dropUpstream(path + ".limits.maxConnections", "Limits.MaxConnections"));
    limits
        .maxPendingRequests()
        .ifPresent(
            n -> dropUpstream(path + ".limits.maxPendingRequests", "Limits.MaxPendingRequests"));
    limits
        .maxRequests()
        .ifPresent(n -> dropUpstream(path + ".limits.maxRequests", "Limits.MaxConcurrentRequests"));
    dropUnknownLimits(limits, path + ".limits");
  }

  private void dropUpstream(String path, String field) {
    losses.drop(
        path,
        "in Consul this belongs to the service-defaults of those who call",
        "set UpstreamConfig.Overrides[Name=" + plan.name() + "]." + field + " there");
  }

  private void dropUnknownLimits(ConnectionLimits limits, String path) {
    var reason = "Consul has no word for it";
    limits
        .maxRequestsPerConnection()
        .ifPresent(n -> losses.drop(path + ".maxRequestsPerConnection", reason));
    limits.maxRetries().ifPresent(n -> losses.drop(path + ".maxRetries", reason));
    limits.idleTimeout().ifPresent(t -> losses.drop(path + ".idleTimeout", reason));
    limits
        .connectTimeout()
        .filter(Duration::isZero)
        .ifPresent(t -> losses.drop(path + ".connectTimeout", "Consul always bounds it"));
  }
}
