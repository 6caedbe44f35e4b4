package io.meshbridge.model.traffic;

/** A new path for a request. */
public sealed interface PathChange {
  /** The whole path becomes this. */
  record Whole(String path) implements PathChange {}

  /** What the rule's match on a prefix matched becomes this; the rest of the path stays. */
  record Prefix(String replacement) implements PathChange {}

  /**
   * Every part that matches is substituted.
   *
   * @param expression in RE2's syntax
   * @param substitution may refer to groups as {@code \1}
   */
  record Regex(String expression, String substitution) implements PathChange {}
}
