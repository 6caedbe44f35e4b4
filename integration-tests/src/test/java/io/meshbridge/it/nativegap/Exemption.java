package io.meshbridge.it.nativegap;

import java.util.regex.Pattern;

/**
 * Something that need not be registered, though it is asked for.
 *
 * @param line as it stands in the file
 */
record Exemption(String line, Pattern what, Pattern who) {
  /**
   * Of texts in which {@code *} stands for any text.
   *
   * @param what is asked for
   * @param who asks
   */
  static Exemption of(String what, String who) {
    return new Exemption(what + " | " + who, pattern(what), pattern(who));
  }

  private static Pattern pattern(String text) {
    return Pattern.compile("\\Q" + text.replace("*", "\\E.*\\Q") + "\\E");
  }

  boolean covers(Access access) {
    return what.matcher(access.what()).matches() && who.matcher(access.caller()).matches();
  }
}
