package io.meshbridge.model.traffic;

/**
 * A condition on a header or a parameter of the query.
 *
 * @param name of the header in lower case, or of the parameter
 * @param value what its value must be
 * @param negated whether a request matches if the condition does not hold, be it that the name is
 *     absent or that its value is another
 */
public record NamedMatch(String name, TextMatch value, boolean negated) {
  /**
   * @throws IllegalArgumentException if the name is blank
   */
  public NamedMatch {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a match on a header or parameter needs its name");
    }
  }

  /** It is there and its value is such. */
  public static NamedMatch is(String name, TextMatch value) {
    return new NamedMatch(name, value, false);
  }
}
