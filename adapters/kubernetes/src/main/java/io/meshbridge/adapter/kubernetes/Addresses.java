package io.meshbridge.adapter.kubernetes;

import io.meshbridge.model.NameSyntax;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells IP addresses and host names apart. Never looks a name up. */
public final class Addresses {
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern IPV6_CHARACTERS = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private Addresses() {}

  /** Whether it is an IP address, of either version. */
  public static boolean isIp(String address) {
    return ipOf(address).isPresent();
  }

  /** The IP address that the text spells; empty if it spells none. */
  public static Optional<InetAddress> ipOf(String address) {
    if (!IPV4.matcher(address).matches() && !IPV6_CHARACTERS.matcher(address).matches()) {
      return Optional.empty();
    }
    try {
      // Four numbers, or a text with a colon in it, are never looked up as a name.
      return Optional.of(InetAddress.getByName(address));
    } catch (UnknownHostException noAddress) {
      return Optional.empty();
    }
  }

  /** Whether it is a host name. */
  public static boolean isName(String address) {
    return NameSyntax.DNS_NAME.accepts(address.toLowerCase(Locale.ROOT));
  }
}
