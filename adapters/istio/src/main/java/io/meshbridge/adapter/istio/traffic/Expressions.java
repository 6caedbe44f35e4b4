package io.meshbridge.adapter.istio.traffic;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Knows regular expressions that Envoy's engine, RE2, does not take. */
final class Expressions {
  // Of what RE2 leaves out (github.com/google/re2/wiki/Syntax), that which people use.
  private static final List<Missing> MISSING =
      List.of(
          new Missing(Pattern.compile("\\(\\?(=|!|<=|<!)"), "look-around"),
          new Missing(Pattern.compile("\\(\\?>"), "atomic groups"),
          new Missing(Pattern.compile("(?:^|[^\\\\])(?:\\\\\\\\)*\\\\[1-9]"), "back-references"),
          new Missing(Pattern.compile("[*+?}]\\+"), "possessive quantifiers"));
  // RE2 spells the names of groups in Python's way, too.
  private static final Pattern PYTHON_GROUP = Pattern.compile("\\(\\?P<");

  private record Missing(Pattern use, String name) {}

  private Expressions() {}

  /** What is wrong with an expression; empty if nothing is known to be. */
  static Optional<String> faultOf(String expression) {
    for (Missing missing : MISSING) {
      if (missing.use().matcher(expression).find()) {
        return Optional.of(
            "'" + expression + "' uses " + missing.name() + ", which the engine RE2 does not have");
      }
    }
    try {
      Pattern.compile(PYTHON_GROUP.matcher(expression).replaceAll("(?<"));
      return Optional.empty();
    } catch (PatternSyntaxException malformed) {
      return Optional.of(
          "'" + expression + "' is no regular expression: " + malformed.getDescription());
    }
  }
}
