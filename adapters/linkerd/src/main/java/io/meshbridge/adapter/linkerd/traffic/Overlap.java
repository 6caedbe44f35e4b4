package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.NamedMatch;
import io.meshbridge.model.traffic.PathMatch;
import io.meshbridge.model.traffic.TextMatch;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Says of two matches whether a request can be for both. In doubt it can. */
final class Overlap {
  private static final String SPECIAL = "\\.+*?()|[]{}^$";

  private Overlap() {}

  /** Whether some request may be for both. */
  static boolean mayBe(HttpMatch one, HttpMatch other) {
    return pathsMayMeet(one.path(), other.path())
        && textsMayMeet(one.method(), other.method())
        && namedMayMeet(one.headers(), other.headers())
        && namedMayMeet(one.query(), other.query());
  }

  /** Whether surely every request that is for the second is for the first. */
  static boolean covers(HttpMatch wide, HttpMatch narrow) {
    return covers(wide.path(), narrow.path())
        && (wide.method().isEmpty() || wide.method().equals(narrow.method()))
        && narrow.headers().containsAll(wide.headers())
        && narrow.query().containsAll(wide.query());
  }

  /** Whether some request for that path may be for the match. */
  static boolean mayTake(HttpMatch match, String path) {
    return pathsMayMeet(match.path(), Optional.of(PathMatch.exact(path)));
  }

  private static boolean covers(Optional<PathMatch> wide, Optional<PathMatch> narrow) {
    if (wide.isEmpty() || wide.get().matchesAll() || wide.equals(narrow)) {
      return true;
    }
    if (narrow.isEmpty() || wide.get().ignoreCase() || narrow.get().ignoreCase()) {
      return false;
    }
    var from = narrow.get();
    return switch (from.kind()) {
      case EXACT -> takes(wide.get(), from.value());
      case SEGMENT_PREFIX ->
          (wide.get().kind() == PathMatch.Kind.SEGMENT_PREFIX
                  || wide.get().kind() == PathMatch.Kind.STRING_PREFIX)
              && takes(wide.get(), trimmed(from.value()));
      case STRING_PREFIX ->
          wide.get().kind() == PathMatch.Kind.STRING_PREFIX
              && from.value().startsWith(wide.get().value());
      case REGEX -> false;
    };
  }

  private static boolean pathsMayMeet(Optional<PathMatch> one, Optional<PathMatch> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return true;
    }
    var first = one.get();
    var second = other.get();
    if (first.kind() == PathMatch.Kind.EXACT && !first.ignoreCase()) {
      return takes(second, first.value());
    }
    if (second.kind() == PathMatch.Kind.EXACT && !second.ignoreCase()) {
      return takes(first, second.value());
    }
    if (first.kind() == PathMatch.Kind.SEGMENT_PREFIX
        && second.kind() == PathMatch.Kind.SEGMENT_PREFIX
        && !first.ignoreCase()
        && !second.ignoreCase()) {
      return takes(first, trimmed(second.value())) || takes(second, trimmed(first.value()));
    }
    var begin = folded(literalOf(first));
    var end = folded(literalOf(second));
    return begin.startsWith(end) || end.startsWith(begin);
  }

  private static boolean takes(PathMatch match, String path) {
    var value = match.ignoreCase() ? folded(match.value()) : match.value();
    var candidate = match.ignoreCase() ? folded(path) : path;
    return switch (match.kind()) {
      case EXACT -> candidate.equals(value);
      case STRING_PREFIX -> candidate.startsWith(value);
      case SEGMENT_PREFIX -> {
        var prefix = trimmed(value);
        yield prefix.isEmpty()
            || trimmed(candidate).equals(prefix)
            || candidate.startsWith(prefix + "/");
      }
      case REGEX -> mayMatch(match.value(), match.ignoreCase(), path);
    };
  }

  private static boolean textsMayMeet(Optional<TextMatch> one, Optional<TextMatch> other) {
    return one.isEmpty() || other.isEmpty() || textsMayMeet(one.get(), other.get());
  }

  private static boolean namedMayMeet(List<NamedMatch> ones, List<NamedMatch> others) {
    return ones.stream()
        .allMatch(
            one ->
                others.stream()
                    .filter(other -> other.name().equals(one.name()))
                    .filter(other -> !other.negated() && !one.negated())
                    .allMatch(other -> textsMayMeet(one.value(), other.value())));
  }

  private static boolean textsMayMeet(TextMatch one, TextMatch other) {
    if (one.kind() == TextMatch.Kind.EXACT && !one.ignoreCase()) {
      return takes(other, one.value());
    }
    if (other.kind() == TextMatch.Kind.EXACT && !other.ignoreCase()) {
      return takes(one, other.value());
    }
    if (one.kind() == TextMatch.Kind.PREFIX && other.kind() == TextMatch.Kind.PREFIX) {
      var begin = folded(one.value());
      var end = folded(other.value());
      return begin.startsWith(end) || end.startsWith(begin);
    }
    return true;
  }

  private static boolean takes(TextMatch match, String text) {
    var value = match.ignoreCase() ? folded(match.value()) : match.value();
    var candidate = match.ignoreCase() ? folded(text) : text;
    return switch (match.kind()) {
      case EXACT -> candidate.equals(value);
      case PREFIX -> candidate.startsWith(value);
      case SUFFIX -> candidate.endsWith(value);
      case CONTAINS -> candidate.contains(value);
      case REGEX -> mayMatch(match.value(), match.ignoreCase(), text);
      case PRESENT -> true;
    };
  }

  /** Whether an expression matches a text; in doubt it does. */
  static boolean mayMatch(String expression, boolean ignoreCase, String text) {
    try {
      return Pattern.compile(
              expression.replace("(?P<", "(?<"), ignoreCase ? Pattern.CASE_INSENSITIVE : 0)
          .matcher(text)
          .matches();
    } catch (PatternSyntaxException onlyRe2KnowsIt) {
      return true;
    }
  }

  /** What every path that matches begins with. */
  private static String literalOf(PathMatch path) {
    return switch (path.kind()) {
      case EXACT, STRING_PREFIX -> path.value();
      case SEGMENT_PREFIX -> trimmed(path.value());
      case REGEX -> literalStart(path.value());
    };
  }

  private static String literalStart(String expression) {
    int end = 0;
    while (end < expression.length() && SPECIAL.indexOf(expression.charAt(end)) < 0) {
      end++;
    }
    if (expression.indexOf('|') >= 0) {
      return "";
    }
    // A repetition may mean that the last letter is not there.
    boolean optional = end < expression.length() && "*?{".indexOf(expression.charAt(end)) >= 0;
    return expression.substring(0, optional ? Math.max(0, end - 1) : end);
  }

  private static String trimmed(String path) {
    return path.replaceFirst("/+$", "");
  }

  private static String folded(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
