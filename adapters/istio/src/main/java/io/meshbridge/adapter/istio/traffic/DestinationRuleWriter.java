package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.adapter.kubernetes.LossList;
import io.meshbridge.model.Import;
import io.meshbridge.model.traffic.DestinationPolicy;
import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.Subset;
import io.meshbridge.model.traffic.TrafficPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says as a DestinationRule how an import's endpoints are used, and which parts they have. */
final class DestinationRuleWriter {
  private static final String TRAFFIC = TrafficPolicy.FIELD + ".";

  private final Import service;
  private final TrafficPolicy policy;
  private final PortKinds ports;
  private final SubsetNames subsets;
  private final Capabilities capabilities;
  private final LossList losses;
  private final UseWriter uses;

  /** Writes for an import with these ports. */
  DestinationRuleWriter(
      Import service,
      PortKinds ports,
      SubsetNames subsets,
      Capabilities capabilities,
      LossList losses) {
    this.service = service;
    this.policy = service.export().traffic();
    this.ports = ports;
    this.subsets = subsets;
    this.capabilities = capabilities;
    this.losses = losses;
    this.uses = new UseWriter(ports, losses);
  }

  /** The content of its {@code spec}; empty if the policy needs none. */
  Optional<Map<String, Object>> write() {
    var traffic = uses.of(policy.destination(), TRAFFIC + "destination");
    budget().ifPresent(budget -> traffic.put("retryBudget", budget));
    var levels = portLevels();
    if (!levels.isEmpty()) {
      traffic.put("portLevelSettings", levels);
    }
    var parts = subsets();
    if (traffic.isEmpty() && parts.isEmpty()) {
      return Optional.empty();
    }
    var spec = new LinkedHashMap<String, Object>();
    spec.put("host", service.name());
    if (!traffic.isEmpty()) {
      spec.put("trafficPolicy", traffic);
    }
    if (!parts.isEmpty()) {
      spec.put("subsets", parts);
    }
    return Optional.of(spec);
  }

  private List<Map<String, Object>> portLevels() {
    var levels = new ArrayList<Map<String, Object>>();
    policy
        .ports()
        .forEach(
            (number, use) -> {
              var path = TRAFFIC + "ports[" + number + "]";
              if (ports.numbers().contains(number)) {
                var level = new LinkedHashMap<String, Object>();
                level.put("port", Map.of("number", number));
                level.putAll(uses.of(use, path));
                levels.add(level);
              } else {
                losses.dropped(path, "the import has no such port");
              }
            });
    return levels;
  }

  private List<Map<String, Object>> subsets() {
    var written = new ArrayList<Map<String, Object>>();
    for (Subset subset : policy.subsets()) {
      var path = TRAFFIC + "subsets[" + subset.name() + "]";
      if (subsets.isLost(subset.name())) {
        losses.dropped(
            path + ".labels",
            String.join(", ", SubsetNames.unsafeLabels(subset))
                + " is no valid label, or one that steers Istio; the subset is left out");
      } else {
        written.add(subsetOf(subset, path));
      }
    }
    return written;
  }

  private Map<String, Object> subsetOf(Subset subset, String path) {
    var name = SubsetNames.written(subset.name());
    if (!name.equals(subset.name())) {
      losses.approximated(path + ".name", "is written as " + name + ", a DNS label");
    }
    var fields = new LinkedHashMap<String, Object>();
    fields.put("name", name);
    if (!subset.labels().isEmpty()) {
      fields.put("labels", subset.labels());
    }
    var use = uses.of(whole(subset.policy()), path + ".policy");
    if (!use.isEmpty()) {
      fields.put("trafficPolicy", use);
    }
    return fields;
  }

  /**
   * A subset takes the place of the whole section of its service where it says any of it: what it
   * does not say itself has to be said again.
   */
  private DestinationPolicy whole(DestinationPolicy own) {
    if (own.loadBalancing().isEmpty() && own.locality().isEmpty()) {
      return own;
    }
    var service = policy.destination();
    return new DestinationPolicy(
        own.loadBalancing().or(service::loadBalancing),
        own.outliers(),
        own.limits(),
        own.locality().or(service::locality),
        own.failover(),
        own.sources());
  }

  /** Istio bounds the retries of a service as a whole: the first bound is taken. */
  private Optional<Map<String, Object>> budget() {
    Optional<Retry.Budget> taken = Optional.empty();
    for (int i = 0; i < policy.http().size(); i++) {
      var budget = policy.http().get(i).retry().flatMap(Retry::budget);
      if (budget.isPresent()) {
        var path = TRAFFIC + "http[" + i + "].retry.budget";
        if (!capabilities.retryBudget()) {
          losses.dropped(path, "this version of Istio has no word for it");
        } else if (taken.filter(first -> !first.equals(budget.orElseThrow())).isPresent()) {
          losses.approximated(path, "Istio bounds a service as a whole, as its first rule says");
        } else {
          tellUnsaid(budget.orElseThrow(), path);
          taken = budget;
        }
      }
    }
    return taken.map(bound -> Map.of("percent", Numbers.of(bound.percent())));
  }

  private void tellUnsaid(Retry.Budget budget, String path) {
    if (budget.minPerSecond().isPresent()) {
      losses.dropped(path + ".minPerSecond", "Istio counts retries at once, not by the second");
    }
    if (budget.interval().isPresent()) {
      losses.dropped(path + ".interval", "Istio counts the requests of this moment");
    }
  }
}
