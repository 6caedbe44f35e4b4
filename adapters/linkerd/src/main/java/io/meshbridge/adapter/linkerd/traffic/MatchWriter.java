package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.model.traffic.ClientMatch;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.NamedMatch;
import io.meshbridge.model.traffic.TextMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Says matches as routes do, and tells what routes have no word for. */
final class MatchWriter {
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");
  private static final int MOST_NAMED = 16;
  private static final String LEFT_OUT =
      "; the match is left out, and its requests fall to the rules after it";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+\\-.^_`|~]{1,256}");

  private final PolicyLosses.Part losses;

  MatchWriter(PolicyLosses.Part losses) {
    this.losses = losses;
  }

  /** The match, once for each method if it names several; none if it cannot be said. */
  List<SaidMatch> said(HttpMatch match, int index) {
    var at = "matches[" + index + "]";
    if (!isSayable(match, at)) {
      return List.of();
    }
    var path = match.path().map(Condition::of);
    if (path.filter(Optional::isEmpty).isPresent()) {
      losses.dropped(
          at + ".path",
          "Linkerd's proxy does not know this expression, or it is too long" + LEFT_OUT);
      return List.of();
    }
    var headers = named(match.headers(), at + ".headers");
    var query = named(match.query(), at + ".query");
    var methods = methods(match, at);
    if (headers.isEmpty() || query.isEmpty() || methods.isEmpty()) {
      return List.of();
    }
    return methods.stream()
        .map(
            method ->
                new SaidMatch(
                    bare(match, method),
                    index,
                    path.flatMap(condition -> condition),
                    Optional.empty(),
                    method,
                    headers.orElseThrow(),
                    query.orElseThrow()))
        .toList();
  }

  private boolean isSayable(HttpMatch match, String at) {
    boolean sayable = true;
    if (match.authority().isPresent()) {
      losses.dropped(
          at + ".authority", "a route of a Service does not tell hosts apart" + LEFT_OUT);
      sayable = false;
    }
    if (match.scheme().isPresent()) {
      losses.dropped(at + ".scheme", "a route does not tell schemes apart" + LEFT_OUT);
      sayable = false;
    }
    if (!match.client().isAny()) {
      losses.dropped(
          at + ".client",
          match.client().labels().isEmpty()
              ? "only a route in the clients' namespace, which is not ours to write into, is for them"
                  + " alone"
                  + LEFT_OUT
              : "a route does not tell callers apart by labels" + LEFT_OUT);
      sayable = false;
    }
    return sayable;
  }

  /** The methods that are meant; an empty one for any. */
  private List<String> methods(HttpMatch match, String at) {
    if (match.method().isEmpty() || match.method().get().kind() == TextMatch.Kind.PRESENT) {
      return List.of("");
    }
    var wanted = match.method().get();
    var methods = METHODS.stream().filter(method -> isMeant(wanted, method)).toList();
    boolean exact = wanted.kind() == TextMatch.Kind.EXACT && !wanted.ignoreCase();
    if (methods.isEmpty()) {
      losses.dropped(at + ".method", "a route names only the usual methods" + LEFT_OUT);
    } else if (!exact) {
      losses.approximated(at + ".method", "is said as " + String.join(", ", methods));
    }
    return methods;
  }

  private static boolean isMeant(TextMatch wanted, String method) {
    var value = wanted.ignoreCase() ? wanted.value().toUpperCase(Locale.ROOT) : wanted.value();
    return switch (wanted.kind()) {
      case EXACT -> method.equals(value);
      case PREFIX -> method.startsWith(value);
      case SUFFIX -> method.endsWith(value);
      case CONTAINS -> method.contains(value);
      case REGEX -> matches(wanted, method);
      case PRESENT -> true;
    };
  }

  private static boolean matches(TextMatch wanted, String method) {
    try {
      int flags = wanted.ignoreCase() ? Pattern.CASE_INSENSITIVE : 0;
      return Pattern.compile(wanted.value(), flags).matcher(method).matches();
    } catch (PatternSyntaxException onlyRe2KnowsIt) {
      return false;
    }
  }

  /** The conditions; empty, and told, if one cannot be said. */
  private Optional<List<SaidMatch.Named>> named(List<NamedMatch> conditions, String at) {
    if (conditions.size() > MOST_NAMED) {
      losses.dropped(at, "a match has at most " + MOST_NAMED + " of them" + LEFT_OUT);
      return Optional.empty();
    }
    var said = new ArrayList<SaidMatch.Named>();
    for (int i = 0; i < conditions.size(); i++) {
      var condition = conditions.get(i);
      var field = at + "[" + i + "]";
      if (condition.negated()) {
        losses.dropped(field, "a route cannot ask for what is absent" + LEFT_OUT);
        return Optional.empty();
      }
      if (isImplied(condition, conditions)) {
        continue;
      }
      if (said.stream().anyMatch(other -> other.name().equals(condition.name()))) {
        losses.dropped(field, "a match asks for a name once" + LEFT_OUT);
        return Optional.empty();
      }
      var value = Condition.of(condition.value());
      if (value.isEmpty() || !NAME.matcher(condition.name()).matches()) {
        losses.dropped(
            field,
            value.isEmpty()
                ? "Linkerd's proxy does not know this expression, or it is too long" + LEFT_OUT
                : "a route cannot have this name" + LEFT_OUT);
        return Optional.empty();
      }
      said.add(new SaidMatch.Named(condition.name(), value.orElseThrow()));
    }
    return Optional.of(said);
  }

  /** That it has a value says more than that it is there. */
  private static boolean isImplied(NamedMatch condition, List<NamedMatch> all) {
    return condition.value().equals(TextMatch.PRESENT)
        && all.stream()
            .anyMatch(
                other ->
                    other.name().equals(condition.name())
                        && !other.negated()
                        && !other.equals(condition));
  }

  private static HttpMatch bare(HttpMatch match, String method) {
    return new HttpMatch(
        match.path(),
        method.isEmpty() ? Optional.empty() : Optional.of(TextMatch.exact(method)),
        match.headers(),
        match.query(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        ClientMatch.ANY);
  }
}
