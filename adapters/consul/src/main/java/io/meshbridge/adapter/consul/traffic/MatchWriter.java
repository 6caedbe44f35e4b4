package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.NamedMatch;
import io.meshbridge.model.traffic.PathMatch;
import io.meshbridge.model.traffic.PathMatch.Kind;
import io.meshbridge.model.traffic.TextMatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One condition on requests in Consul's fields. What Consul can only say as one of several becomes
 * several: a prefix of segments is the path itself or all below it, a header that is not such is
 * absent or another.
 */
final class MatchWriter {
  private static final int MOST_ALTERNATIVES = 32;
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
    var headers = headers();
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
        standardMethod().ifPresent(method -> http.put("Methods", List.of(method)));
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

  private Optional<String> standardMethod() {
    return match
        .method()
        .filter(m -> m.kind() == TextMatch.Kind.EXACT && METHODS.contains(m.value()))
        .map(TextMatch::value);
  }

  /** For each alternative the conditions that all must hold; empty if one cannot be said. */
  private Optional<List<List<Map<String, Object>>>> headers() {
    var alternatives = new ArrayList<List<Map<String, Object>>>();
    alternatives.add(List.of());
    if (!add("authority", ".authority", match.authority(), alternatives)
        || (standardMethod().isEmpty()
            && !add("method", ".method", match.method(), alternatives))) {
      return Optional.empty();
    }
    var present =
        match.headers().stream()
            .filter(h -> !h.negated() && h.value().kind() == TextMatch.Kind.PRESENT)
            .map(NamedMatch::name)
            .collect(Collectors.toSet());
    for (int i = 0; i < match.headers().size(); i++) {
      var header = match.headers().get(i);
      if (isImplied(header)) {
        continue;
      }
      var condition = TextConditions.header(header.name(), header.value());
      if (condition.isEmpty()) {
        losses.drop(
            path + ".headers[" + i + "]", "the expression is none in RE2; the match is left out");
        return Optional.empty();
      }
      multiply(alternatives, ways(header, condition.get(), present));
      if (alternatives.size() > MOST_ALTERNATIVES) {
        losses.drop(
            path + ".headers",
            "it would take more than " + MOST_ALTERNATIVES + " routes; the match is left out");
        return Optional.empty();
      }
    }
    return Optional.of(alternatives);
  }

  /** A header whose value must not be such has to be there already. */
  private boolean isImplied(NamedMatch header) {
    return !header.negated()
        && header.value().kind() == TextMatch.Kind.PRESENT
        && match.headers().stream()
            .anyMatch(
                other ->
                    other.name().equals(header.name())
                        && other.negated()
                        && other.value().kind() != TextMatch.Kind.PRESENT);
  }

  /**
   * A proxy takes a negated condition on a value for not met if the header is missing (Envoy's
   * HeaderUtility::matchHeaders), so that case is a way of its own.
   */
  private static List<Map<String, Object>> ways(
      NamedMatch header, Map<String, Object> condition, Set<String> present) {
    if (!header.negated()) {
      return List.of(condition);
    }
    var inverted = new LinkedHashMap<>(condition);
    inverted.put("Invert", true);
    if (header.value().kind() == TextMatch.Kind.PRESENT || present.contains(header.name())) {
      return List.of(inverted);
    }
    var absent = new LinkedHashMap<String, Object>();
    absent.put("Name", header.name());
    absent.put("Present", true);
    absent.put("Invert", true);
    return List.of(absent, inverted);
  }

  private static void multiply(
      List<List<Map<String, Object>>> alternatives, List<Map<String, Object>> ways) {
    var product = new ArrayList<List<Map<String, Object>>>();
    for (List<Map<String, Object>> before : alternatives) {
      for (Map<String, Object> way : ways) {
        var longer = new ArrayList<>(before);
        longer.add(way);
        product.add(longer);
      }
    }
    alternatives.clear();
    alternatives.addAll(product);
  }

  private boolean add(
      String name,
      String field,
      Optional<TextMatch> condition,
      List<List<Map<String, Object>>> alternatives) {
    if (condition.isEmpty()) {
      return true;
    }
    var written = TextConditions.header(":" + name, condition.get());
    if (written.isEmpty()) {
      losses.drop(path + field, "the expression is none in RE2; the match is left out");
      return false;
    }
    multiply(alternatives, List.of(written.get()));
    return true;
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
