package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.model.traffic.HttpRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** A match of a rule, which has a place of its own among all matches of all rules. */
record Placed(RuleDraft draft, RuleDraft.Ranked match) {
  /**
   * The rules by the rank of their matches; those of equal rank keep their order. A rule whose
   * matches have others between them comes in parts.
   */
  static List<HttpRule> inOrder(Collection<Placed> places) {
    var sorted = new ArrayList<>(places);
    sorted.sort(Comparator.comparing(place -> place.match().rank()));
    var rules = new ArrayList<HttpRule>();
    var run = new ArrayList<RuleDraft.Ranked>();
    for (int i = 0; i < sorted.size(); i++) {
      run.add(sorted.get(i).match());
      boolean last =
          i + 1 == sorted.size() || !sorted.get(i + 1).draft().equals(sorted.get(i).draft());
      if (last) {
        rules.add(sorted.get(i).draft().with(run));
        run.clear();
      }
    }
    return rules;
  }
}
