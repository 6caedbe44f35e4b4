package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.adapter.kubernetes.LossList;
import io.meshbridge.model.traffic.TrafficPolicy;
import java.util.SortedSet;
import java.util.TreeSet;

/** The rules without which more requests would get through than their owner lets through. */
final class Refusals {
  private final SortedSet<Integer> rules = new TreeSet<>();

  /** That rule answers with an error, and some of its requests would not. */
  void add(int rule) {
    rules.add(rule);
  }

  boolean isEmpty() {
    return rules.isEmpty();
  }

  void tell(LossList losses) {
    rules.forEach(
        rule ->
            losses.refused(
                TrafficPolicy.FIELD + ".http[" + rule + "]",
                "the rule answers with an error, and what it is for cannot be said: its requests"
                    + " would get through",
                "let the service itself answer, or match by path, method, headers or parameters"));
  }
}
