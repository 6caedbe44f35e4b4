package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.DestinationPolicy;
import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.Subset;
import io.meshbridge.spi.reading.ObjectTrace;
import io.meshbridge.spi.reading.TracedFields;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads the DestinationRules for one host, merged as Istio merges them: the first that has a
 * traffic policy gives it, and of subsets of one name the first counts ({@code
 * mergeDestinationRule} of istiod).
 */
final class DestinationRuleReader {
  private static final int LAST_PORT = 65_535;
  // Of the API, where nobody says a percentage.
  private static final BigDecimal DEFAULT_BUDGET = Percent.of(20);

  private final Function<DestinationRuleFacts, ObjectTrace> traces;
  private final Map<String, Subset> subsets = new LinkedHashMap<>();
  private final SortedMap<Integer, DestinationPolicy> ports = new TreeMap<>();
  private DestinationPolicy service = DestinationPolicy.DEFAULT;
  private Optional<Budget> budget = Optional.empty();
  private String policyOf = "";

  /** A retry budget, which the model keeps with the rules that retry. */
  record Budget(Retry.Budget value, TracedFields fields) {}

  DestinationRuleReader(Function<DestinationRuleFacts, ObjectTrace> traces) {
    this.traces = traces;
  }

  /** Reads them in the order in which they are merged. */
  void read(List<DestinationRuleFacts> rules) {
    var counting = rules.stream().filter(rule -> !rule.isForSomeClients()).toList();
    rules.stream().filter(DestinationRuleFacts::isForSomeClients).forEach(this::dropWhole);
    var read = new LinkedHashMap<DestinationRuleFacts, TracedFields>();
    counting.forEach(rule -> read.put(rule, specOf(rule)));
    // The service's own policy first: what subsets leave open depends on it.
    read.forEach(this::readPolicy);
    read.forEach(this::readSubsets);
  }

  Collection<Subset> subsets() {
    return subsets.values();
  }

  DestinationPolicy service() {
    return service;
  }

  SortedMap<Integer, DestinationPolicy> ports() {
    return ports;
  }

  Optional<Budget> budget() {
    return budget;
  }

  private TracedFields specOf(DestinationRuleFacts rule) {
    var spec = traces.apply(rule).read(rule.content(), "").object("spec");
    if (spec.text("host").orElse("").isEmpty()) {
      spec.error("host", "is missing");
    }
    VirtualServiceReader.loseExports(rule.visibility(), spec);
    return spec;
  }

  /** Callers of other meshes are no workloads that it could select. */
  private void dropWhole(DestinationRuleFacts rule) {
    var spec = traces.apply(rule).read(rule.content(), "").object("spec");
    spec.text("host");
    var reason = "holds for clients with certain labels in " + rule.key().namespace() + " alone";
    List.of("workloadSelector", "trafficPolicy", "subsets", "exportTo")
        .forEach(name -> spec.drop(name, reason, "leave out workloadSelector"));
  }

  private void readPolicy(DestinationRuleFacts rule, TracedFields spec) {
    if (!spec.has("trafficPolicy")) {
      return;
    }
    if (!policyOf.isEmpty()) {
      spec.warn("trafficPolicy", "Istio takes that of " + policyOf + ", which is older, instead");
      spec.drop("trafficPolicy", policyOf + " has one, which Istio takes", "keep one of both");
      return;
    }
    var policy = spec.object("trafficPolicy");
    policyOf = rule.object();
    service = UseReader.read(policy);
    budget = budgetOf(policy);
    for (TracedFields port : policy.objects("portLevelSettings")) {
      port.object("port")
          .integer("number", 1, LAST_PORT)
          .ifPresent(number -> ports.put(number, portOf(port)));
    }
  }

  private static DestinationPolicy portOf(TracedFields port) {
    var policy = UseReader.read(port);
    var number = port.object("port").ref("number");
    var sources = new Sources.Builder().add("", number).add("port", number);
    policy
        .sources()
        .fields()
        .forEach((field, refs) -> refs.forEach(ref -> sources.add(field, ref)));
    return new DestinationPolicy(
        policy.loadBalancing(),
        policy.outliers(),
        policy.limits(),
        policy.locality(),
        policy.failover(),
        sources.build());
  }

  private void readSubsets(DestinationRuleFacts rule, TracedFields spec) {
    for (TracedFields subset : spec.objects("subsets")) {
      var name = subset.text("name").orElse("");
      if (name.isBlank()) {
        subset.error("name", "is missing");
      } else if (subsets.containsKey(name)) {
        subset.warn("name", "there is an older subset '" + name + "', which Istio takes instead");
        List.of("labels", "trafficPolicy")
            .forEach(field -> subset.drop(field, "belongs to a second subset of one name", ""));
      } else {
        subsets.put(name, subsetOf(name, subset));
      }
    }
  }

  private Subset subsetOf(String name, TracedFields subset) {
    var sources = new Sources.Builder().add("name", subset.ref("name"));
    var labels = subset.textMap("labels");
    var fields = subset.object("labels");
    labels.keySet().forEach(label -> sources.add("labels", fields.ref(label)));
    var policy = subset.object("trafficPolicy");
    policy.drop(
        "portLevelSettings", "no other mesh has settings for a single port of a subset", "");
    policy.drop("retryBudget", "a bound on retries is carried for a service as a whole", "");
    return new Subset(name, labels, UseReader.readBelow(policy, service), sources.build());
  }

  private static Optional<Budget> budgetOf(TracedFields policy) {
    if (!policy.has("retryBudget")) {
      return Optional.empty();
    }
    var fields = policy.object("retryBudget");
    fields.drop(
        "minRetryConcurrency",
        "counts retries at once, where other meshes count them by the second",
        "");
    var interval = fields.duration("budgetInterval");
    var percent =
        fields.has("percent") ? fields.decimal("percent", 0, 100) : Optional.of(DEFAULT_BUDGET);
    return percent
        .map(share -> new Retry.Budget(share, Optional.empty(), interval))
        .map(value -> new Budget(value, fields));
  }
}
