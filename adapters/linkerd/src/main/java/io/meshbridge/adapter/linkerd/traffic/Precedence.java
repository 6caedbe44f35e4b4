package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.NamedMatch;
import io.meshbridge.model.traffic.PathMatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the order of rules under Linkerd's precedence, which is not by order: of all matches that
 * hold, the one wins that counts the longest path, then names a method, then the most headers, then
 * the most parameters ({@code linkerd/http/route} of its proxy). Where a later rule would win, the
 * earlier one gets one more match, for the requests that both are for; it is as precise as the
 * later one, and goes before it.
 */
final class Precedence {
  private static final int MOST_MATCHES = 64;
  private static final int MOST_NAMED = 16;

  private final PolicyLosses losses;

  Precedence(PolicyLosses losses) {
    this.losses = losses;
  }

  /**
   * The rules in the order in which the proxy asks them, those without any request left out. A rule
   * may stand there more than once.
   */
  List<SaidRule> keep(List<SaidRule> rules) {
    var alive = withoutUnreachable(rules);
    var kept = new ArrayList<>(alive);
    for (int i = alive.size() - 1; i >= 0; i--) {
      kept.set(i, raised(alive.get(i), kept.subList(i + 1, kept.size())));
    }
    return withoutUnreachable(new AskedOrder(kept).rules());
  }

  /** A match that an earlier one takes all requests of would only get what is not for it. */
  private static List<SaidRule> withoutUnreachable(List<SaidRule> rules) {
    var alive = new ArrayList<SaidRule>();
    var earlier = new ArrayList<SaidMatch>();
    for (SaidRule rule : rules) {
      var matches = new ArrayList<SaidMatch>();
      for (SaidMatch match : rule.matches()) {
        if (earlier.stream().noneMatch(e -> Overlap.covers(e.match(), match.match()))) {
          matches.add(match);
          earlier.add(match);
        }
      }
      if (!matches.isEmpty()) {
        alive.add(rule.withMatches(matches));
      }
    }
    return alive;
  }

  private SaidRule raised(SaidRule rule, List<SaidRule> later) {
    var matches = new ArrayList<SaidMatch>();
    var waiting = new ArrayDeque<>(rule.matches());
    while (!waiting.isEmpty()) {
      var match = waiting.removeFirst();
      var whole = againstWholePaths(match, later);
      matches.add(whole);
      for (SaidRule other : later) {
        for (SaidMatch rival : other.matches()) {
          if (Overlap.mayBe(whole.match(), rival.match()) && wins(rival, whole)) {
            var both = intersection(whole, rival);
            boolean room = matches.size() + waiting.size() < MOST_MATCHES;
            if (both.isEmpty() || !room) {
              tell(other, rival);
            } else if (!matches.contains(both.get()) && !waiting.contains(both.get())) {
              waiting.addLast(both.get());
            }
          }
        }
      }
    }
    return rule.withMatches(matches);
  }

  /**
   * A prefix loses against every expression, which counts the whole path; if what both are for
   * cannot be told, the prefix has to become an expression itself.
   */
  private static SaidMatch againstWholePaths(SaidMatch match, List<SaidRule> later) {
    if (match.call().isPresent() || match.countsWholePath()) {
      return match;
    }
    boolean needed =
        later.stream()
            .flatMap(rule -> rule.matches().stream())
            .anyMatch(
                rival ->
                    rival.countsWholePath()
                        && Overlap.mayBe(match.match(), rival.match())
                        && wins(rival, match)
                        && intersection(match, rival).isEmpty());
    var path = match.match().path().orElse(PathMatch.segmentPrefix("/"));
    return needed ? Condition.asRegex(path).map(match::withPath).orElse(match) : match;
  }

  private void tell(SaidRule rule, SaidMatch match) {
    losses.approximated(
        "http[" + rule.index() + "].matches[" + match.index() + "]",
        "Linkerd prefers the more precise match, so requests come here that an earlier rule is for,"
            + " too");
  }

