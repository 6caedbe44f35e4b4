package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.PathMatch;
import io.meshbridge.model.traffic.PathMatch.Kind;
import io.meshbridge.model.traffic.TextMatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One condition on requests in Consul's fields. What Consul can only say as one of several becomes
 * several: a prefix of segments is the path itself or all below it, a header that is not such is
 * absent or another.
 */
final class MatchWriter {
  static final int MOST_ALTERNATIVES = 32;
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE");

  private final HttpMatch match;
  private final String path;
  private final ServerVersion version;
  private final LossBook losses;

  /**
   * One of the alternatives.
   *
   * @param http the fields of {@code Match.HTTP}; none for every request
   * @param path the condition on the path that it stands for
   */
  record Alternative(Map<String, Object> http, Optional<PathMatch> path) {}

  private MatchWriter(HttpMatch match, String path, ServerVersion version, LossBook losses) {
    this.match = match;
    this.path = path;
    this.version = version;
    this.losses = losses;
  }

  /** The alternatives in any order; none if the condition cannot be said. */
  static List<Alternative> write(
      HttpMatch match, String path, ServerVersion version, LossBook losses) {
    return new MatchWriter(match, path, version, losses).write();
  }

  private List<Alternative> write() {
    if (match.scheme().isPresent()) {
      return unsaid(".scheme", "Consul's routes do not look at the scheme");
    }
    if (!match.client().isAny()) {
      return unsaid(".client", "Consul's routes do not look at who calls");
    }
    var query = query();
    var headers = new HeaderMatchWriter(match, path, losses).write();
    var paths = paths();
    if (query.isEmpty() || headers.isEmpty() || paths.isEmpty()) {
      return List.of();
    }
    if (paths.size() * headers.get().size() > MOST_ALTERNATIVES) {
      return unsaid(".headers", "it would take more than " + MOST_ALTERNATIVES + " routes");
    }
    var alternatives = new ArrayList<Alternative>();
    for (PathFields one : paths) {
      for (List<Map<String, Object>> conditions : headers.get()) {
        var http = new LinkedHashMap<String, Object>(one.fields());
        putUnlessEmpty(http, "Header", conditions);
        putUnlessEmpty(http, "QueryParam", query.get());
        standardMethod(match).ifPresent(method -> http.put("Methods", List.of(method)));
        alternatives.add(new Alternative(http, one.path()));
      }
    }
    return alternatives;
  }

  private List<Alternative> unsaid(String field, String reason) {
    losses.drop(path + field, reason + "; the match is left out");
    return List.of();
  }

  private static void putUnlessEmpty(
      Map<String, Object> http, String field, List<Map<String, Object>> list) {
    if (!list.isEmpty()) {
      http.put(field, list);
    }
  }

  /** Fields for one condition on the path. */
  private record PathFields(Map<String, Object> fields, Optional<PathMatch> path) {}

  private List<PathFields> paths() {
    if (match.path().isEmpty()) {
      return List.of(new PathFields(Map.of(), Optional.empty()));
    }
    var wanted = match.path().get();
    if (wanted.kind() != Kind.SEGMENT_PREFIX || wanted.matchesAll()) {
      return one(wanted);
    }
    var base = wanted.value().replaceFirst("/+$", "");
    var paths = new ArrayList<PathFields>();
    paths.addAll(one(new PathMatch(Kind.EXACT, base, wanted.ignoreCase())));
    paths.addAll(one(new PathMatch(Kind.STRING_PREFIX, base + "/", wanted.ignoreCase())));
    return paths.size() == 2 ? paths : List.of();
  }

  private List<PathFields> one(PathMatch wanted) {
    if (wanted.kind() == Kind.REGEX) {
      return regex(wanted, wanted.value());
    }
    if (!wanted.value().startsWith("/")) {
      losses.drop(path + ".path", "Consul takes only paths from the root; the match is left out");
      return List.of();
    }
    var exact = wanted.kind() == Kind.EXACT;
    if (wanted.ignoreCase() && !version.has(Feature.CASE_INSENSITIVE)) {
      return regex(wanted, Regexes.quote(wanted.value()) + (exact ? "" : ".*"));
    }
    var fields = new LinkedHashMap<String, Object>();
    fields.put(exact ? "PathExact" : "PathPrefix", wanted.value());
    if (wanted.ignoreCase()) {
      fields.put("CaseInsensitive", true);
    }
    return List.of(new PathFields(fields, Optional.of(wanted)));
  }

  private List<PathFields> regex(PathMatch wanted, String expression) {
    var whole = wanted.ignoreCase() ? "(?i:" + expression + ")" : expression;
    var fault = Regexes.faultOf(whole);
    if (fault.isPresent()) {
      losses.drop(path + ".path", fault.get() + "; the match is left out");
      return List.of();
    }
    return List.of(
        new PathFields(
            Map.of("PathRegex", whole), Optional.of(new PathMatch(Kind.REGEX, whole, false))));
  }

  /** The method, if it is one that Consul has a field for. */
  static Optional<String> standardMethod(HttpMatch match) {
    return match
        .method()
        .filter(m -> m.kind() == TextMatch.Kind.EXACT && METHODS.contains(m.value()))
        .map(TextMatch::value);
  }

  private Optional<List<Map<String, Object>>> query() {
    var conditions = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < match.query().size(); i++) {
      var parameter = match.query().get(i);
      var condition = TextConditions.parameter(parameter.name(), parameter.value());
      if (parameter.negated() || condition.isEmpty()) {
        losses.drop(
            path + ".query[" + i + "]",
            (parameter.negated()
                    ? "Consul has no negated condition on a parameter"
                    : "the expression is none in RE2")
                + "; the match is left out");
        return Optional.empty();
      }
      conditions.add(condition.get());
    }
    return Optional.of(conditions);
  }
}
