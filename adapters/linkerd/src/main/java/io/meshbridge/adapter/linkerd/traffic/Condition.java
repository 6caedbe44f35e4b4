package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.adapter.kubernetes.gatewayapi.Regexes;
import io.meshbridge.model.traffic.PathMatch;
import io.meshbridge.model.traffic.TextMatch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A condition as a route says it.
 *
 * @param type {@code Exact}, {@code PathPrefix} or {@code RegularExpression}
 */
record Condition(String type, String value) {
  static final String EXACT = "Exact";
  static final String PREFIX = "PathPrefix";
  static final String REGEX = "RegularExpression";
  private static final int LONGEST = 1024;
  private static final String IGNORING_CASE = "(?i)";

  boolean isRegex() {
    return type.equals(REGEX);
  }

  /** A condition on a path; empty if it cannot be said. */
  static Optional<Condition> of(PathMatch path) {
    if (path.matchesAll()) {
      return Optional.of(new Condition(PREFIX, "/"));
    }
    if (path.value().length() > LONGEST) {
      return Optional.empty();
    }
    if (path.ignoreCase()) {
      return regexOf(path).flatMap(expression -> regex(IGNORING_CASE + expression));
    }
    return switch (path.kind()) {
      case EXACT -> Optional.of(new Condition(EXACT, path.value()));
      case SEGMENT_PREFIX -> Optional.of(new Condition(PREFIX, path.value()));
      case STRING_PREFIX, REGEX -> regexOf(path).flatMap(Condition::regex);
    };
  }

  /** The same condition as an expression, which goes before all prefixes. */
  static Optional<Condition> asRegex(PathMatch path) {
    return regexOf(path)
        .flatMap(expression -> regex(path.ignoreCase() ? IGNORING_CASE + expression : expression));
  }

  /** A condition on a header or a parameter; empty if it cannot be said. */
  static Optional<Condition> of(TextMatch text) {
    var quoted = Regexes.quote(text.value());
    var expression =
        switch (text.kind()) {
          case EXACT -> text.value().isEmpty() ? "^$" : quoted;
          case PREFIX -> quoted + ".*";
          case SUFFIX -> ".*" + quoted;
          case CONTAINS -> ".*" + quoted + ".*";
          case REGEX -> text.value();
          case PRESENT -> ".*";
        };
    if (text.kind() == TextMatch.Kind.EXACT && !text.ignoreCase() && !text.value().isEmpty()) {
      return Optional.of(new Condition(EXACT, text.value()));
    }
    return regex(text.ignoreCase() ? IGNORING_CASE + expression : expression);
  }

  Map<String, Object> manifest() {
    var manifest = new LinkedHashMap<String, Object>();
    manifest.put("type", type);
    manifest.put("value", value);
    return manifest;
  }

  private static Optional<String> regexOf(PathMatch path) {
    return switch (path.kind()) {
      case EXACT -> Optional.of(Regexes.quote(path.value()));
      case STRING_PREFIX -> Optional.of(Regexes.quote(path.value()) + ".*");
      case SEGMENT_PREFIX -> {
        var trimmed = path.value().replaceFirst("/+$", "");
        yield Optional.of(trimmed.isEmpty() ? "/.*" : Regexes.quote(trimmed) + "(/.*)?");
      }
      case REGEX -> Optional.of(path.value());
    };
  }

  private static Optional<Condition> regex(String expression) {
    return RustRegex.of(expression).map(rust -> new Condition(REGEX, rust));
  }
}
