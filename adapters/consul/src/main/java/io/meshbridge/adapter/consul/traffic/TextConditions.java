package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.traffic.TextMatch;
import io.meshbridge.model.traffic.TextMatch.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Conditions on texts in Consul's fields, or as an expression where there is no field. */
final class TextConditions {
  private TextConditions() {}

  /**
   * On a header: {@code Present}, {@code Exact}, {@code Prefix}, {@code Suffix} or {@code Regex}.
   */
  static Optional<Map<String, Object>> header(String name, TextMatch match) {
    return switch (match.kind()) {
      case PREFIX, SUFFIX ->
          match.ignoreCase()
              ? regex(name, match)
              : one(name, match.kind() == Kind.PREFIX ? "Prefix" : "Suffix", match.value());
      case EXACT, CONTAINS, REGEX, PRESENT -> parameter(name, match);
    };
  }

  /** On a parameter of the query: {@code Present}, {@code Exact} or {@code Regex}. */
  static Optional<Map<String, Object>> parameter(String name, TextMatch match) {
    return switch (match.kind()) {
      case PRESENT -> one(name, "Present", true);
      case EXACT ->
          // An empty text says nothing there.
          match.ignoreCase() || match.value().isEmpty()
              ? regex(name, match)
              : one(name, "Exact", match.value());
      case PREFIX, SUFFIX, CONTAINS, REGEX -> regex(name, match);
    };
  }

  private static Optional<Map<String, Object>> regex(String name, TextMatch match) {
    var quoted = Regexes.quote(match.value());
    var expression =
        switch (match.kind()) {
          case EXACT -> quoted.isEmpty() ? "(?:)" : quoted;
          case PREFIX -> quoted + ".*";
          case SUFFIX -> ".*" + quoted;
          case CONTAINS -> ".*" + quoted + ".*";
          case REGEX -> match.value();
          case PRESENT -> ".*";
        };
    var whole = match.ignoreCase() ? "(?i:" + expression + ")" : expression;
    return Regexes.faultOf(whole).isPresent() ? Optional.empty() : one(name, "Regex", whole);
  }

  private static Optional<Map<String, Object>> one(String name, String field, Object value) {
    var condition = new LinkedHashMap<String, Object>();
    condition.put("Name", name);
    condition.put(field, value);
    return Optional.of(condition);
  }
}
