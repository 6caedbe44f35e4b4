package io.meshbridge.adapter.istio;

import io.meshbridge.model.NameSyntax;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tells addresses and names apart, and the names that are not ours to write. */
final class Hosts {
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern IPV6_CHARACTERS = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private Hosts() {}

  static boolean isIp(String address) {
    if (IPV4.matcher(address).matches()) {
      return true;
    }
    if (!IPV6_CHARACTERS.matcher(address).matches()) {
      return false;
    }
    try {
      // With a colon in it the text is never looked up as a name.
      return InetAddress.getByName(address) != null;
    } catch (UnknownHostException noAddress) {
      return false;
    }
  }

  static boolean isName(String address) {
    return NameSyntax.DNS_NAME.accepts(address.toLowerCase(Locale.ROOT));
  }

  /** Whether the name belongs to the cluster or to a Consul, so that no bridge may take it. */
  static boolean belongsToTarget(String host, String clusterDomain) {
    return !host.contains(".")
        || host.endsWith(".svc")
        || host.equals("svc." + clusterDomain)
        || host.endsWith(".svc." + clusterDomain)
        || host.endsWith(".consul");
  }
}
