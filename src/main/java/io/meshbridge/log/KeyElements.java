package io.meshbridge.log;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The elements between the slashes of a record's key, percent-encoded. */
public final class KeyElements {
  private KeyElements() {}

  /** How an element stands in a key. */
  public static String encode(String element) {
    // URLEncoder speaks the form dialect; in a path a space is %20, and a plus is a plus.
    return URLEncoder.encode(element, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * The element that stands so.
   *
   * @throws IllegalArgumentException if nothing is encoded like that
   */
  public static String decode(String element) {
    return URLDecoder.decode(element.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
