package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.Sources;
import java.util.List;

/**
 * A rule as it stands in a route, before all matches of a Service's rules are put into one order.
 *
 * @param rule without its matches
 * @param matches in the order of the route; one that matches everything if it has none
 */
record RuleDraft(HttpRule rule, List<Ranked> matches) {
  /**
   * One match.
   *
   * @param sources where its fields were declared, relative to the match
   */
  record Ranked(Rank rank, HttpMatch match, Sources sources) {}

  RuleDraft {
    matches = List.copyOf(matches);
  }

  /** The rule with some of its matches. */
  HttpRule with(List<Ranked> chosen) {
    var sources = new Sources.Builder();
    rule.sources().fields().forEach((field, refs) -> refs.forEach(ref -> sources.add(field, ref)));
    for (int i = 0; i < chosen.size(); i++) {
      sources.addAll("matches[" + i + "]", chosen.get(i).sources());
    }
    boolean all = chosen.stream().allMatch(ranked -> ranked.match().equals(HttpMatch.ANY));
    return new HttpRule(
        rule.name(),
        rule.grpc(),
        all ? List.of() : chosen.stream().map(Ranked::match).toList(),
        rule.filters(),
        rule.backends(),
        rule.timeouts(),
        rule.retry(),
        rule.affinity(),
        sources.build());
  }
}
