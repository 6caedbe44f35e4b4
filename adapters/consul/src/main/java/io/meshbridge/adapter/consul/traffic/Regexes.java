package io.meshbridge.adapter.consul.traffic;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What Consul's proxies take for a regular expression: RE2's syntax. */
final class Regexes {
  /** What RE2 left out so that it never takes more than linear time. */
  private static final Pattern NOT_IN_RE2 =
      Pattern.compile("\\(\\?(?:[=!>]|<[=!])|\\\\[1-9]|\\\\k<|[*+?}]\\+");

  private Regexes() {}

  /** An expression that matches just this text. */
  static String quote(String text) {
    return text.replaceAll("[\\\\.+*?()|\\[\\]{}^$]", "\\\\$0");
  }

  /** Why the expression is none; empty if it is one. */
  static Optional<String> faultOf(String expression) {
    var foreign = NOT_IN_RE2.matcher(withoutEscapes(expression));
    if (foreign.find()) {
      return Optional.of(
          "'" + expression + "' uses '" + foreign.group() + "', which RE2 does not have");
    }
    try {
      Pattern.compile(withoutGoNames(expression));
      return Optional.empty();
    } catch (PatternSyntaxException malformed) {
      return Optional.of(
          "'" + expression + "' is no regular expression: " + malformed.getDescription());
    }
  }

  /** An escaped backslash is no beginning of a back reference. */
  private static String withoutEscapes(String expression) {
    return expression.replace("\\\\", "").replaceAll("\\\\[^1-9k]", "");
  }

  /** RE2 names a group with {@code (?P<name>}. */
  private static String withoutGoNames(String expression) {
    return expression.replace("(?P<", "(?<");
  }
}
