package io.meshbridge.model.traffic;

/**
 * A condition on a text.
 *
 * @param kind how the value is compared
 * @param value the text, its part, or a regular expression in RE2's syntax that must match the
 *     whole text; empty for {@link Kind#PRESENT}
 * @param ignoreCase whether upper and lower case are the same
 */
public record TextMatch(Kind kind, String value, boolean ignoreCase) {
  /** Any text, as long as there is one. */
  public static final TextMatch PRESENT = new TextMatch(Kind.PRESENT, "", false);

  /** How a text is compared. */
  public enum Kind {
    /** It is the value. */
    EXACT,
    /** It begins with the value. */
    PREFIX,
    /** It ends with the value. */
    SUFFIX,
    /** It holds the value somewhere. */
    CONTAINS,
    /** All of it matches the expression. */
    REGEX,
    /** It is there. */
    PRESENT
  }

  /**
   * @throws IllegalArgumentException if there is no value to compare with
   */
  public TextMatch {
    if (value.isEmpty() && kind != Kind.PRESENT && kind != Kind.EXACT) {
      throw new IllegalArgumentException("a match of kind " + kind + " needs a value");
    }
  }

  /** The text itself. */
  public static TextMatch exact(String value) {
    return new TextMatch(Kind.EXACT, value, false);
  }

  /** A text that begins so. */
  public static TextMatch prefix(String value) {
    return new TextMatch(Kind.PREFIX, value, false);
  }

  /** A text of which all matches. */
  public static TextMatch regex(String expression) {
    return new TextMatch(Kind.REGEX, expression, false);
  }
}
