package io.meshbridge.adapter.kubernetes.gatewayapi;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Regular expressions in the syntax that RE2 and Rust share. */
public final class Regexes {
  private static final String SPECIAL = "\\.+*?()|[]{}^$";
  // What Java knows, and neither RE2 nor Rust: looking around, groups by number, greed for good.
  private static final Pattern UNKNOWN =
      Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*(\\(\\?(?:[=!>]|<[=!])|\\\\[1-9]|[*+?}]\\+)");

  private Regexes() {}

  /** An expression that matches the text alone. */
  public static String quote(String text) {
    var quoted = new StringBuilder();
    for (char letter : text.toCharArray()) {
      if (SPECIAL.indexOf(letter) >= 0) {
        quoted.append('\\');
      }
      quoted.append(letter);
    }
    return quoted.toString();
  }

  /** What is wrong with an expression; empty if nothing is. */
  public static Optional<String> faultOf(String expression) {
    var unknown = UNKNOWN.matcher(expression);
    if (unknown.find()) {
      return Optional.of("neither RE2 nor Rust know " + unknown.group(1));
    }
    try {
      Pattern.compile(expression.replace("(?P<", "(?<"));
      return Optional.empty();
    } catch (PatternSyntaxException wrong) {
      return Optional.of(wrong.getDescription());
    }
  }
}
