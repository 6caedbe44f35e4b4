package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.Diagnostic.Severity;
import io.meshbridge.model.traffic.NamedMatch;
import io.meshbridge.model.traffic.PathMatch;
import io.meshbridge.model.traffic.TextMatch;
import io.meshbridge.spi.reading.TracedFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the matches of a rule for HTTP, as far as they can hold for some callers. */
final class MatchReader {
  private static final int LAST_PORT = 65_535;
  // Istio matches these against the claims of a token (pilot's translateMetadataMatch).
  private static final String CLAIM = "@";

  private final Callers callers;
  private final String namespace;

  /**
   * Reads for callers.
   *
   * @param namespace of the object that the matches stand in
   */
  MatchReader(Callers callers, String namespace) {
    this.callers = callers;
    this.namespace = namespace;
  }

  /**
   * The matches that can hold for these callers.
   *
   * @return empty if the rule has matches, but none of them can hold: then it takes nothing; an
   *     empty list if it has none: then it takes everything
   */
  Optional<List<RequestMatch>> read(TracedFields rule) {
    var declared = rule.objects("match");
    var usable = declared.stream().flatMap(match -> readOne(match).stream()).toList();
    return usable.isEmpty() && !declared.isEmpty() ? Optional.empty() : Optional.of(usable);
  }

  private Optional<RequestMatch> readOne(TracedFields match) {
    if (!callers.holdsIn(match, namespace)) {
      callers.passOver(match, namespace);
      return Optional.empty();
    }
    if (callers.comeIn() && looksAtClients(match)) {
      Callers.dropRest(
          match,
          "belongs to a match that chooses pods of the gateway, which other meshes lack",
          "");
      return Optional.empty();
    }
    if (looksAtClaims(match)) {
      Callers.dropRest(
          match,
          "belongs to a match on the claims of a token, which only Istio's gateways can do",
          "match a header that the gateway derives from the claim");
      return Optional.empty();
    }
    match.drop("name", "names a match in logs and metrics, which is not carried", "");
    match.drop("statPrefix", "names metrics of Istio's proxies, which are not carried", "");
    long before = errorsOf(match);
    var read = readConditions(match);
    // A condition that is wrong must not count as one that holds.
    return errorsOf(match) > before ? Optional.empty() : Optional.of(read);
  }

  private static long errorsOf(TracedFields match) {
    return match.trace().faults().stream()
        .filter(fault -> fault.severity() == Severity.ERROR)
        .count();
  }

  private static RequestMatch readConditions(TracedFields match) {
    var path = pathOf(match);
    return new RequestMatch(
        path,
        path.map(part -> part.value().ignoreCase()).orElse(false),
        TextMatches.read(match, "method"),
        TextMatches.read(match, "authority"),
        TextMatches.read(match, "scheme"),
        headersOf(match),
        named(match.objectMap("queryParams"), false, false),
        portOf(match),
        match
            .text("sourceNamespace")
            .map(namespace -> Sourced.of(namespace, match.ref("sourceNamespace"))),
        labelsOf(match));
  }

  static Optional<Sourced<Integer>> portOf(TracedFields match) {
    return match.integer("port", 1, LAST_PORT).stream()
        .mapToObj(port -> Sourced.of(port, match.ref("port")))
        .findFirst();
  }

  static SortedMap<String, Sourced<String>> labelsOf(TracedFields match) {
    var labels = new TreeMap<String, Sourced<String>>();
    var field = match.object("sourceLabels");
    match
        .textMap("sourceLabels")
        .forEach((key, value) -> labels.put(key, Sourced.of(value, field.ref(key))));
    return labels;
  }

  /** Behind a gateway these are said of the gateway itself. */
  static boolean looksAtClients(TracedFields match) {
    return match.has("sourceLabels") || match.has("sourceNamespace");
  }

  /** What cannot be looked at must not count as if it were there. */
  private static boolean looksAtClaims(TracedFields match) {
    return Stream.of("headers", "withoutHeaders")
        .flatMap(list -> match.object(list).names().stream())
        .anyMatch(name -> name.startsWith(CLAIM));
  }

  private static Optional<Sourced<PathMatch>> pathOf(TracedFields match) {
    var text = TextMatches.read(match, "uri");
    var ignoreCase = match.flag("ignoreUriCase").orElse(false);
    boolean counts =
        text.filter(part -> part.value().kind() != TextMatch.Kind.REGEX)
            .filter(part -> part.value().kind() != TextMatch.Kind.PRESENT)
            .isPresent();
    if (ignoreCase && !counts) {
      match.drop("ignoreUriCase", "counts only beside a uri that is exact or a prefix", "");
    }
    return text.filter(part -> isPath(match, part))
        .map(
            part -> {
              var refs = new ArrayList<>(part.refs());
              if (ignoreCase && counts) {
                refs.add(match.ref("ignoreUriCase"));
              }
              return new Sourced<>(
                  new PathMatch(
                      kindOf(part.value().kind()), part.value().value(), ignoreCase && counts),
                  refs);
            });
  }

  private static boolean isPath(TracedFields match, Sourced<TextMatch> part) {
    var text = part.value();
    var at = part.refs().getFirst().path();
    if (text.kind() == TextMatch.Kind.PRESENT) {
      return false;
    }
    if (text.value().isEmpty()) {
      match.trace().error(at, "must not be empty");
      return false;
    }
    if (text.kind() != TextMatch.Kind.REGEX && !text.value().startsWith("/")) {
      match.trace().warn(at, "'" + text.value() + "' matches no path: all begin with a slash");
    }
    return true;
  }

  private static PathMatch.Kind kindOf(TextMatch.Kind kind) {
    return switch (kind) {
      case EXACT -> PathMatch.Kind.EXACT;
      case REGEX -> PathMatch.Kind.REGEX;
      case PREFIX, SUFFIX, CONTAINS, PRESENT -> PathMatch.Kind.STRING_PREFIX;
    };
  }

  private static List<Sourced<NamedMatch>> headersOf(TracedFields match) {
    var all = new ArrayList<>(named(match.objectMap("headers"), false, true));
    all.addAll(named(match.objectMap("withoutHeaders"), true, true));
    return all;
  }

  private static List<Sourced<NamedMatch>> named(
      SortedMap<String, TracedFields> conditions, boolean negated, boolean headers) {
    var found = new ArrayList<Sourced<NamedMatch>>();
    conditions.forEach(
        (name, condition) -> {
          var value = TextMatches.readPresent(condition);
          var spelled = headers ? name.toLowerCase(Locale.ROOT) : name;
          if (spelled.isBlank()) {
            condition.trace().error(condition.path(), "needs a name");
          } else {
            found.add(new Sourced<>(new NamedMatch(spelled, value.value(), negated), value.refs()));
          }
        });
    return found;
  }
}