  /** Whether of two matches that hold the later one wins, for some request. */
  private static boolean wins(SaidMatch later, SaidMatch earlier) {
    if (later.call().isPresent() && earlier.call().isPresent()) {
      int order = later.call().get().rank() - earlier.call().get().rank();
      return order > 0 || (order == 0 && later.compareRest(earlier) > 0);
    }
    boolean rest = later.compareRest(earlier) > 0;
    if (earlier.countsWholePath()) {
      // A prefix counts as much where it is the whole path.
      return rest && (later.countsWholePath() || Overlap.mayTake(earlier.match(), whole(later)));
    }
    if (later.countsWholePath()) {
      boolean onlyThere =
          later
              .match()
              .path()
              .filter(path -> path.kind() == PathMatch.Kind.EXACT && !path.ignoreCase())
              .filter(path -> path.value().equals(whole(earlier)))
              .isPresent();
      return rest || !onlyThere;
    }
    int order = later.prefix().length() - earlier.prefix().length();
    return order > 0 || (order == 0 && rest);
  }

  private static String whole(SaidMatch match) {
    return match.prefix().isEmpty() ? "/" : match.prefix();
  }

  /** A match for what both are for; empty if there is no word for it. */
  private static Optional<SaidMatch> intersection(SaidMatch earlier, SaidMatch later) {
    var one = earlier.match();
    var other = later.match();
    boolean narrower = Overlap.covers(pathOf(one), pathOf(other));
    boolean wider = Overlap.covers(pathOf(other), pathOf(one));
    if (!narrower && !wider) {
      return Optional.empty();
    }
    var path = narrower ? other.path() : one.path();
    var headers = union(one.headers(), other.headers());
    var query = union(one.query(), other.query());
    if (headers.isEmpty() || query.isEmpty()) {
      return Optional.empty();
    }
    var match =
        new HttpMatch(
            path,
            one.method().or(other::method),
            headers.get(),
            query.get(),
            one.authority(),
            one.scheme(),
            one.port(),
            one.client());
    return said(match, earlier, later, narrower ? later.path() : earlier.path());
  }

  private static HttpMatch pathOf(HttpMatch match) {
    return match.path().map(HttpMatch.ANY::withPath).orElse(HttpMatch.ANY);
  }

  private static Optional<SaidMatch> said(
      HttpMatch match, SaidMatch earlier, SaidMatch later, Optional<Condition> chosen) {
    boolean mustCountAll =
        later.countsWholePath() && chosen.filter(c -> !c.type().equals(Condition.PREFIX)).isEmpty();
    var path =
        mustCountAll
            ? Condition.asRegex(match.path().orElse(PathMatch.segmentPrefix("/")))
            : chosen;
    if (mustCountAll && path.isEmpty()) {
      return Optional.empty();
    }
    var said =
        new SaidMatch(
            match,
            earlier.index(),
            path,
            Optional.empty(),
            earlier.method().isEmpty() ? later.method() : earlier.method(),
            named(match.headers()),
            named(match.query()));
    return earlier.call().isEmpty() ? Optional.of(said) : GrpcCall.of(match).map(said::withCall);
  }

  private static List<SaidMatch.Named> named(List<NamedMatch> matches) {
    return matches.stream()
        .flatMap(
            match ->
                Condition.of(match.value()).stream()
                    .map(condition -> new SaidMatch.Named(match.name(), condition)))
        .toList();
  }

  /** All conditions of both; empty if two are on one name. */
  private static Optional<List<NamedMatch>> union(List<NamedMatch> ones, List<NamedMatch> others) {
    var all = new ArrayList<>(ones);
    for (NamedMatch other : others) {
      if (!all.contains(other)) {
        if (all.stream().anyMatch(one -> one.name().equals(other.name()))) {
          return Optional.empty();
        }
        all.add(other);
      }
    }
    return all.size() > MOST_NAMED ? Optional.empty() : Optional.of(all);
  }
}
