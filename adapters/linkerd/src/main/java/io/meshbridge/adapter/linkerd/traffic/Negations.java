package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.NamedMatch;
import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.TextMatch;
import io.meshbridge.model.traffic.Timeouts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says by order what routes cannot ask for. A match on what a header is not becomes two: what the
 * header is goes first, to where the rules after it send it; then everything else.
 */
final class Negations {
  private final List<HttpRule> rules;

  /**
   * A rule, and its place in the policy that it is of.
   *
   * @param index also of a copy, which stands where its original does not
   */
  record Placed(int index, HttpRule rule) {}

  private Negations(List<HttpRule> rules) {
    this.rules = List.copyOf(rules);
  }

  /** The same rules, without negations where order can say them. */
  static List<Placed> byOrder(List<HttpRule> rules) {
    return new Negations(rules).byOrder();
  }

  private List<Placed> byOrder() {
    var placed = new ArrayList<Placed>();
    for (int i = 0; i < rules.size(); i++) {
      var rule = rules.get(i);
      var matches = new ArrayList<HttpMatch>();
      for (HttpMatch match : rule.matches()) {
        var before = diversions(match, i);
        before.ifPresent(placed::addAll);
        matches.add(before.isPresent() ? withoutNegations(match) : match);
      }
      placed.add(new Placed(i, rule.withMatches(matches)));
    }
    return placed;
  }

  /** What has to go before a match so that it may do without its negations. */
  private Optional<List<Placed>> diversions(HttpMatch match, int index) {
    var diversions = new ArrayList<Placed>();
    for (NamedMatch header : match.headers()) {
      if (header.negated()) {
        var positive = with(match, NamedMatch.is(header.name(), header.value()));
        var next = positive.flatMap(diverted -> next(diverted, index));
        if (positive.isEmpty() || next.isEmpty()) {
          return Optional.empty();
        }
        var to = next.get();
        diversions.add(
            new Placed(to.index(), to.rule().withMatches(List.of(positive.orElseThrow()))));
      }
    }
    boolean sayable = match.query().stream().noneMatch(NamedMatch::negated);
    return diversions.isEmpty() || !sayable ? Optional.empty() : Optional.of(diversions);
  }

  /** The rule that takes all of these requests after that one; empty if several share them. */
  private Optional<Placed> next(HttpMatch match, int index) {
    for (int i = index + 1; i < rules.size(); i++) {
      var rule = rules.get(i);
      var matches = rule.matches().isEmpty() ? List.of(HttpMatch.ANY) : rule.matches();
      boolean plain =
          matches.stream().allMatch(m -> m.headers().stream().noneMatch(NamedMatch::negated));
      if (plain && matches.stream().anyMatch(m -> takes(m, match))) {
        return Optional.of(new Placed(i, rule));
      }
      if (!plain || matches.stream().anyMatch(m -> Overlap.mayBe(m, match))) {
        return Optional.empty();
      }
    }
    return Optional.of(new Placed(index, nobody()));
  }

  private static boolean takes(HttpMatch wide, HttpMatch narrow) {
    return wide.authority().isEmpty()
        && wide.scheme().isEmpty()
        && wide.client().isAny()
        && (wide.port().isEmpty() || wide.port().equals(narrow.port()))
        && Overlap.covers(wide, narrow);
  }

  /** Requests that no rule takes are answered with an error. */
  private static HttpRule nobody() {
    return new HttpRule(
        "",
        false,
        List.of(),
        List.of(),
        List.of(),
        Timeouts.DEFAULT,
        Optional.of(Retry.NEVER),
        Optional.empty(),
        Sources.NONE);
  }

  /** A match asks for a header once: that it has a value says more than that it is there. */
  private static Optional<HttpMatch> with(HttpMatch match, NamedMatch header) {
    var headers = new ArrayList<>(withoutNegations(match).headers());
    headers.removeIf(
        other -> other.name().equals(header.name()) && other.value().equals(TextMatch.PRESENT));
    if (headers.stream().anyMatch(other -> other.name().equals(header.name()))) {
      return Optional.empty();
    }
    headers.add(header);
    return Optional.of(match.withHeaders(headers));
  }

  private static HttpMatch withoutNegations(HttpMatch match) {
    return match.withHeaders(match.headers().stream().filter(h -> !h.negated()).toList());
  }
}
