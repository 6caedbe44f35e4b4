package io.meshbridge.testkit.reference;

import java.util.Locale;

/**
 * Envoy's condition on a path, and what its rewriting of a prefix does to a path that matched.
 *
 * @param value the path, its beginning, or an expression
 * @param ignoreCase of a path or its beginning; means nothing to an expression
 */
record EnvoyPath(Kind kind, String value, boolean ignoreCase) {
  static final EnvoyPath ANY = new EnvoyPath(Kind.PREFIX, "/", false);

  /** How the path is compared. */
  enum Kind {
    EXACT,
    PREFIX,
    REGEX
  }

  boolean holds(String path) {
    return switch (kind) {
      case EXACT -> cased(path).equals(cased(value));
      case PREFIX -> cased(path).startsWith(cased(value));
      case REGEX -> TextCondition.Regex.of(value).holds(path);
    };
  }

  /** The path with a new text where it matched: a prefix, or else all of it. */
  String rewritten(String path, String replacement) {
    return kind == Kind.PREFIX ? replacement + path.substring(value.length()) : replacement;
  }

  private String cased(String text) {
    return ignoreCase ? text.toLowerCase(Locale.ROOT) : text;
  }
}
