package io.meshbridge.model.traffic;

/**
 * A condition on a request's path, without its query.
 *
 * @param kind how the value is compared
 * @param value begins with a slash, unless it is an expression
 * @param ignoreCase whether upper and lower case are the same
 */
public record PathMatch(Kind kind, String value, boolean ignoreCase) {
  /** How a path is compared. Two kinds of prefix, because meshes mean two different things. */
  public enum Kind {
    /** It is the value. */
    EXACT,
    /**
     * It begins with the value, segment by segment: {@code /foo} matches {@code /foo/bar}, not
     * {@code /foobar} (Gateway API {@code PathPrefix}). A slash at the end of the value counts for
     * nothing.
     */
    SEGMENT_PREFIX,
    /** It begins with the value, letter by letter: {@code /foo} matches {@code /foobar}. */
    STRING_PREFIX,
    /** All of it matches the expression, in RE2's syntax. */
    REGEX
  }

  /**
   * @throws IllegalArgumentException if the value is empty
   */
  public PathMatch {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a match on a path needs a value");
    }
  }

  /** The path itself. */
  public static PathMatch exact(String value) {
    return new PathMatch(Kind.EXACT, value, false);
  }

  /** The path and all below it. */
  public static PathMatch segmentPrefix(String value) {
    return new PathMatch(Kind.SEGMENT_PREFIX, value, false);
  }

  /** Whatever begins so. */
  public static PathMatch stringPrefix(String value) {
    return new PathMatch(Kind.STRING_PREFIX, value, false);
  }

  /** A path of which all matches. */
  public static PathMatch regex(String expression) {
    return new PathMatch(Kind.REGEX, expression, false);
  }

  /** Whether every path matches. */
  public boolean matchesAll() {
    return value.equals("/") && (kind == Kind.SEGMENT_PREFIX || kind == Kind.STRING_PREFIX);
  }
}
