package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.NameSyntax;
import io.meshbridge.model.traffic.Subset;
import io.meshbridge.model.traffic.TrafficPolicy;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which subsets of a policy can be said.
 *
 * @param lost the names of those that cannot
 */
record SubsetNames(Set<String> lost) {
  static SubsetNames of(TrafficPolicy policy) {
    return new SubsetNames(
        policy.subsets().stream()
            .filter(subset -> !unsafeLabels(subset).isEmpty())
            .map(Subset::name)
            .collect(Collectors.toUnmodifiableSet()));
  }

  boolean isLost(String name) {
    return lost.contains(name);
  }

  /** The labels of a subset that may not stand on an endpoint here. */
  static List<String> unsafeLabels(Subset subset) {
    return subset.labels().entrySet().stream()
        .filter(label -> !LabelRules.isSafe(label.getKey(), label.getValue()))
        .map(label -> label.getKey())
        .toList();
  }

  /** The name of a subset as Istio takes it. */
  static String written(String name) {
    return NameSyntax.label(name);
  }
}
