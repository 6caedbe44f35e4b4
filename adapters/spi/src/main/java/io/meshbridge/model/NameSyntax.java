package io.meshbridge.model;

import java.util.Locale;
import java.util.regex.Pattern;

/** What names a mesh can hold. */
public enum NameSyntax {
  /** One DNS label: at most 63 characters of {@code a-z}, {@code 0-9}, {@code -}. */
  DNS_LABEL(63),
  /** Labels joined by dots: at most 253 characters. */
  DNS_NAME(253);

  private static final Pattern NOT_IN_LABEL = Pattern.compile("[^a-z0-9-]+");
  private static final int HASH_LENGTH = 8;

  private final int maxLength;

  NameSyntax(int maxLength) {
    this.maxLength = maxLength;
  }

  /** Whether a mesh of this syntax can hold the name. */
  public boolean accepts(String name) {
    if (name.length() > maxLength) {
      return false;
    }
    if (this == DNS_LABEL) {
      return Checks.isDnsLabel(name);
    }
    for (String label : name.split("\\.", -1)) {
      if (!Checks.isDnsLabel(label)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The text as one DNS label. What is a label already stays as it is; what has to be changed gets
   * a short hash of the original, so that two texts never become one label.
   */
  public static String label(String text) {
    if (Checks.isDnsLabel(text)) {
      return text;
    }
    var tamed = stripDashes(NOT_IN_LABEL.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("-"));
    return withHash(tamed, text);
  }

  /** A label for the name that differs from it by a short hash of {@code distinction}. */
  public static String withHash(String name, String distinction) {
    var hash = ContentHash.shortOf(distinction, HASH_LENGTH);
    var room = 63 - HASH_LENGTH - 1;
    var start = stripDashes(name.substring(0, Math.min(name.length(), room)));
    return start.isEmpty() ? "x-" + hash : start + "-" + hash;
  }

  private static String stripDashes(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && text.charAt(from) == '-') {
      from++;
    }
    while (to > from && text.charAt(to - 1) == '-') {
      to--;
    }
    return text.substring(from, to);
  }
}
