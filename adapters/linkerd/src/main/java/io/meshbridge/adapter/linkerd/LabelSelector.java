package io.meshbridge.adapter.linkerd;

import io.meshbridge.adapter.kubernetes.Fields;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * A selector of pods.
 *
 * @param labels each must have this value
 * @param requirements each must hold
 */
record LabelSelector(SortedMap<String, String> labels, List<Requirement> requirements) {

  /** One expression. */
  record Requirement(String key, String operator, List<String> values) {
    /** Whether it can hold for some pod that has these labels and others besides. */
    boolean mayHold(Map<String, String> labels) {
      var value = labels.get(key);
      if (value == null) {
        return true;
      }
      return switch (operator) {
        case "In" -> values.contains(value);
        case "NotIn" -> !values.contains(value);
        case "DoesNotExist" -> false;
        // Also an operator that we do not know: a policy must not be overlooked.
        default -> true;
      };
    }
  }

  LabelSelector {
    requirements = List.copyOf(requirements);
  }

  static LabelSelector of(Fields selector) {
    return new LabelSelector(
        selector.texts("matchLabels"),
        selector.objects("matchExpressions").stream()
            .map(e -> new Requirement(e.text("key"), e.text("operator"), e.textList("values")))
            .toList());
  }

  /** Whether it may select some pod that has these labels and others besides. */
  boolean maySelect(Map<String, String> known) {
    return Stream.concat(
            labels.entrySet().stream()
                .map(e -> e.getValue().equals(known.getOrDefault(e.getKey(), e.getValue()))),
            requirements.stream().map(requirement -> requirement.mayHold(known)))
        .allMatch(holds -> holds);
  }
}
