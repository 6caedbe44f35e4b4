package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.TextMatch;
import java.util.Map;
import java.util.regex.Pattern;

/** Says conditions on texts as StringMatches. */
final class StringMatches {
  private static final String IGNORE_CASE = "(?i)";
  private static final String ANYTHING = ".*";
  private static final Pattern SPECIAL = Pattern.compile("[\\\\.+*?()|\\[\\]{}^$]");

  private StringMatches() {}

  /** The condition; without any content for one that holds whatever the text is. */
  static Map<String, Object> of(TextMatch match) {
    if (match.kind() == TextMatch.Kind.PRESENT) {
      return Map.of();
    }
    if (!match.ignoreCase()) {
      switch (match.kind()) {
        case EXACT -> {
          return Map.of("exact", match.value());
        }
        case PREFIX -> {
          return Map.of("prefix", match.value());
        }
        case SUFFIX, CONTAINS, REGEX, PRESENT -> {}
      }
    }
    return Map.of("regex", expressionOf(match));
  }

  /** The condition as an expression that must match the whole text. */
  static String expressionOf(TextMatch match) {
    var body =
        switch (match.kind()) {
          case EXACT -> quoted(match.value());
          case PREFIX -> quoted(match.value()) + ANYTHING;
          case SUFFIX -> ANYTHING + quoted(match.value());
          case CONTAINS -> ANYTHING + quoted(match.value()) + ANYTHING;
          case REGEX -> match.value();
          case PRESENT -> ANYTHING;
        };
    return match.ignoreCase() ? IGNORE_CASE + body : body;
  }

  /** A text as an expression that matches it alone. */
  static String quoted(String text) {
    return SPECIAL.matcher(text).replaceAll("\\\\$0");
  }
}
