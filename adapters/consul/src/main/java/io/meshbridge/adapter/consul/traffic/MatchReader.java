package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.traffic.ClientMatch;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.NamedMatch;
import io.meshbridge.model.traffic.PathMatch;
import io.meshbridge.model.traffic.PathMatch.Kind;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.TextMatch;
import io.meshbridge.spi.reading.TracedFields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiConsumer;

/** Reads {@code Match.HTTP} of a route. */
final class MatchReader {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE");
  private static final String LEFT_OUT =
      "the route is left out; its requests fall to the routes after it";

  private final TracedFields http;
  // What is read here holds for each of the matches, one for each method.
  private final List<BiConsumer<String, Sources.Builder>> sources = new ArrayList<>();
  private Optional<TextMatch> authority = Optional.empty();
  private Optional<TextMatch> scheme = Optional.empty();
  private Optional<TextMatch> method = Optional.empty();
  private boolean sayable = true;

  private MatchReader(TracedFields http) {
    this.http = http;
  }

  /**
   * The conditions, one of which must hold; none for every request.
   *
   * @return empty if they cannot be said, or make no sense
   */
  static Optional<List<HttpMatch>> read(TracedFields http, Sources.Builder sources) {
    var reader = new MatchReader(http);
    var matches = reader.matches();
    for (int i = 0; i < matches.size(); i++) {
      var at = "matches[" + i + "]";
      reader.sources.forEach(source -> source.accept(at, sources));
    }
    return reader.sayable ? Optional.of(matches) : Optional.empty();
  }

  private List<HttpMatch> matches() {
    var path = path();
    var headers = headers();
    var query = query();
    var methods = methods();
    var matches = new ArrayList<HttpMatch>();
    for (Optional<TextMatch> each : methods) {
      matches.add(
          new HttpMatch(
              path, each, headers, query, authority, scheme, OptionalInt.empty(), ClientMatch.ANY));
    }
    return matches.equals(List.of(HttpMatch.ANY)) ? List.of() : matches;
  }

  private Optional<PathMatch> path() {
    var ignoreCase = http.flag("CaseInsensitive").orElse(false);
    var given =
        List.of("PathExact", "PathPrefix", "PathRegex").stream()
            .filter(field -> !http.text(field).orElse("").isEmpty())
            .toList();
    if (given.isEmpty() || given.getFirst().equals("PathRegex")) {
      http.drop("CaseInsensitive", "it acts on PathExact and PathPrefix alone", "");
    }
    if (given.size() > 1) {
      fault(given.get(1), "only one of PathExact, PathPrefix and PathRegex may be there");
    }
    if (given.isEmpty()) {
      return Optional.empty();
    }
    var field = given.getFirst();
    var value = http.text(field).orElse("");
    sources.add((at, to) -> to.add(at + ".path", http.ref(field)));
    if (field.equals("PathRegex")) {
      Regexes.faultOf(value).ifPresent(fault -> fault(field, fault));
      return Optional.of(PathMatch.regex(value));
    }
    if (!value.startsWith("/")) {
      fault(field, "must begin with a slash, but is '" + value + "'");
    }
    if (ignoreCase) {
      sources.add((at, to) -> to.add(at + ".path.ignoreCase", http.ref("CaseInsensitive")));
    }
    var kind = field.equals("PathExact") ? Kind.EXACT : Kind.STRING_PREFIX;
    return Optional.of(new PathMatch(kind, value, ignoreCase));
  }

  private List<Optional<TextMatch>> methods() {
    var words = http.texts("Methods");
    var methods = new ArrayList<Optional<TextMatch>>();
    var seen = new HashSet<String>();
    for (int i = 0; i < words.size(); i++) {
      var word = words.get(i).toUpperCase(Locale.ROOT);
      var field = http.pathOf("Methods") + "[" + i + "]";
      if (!METHODS.contains(word)) {
        http.trace().error(field, "must be one of HTTP's methods, but is '" + words.get(i) + "'");
        sayable = false;
      } else if (!seen.add(word)) {
        http.trace().error(field, "names " + word + " again; the server refuses that");
      } else {
        var at = "matches[" + methods.size() + "].method";
        sources.add((each, to) -> to.add(at, http.trace().ref(field)));
        methods.add(Optional.of(TextMatch.exact(word)));
      }
    }
    if (methods.isEmpty()) {
      return List.of(method);
    }
    if (method.isPresent()) {
      fault("Methods", "stands beside a condition on the header :method");
    }
    return methods;
  }

  private List<NamedMatch> headers() {
    var found = new ArrayList<NamedMatch>();
    for (TracedFields header : http.objects("Header")) {
      var name = header.text("Name").orElse("").toLowerCase(Locale.ROOT);
      var condition = ConditionReader.read(header);
      var negated = header.flag("Invert").orElse(false);
      if (name.isBlank()) {
        header.error("Name", "must name a header");
        sayable = false;
      } else if (condition.isEmpty()) {
        sayable = false;
      } else if (name.startsWith(":")) {
        readPseudoHeader(header, name, condition.get(), negated);
      } else {
        addHeader(header, name, condition.get(), negated, found);
      }
    }
    return found;
  }

  /**
   * A proxy takes a negated condition on a value for not met if the header is missing altogether
   * (Envoy's HeaderUtility::matchHeaders), so the header has to be there.
   */
  private void addHeader(
      TracedFields header,
      String name,
      TextMatch condition,
      boolean negated,
      List<NamedMatch> found) {
    if (negated && condition.kind() != TextMatch.Kind.PRESENT) {
      addNamed("headers", header, NamedMatch.is(name, TextMatch.PRESENT), found);
    }
    addNamed("headers", header, new NamedMatch(name, condition, negated), found);
  }

  private void addNamed(
      String list, TracedFields fields, NamedMatch condition, List<NamedMatch> found) {
    var where = "." + list + "[" + found.size() + "]";
    addSources(fields, where);
    found.add(condition);
  }

  private void addSources(TracedFields condition, String where) {
    for (String field : ConditionReader.FIELDS) {
      if (condition.has(field)) {
        sources.add((at, to) -> to.add(at + where, condition.ref(field)));
      }
    }
  }

  private void readPseudoHeader(
      TracedFields header, String name, TextMatch condition, boolean negated) {
    var part = name.substring(1);
    if (negated || !List.of("authority", "method", "scheme").contains(part)) {
      header.drop("Name", "a condition on " + name + " has no other form: " + LEFT_OUT, "");
      sayable = false;
      return;
    }
    addSources(header, "." + part);
    switch (part) {
      case "authority" -> authority = Optional.of(condition);
      case "method" -> method = Optional.of(condition);
      default -> scheme = Optional.of(condition);
    }
  }

  private List<NamedMatch> query() {
    var found = new ArrayList<NamedMatch>();
    for (TracedFields parameter : http.objects("QueryParam")) {
      var name = parameter.text("Name").orElse("");
      var condition = ConditionReader.read(parameter);
      if (name.isBlank()) {
        parameter.error("Name", "must name a parameter");
        sayable = false;
      } else if (condition.isEmpty()) {
        sayable = false;
      } else {
        addNamed("query", parameter, NamedMatch.is(name, condition.get()), found);
      }
    }
    return found;
  }

  private void fault(String field, String message) {
    http.error(field, message);
    sayable = false;
  }
}
