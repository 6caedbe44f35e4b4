package io.meshbridge.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Recognises CIDR blocks. */
final class AddressRange {
  private static final Pattern V4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!/)|(?=/))){4}/(\\d{1,2})");
  private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*/(\\d{1,3})");

  private AddressRange() {}

  /** Whether a text is a block of IPv4 or IPv6 addresses, such as {@code 10.0.0.0/8}. */
  static boolean isValid(String text) {
    if (V4.matcher(text).matches()) {
      return prefix(text) <= 32;
    }
    return V6.matcher(text).matches() && prefix(text) <= 128 && isAddress(text);
  }

  private static int prefix(String text) {
    return Integer.parseInt(text.substring(text.indexOf('/') + 1));
  }

  /** Text with a colon is never looked up as a name. */
  private static boolean isAddress(String text) {
    try {
      return InetAddress.getByName(text.substring(0, text.indexOf('/'))).getAddress().length > 0;
    } catch (UnknownHostException noAddress) {
      return false;
    }
  }
}
