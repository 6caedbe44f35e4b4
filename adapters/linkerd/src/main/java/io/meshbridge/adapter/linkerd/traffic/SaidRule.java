package io.meshbridge.adapter.linkerd.traffic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * A rule as a route says it.
 *
 * @param index its place in the policy
 * @param name for people; may be empty
 * @param matches one of which must hold
 * @param body what the rule says besides its matches
 * @param annotations that its route must bear
 */
record SaidRule(
    int index,
    String name,
    List<SaidMatch> matches,
    Map<String, Object> body,
    SortedMap<String, String> annotations) {
  SaidRule {
    matches = List.copyOf(matches);
  }

  SaidRule withMatches(List<SaidMatch> others) {
    return new SaidRule(index, name, others, body, annotations);
  }

  /** Whether it takes all requests. */
  boolean takesAll() {
    return matches.stream().anyMatch(SaidMatch::isAny);
  }

  /** One match for all requests; none for all calls of gRPC, of which the API fills in nothing. */
  private List<SaidMatch> all() {
    return matches.stream()
        .filter(match -> match.isAny() && match.call().isEmpty())
        .limit(1)
        .toList();
  }

  Map<String, Object> manifest() {
    var manifest = new LinkedHashMap<String, Object>();
    var conditions = takesAll() ? all() : matches;
    if (!conditions.isEmpty()) {
      manifest.put("matches", conditions.stream().map(SaidMatch::manifest).toList());
    }
    manifest.putAll(body);
    return manifest;
  }
}
