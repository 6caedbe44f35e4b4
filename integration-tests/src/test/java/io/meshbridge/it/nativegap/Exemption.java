package io.meshbridge.it.nativegap;

import java.util.regex.Pattern;

/**
 * Something that need not be registered, though it is asked for.
 *
 * @param what with {@code *} for any text
 * @param who the same
 * @param reason why an executable works without
 */
record Exemption(String what, String who, String reason) {
  boolean covers(Access access) {
    return matches(what, access.what()) && matches(who, access.caller());
  }

  private static boolean matches(String pattern, String text) {
    return Pattern.matches("\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E", text);
  }

  @Override
  public String toString() {
    return what + " | " + who;
  }
}
