package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.adapter.kubernetes.gatewayapi.RuleDraft.Ranked;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.PathMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a prefix is the whole path of a request, it is worth as much as the exact path, or an
 * expression, and the rest of both matches decides. In a list that becomes a match of its own: on
 * that path alone, ranked as an exact one.
 */
final class EqualPaths {
  private final List<Ranked> all;

  /** Knows all matches of a Service. */
  EqualPaths(List<Ranked> all) {
    this.all = List.copyOf(all);
  }

  /** The matches, each after the one for its prefix as a whole path, if that is needed. */
  List<Ranked> with(Ranked match) {
    var path = wholePath(match.match());
    if (path.isEmpty()) {
      return List.of(match);
    }
    var whole = asExact(match, path.orElseThrow());
    boolean competes =
        all.stream()
            .anyMatch(
                other ->
                    !other.equals(match)
                        && takes(other.match(), path.orElseThrow())
                        && goesBefore(whole, match, other));
    var matches = new ArrayList<Ranked>();
    if (competes) {
      matches.add(whole);
    }
    matches.add(match);
    return matches;
  }

  private boolean goesBefore(Ranked whole, Ranked match, Ranked other) {
    int order = whole.rank().compareTo(other.rank());
    return order < 0 || (order == 0 && all.indexOf(match) < all.indexOf(other));
  }

  private static Ranked asExact(Ranked match, String path) {
    var rank = match.rank();
    var exact = match.match().withPath(PathMatch.exact(path));
    var ofExact = Rank.of(exact, false, true);
    return new Ranked(
        new Rank(
            rank.hostClass(),
            rank.hostLength(),
            ofExact.pathClass(),
            ofExact.pathLength(),
            rank.method(),
            rank.headers(),
            rank.query()),
        exact,
        match.sources());
  }

  /** The path that is the prefix and nothing more. */
  private static Optional<String> wholePath(HttpMatch match) {
    if (match.path().isEmpty()) {
      return Optional.of("/");
    }
    return match
        .path()
        .filter(path -> path.kind() == PathMatch.Kind.SEGMENT_PREFIX)
        .map(PathMatch::value)
        .map(value -> value.length() > 1 ? value.replaceFirst("/+$", "") : value)
        .map(value -> value.isEmpty() ? "/" : value);
  }

  private static boolean takes(HttpMatch match, String path) {
    return match
        .path()
        .filter(
            other ->
                switch (other.kind()) {
                  case EXACT -> other.value().equals(path);
                  case REGEX -> Pattern.matches(other.value().replace("(?P<", "(?<"), path);
                  case SEGMENT_PREFIX, STRING_PREFIX -> false;
                })
        .isPresent();
  }
}
