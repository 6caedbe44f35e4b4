package io.meshbridge.model;

import java.util.regex.Pattern;

/** The gate of the model's constructors: each check names the offending value. */
final class Checks {
  private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private Checks() {}

  static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  static boolean isDnsLabel(String value) {
    return DNS_LABEL.matcher(value).matches();
  }

  /** Visible text between 1 and {@code max} characters. */
  static void requireText(String what, String value, int max) {
    require(!value.isBlank(), what + " must not be blank, but is '" + value + "'");
    require(
        value.length() <= max,
        what + " must have at most " + max + " characters, but has " + value.length());
    require(
        !CONTROL.matcher(value).find(),
        what + " must not hold control characters, but is '" + printable(value) + "'");
    // Half of a pair has no UTF-8: two names that differ in it alone would become one in the log.
    require(
        value.codePoints().noneMatch(Checks::isHalfOfPair),
        what + " must be well-formed Unicode, but holds half of a surrogate pair");
  }

  private static boolean isHalfOfPair(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  static void requireRange(String what, int value, int min, int max) {
    require(
        value >= min && value <= max,
        what + " must be between " + min + " and " + max + ", but is " + value);
  }

  private static String printable(String value) {
    return CONTROL.matcher(value).replaceAll("?");
  }
}
