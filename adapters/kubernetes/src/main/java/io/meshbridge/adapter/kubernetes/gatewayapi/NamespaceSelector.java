package io.meshbridge.adapter.kubernetes.gatewayapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A selector of namespaces.
 *
 * @param labels each must have this value
 * @param requirements each must hold
 */
record NamespaceSelector(SortedMap<String, String> labels, List<Requirement> requirements) {
  // Kubernetes gives it to every namespace.
  private static final String NAME = "kubernetes.io/metadata.name";

  /** One expression. */
  private record Requirement(String key, String operator, List<String> values) {
    boolean holds(Map<String, String> labels) {
      var value = labels.get(key);
      return switch (operator) {
        case "In" -> value != null && values.contains(value);
        case "NotIn" -> value == null || !values.contains(value);
        case "Exists" -> value != null;
        case "DoesNotExist" -> value == null;
        default -> false;
      };
    }
  }

  NamespaceSelector {
    requirements = List.copyOf(requirements);
  }

  static NamespaceSelector of(SourcedFields selector) {
    var requirements = new ArrayList<Requirement>();
    for (SourcedFields expression : selector.objects("matchExpressions")) {
      var operator = expression.text("operator").orElse("");
      if (!List.of("In", "NotIn", "Exists", "DoesNotExist").contains(operator)) {
        expression
            .fields()
            .error(
                "operator", "must be In, NotIn, Exists or DoesNotExist, but is '" + operator + "'");
      }
      requirements.add(
          new Requirement(expression.text("key").orElse(""), operator, expression.texts("values")));
    }
    return new NamespaceSelector(labelsOf(selector.object("matchLabels")), requirements);
  }

  private static SortedMap<String, String> labelsOf(SourcedFields matched) {
    var labels = new TreeMap<String, String>();
    matched
        .fields()
        .names()
        .forEach(name -> matched.text(name).ifPresent(value -> labels.put(name, value)));
    return labels;
  }

  /** Whether it selects a namespace; empty if too little is known of it. */
  Optional<Boolean> selects(String namespace, NamespaceLabels known) {
    var labels = known.of(namespace);
    if (labels.isEmpty() && !asksForNameAlone()) {
      return Optional.empty();
    }
    return Optional.of(selects(labels.orElse(Map.of(NAME, namespace))));
  }

  private boolean selects(Map<String, String> known) {
    return labels.entrySet().stream().allMatch(e -> e.getValue().equals(known.get(e.getKey())))
        && requirements.stream().allMatch(requirement -> requirement.holds(known));
  }

  private boolean asksForNameAlone() {
    return labels.keySet().stream().allMatch(NAME::equals)
        && requirements.stream().allMatch(requirement -> requirement.key().equals(NAME));
  }
}
