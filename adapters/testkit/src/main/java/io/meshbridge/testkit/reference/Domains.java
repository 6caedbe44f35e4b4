package io.meshbridge.testkit.reference;

import java.util.Locale;

/** How Envoy finds the hosts of a request: it takes the closest, and nothing else is asked. */
final class Domains {
  private Domains() {}

  /** How close a domain is to a host; 0 if it is another one. */
  static int closeness(String domain, String host) {
    var name = host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]+$", "");
    var own = domain.toLowerCase(Locale.ROOT);
    if (own.equals(name)) {
      return Integer.MAX_VALUE;
    }
    if (own.equals("*")) {
      return 1;
    }
    boolean below = own.startsWith("*.") && name.endsWith(own.substring(1));
    boolean before = own.endsWith(".*") && name.startsWith(own.substring(0, own.length() - 1));
    return below ? own.length() + 1_000 : before ? own.length() : 0;
  }

  /** What two domains have in common; empty if nothing. */
  static String common(String one, String other) {
    if (closeness(one, other) > 0) {
      return other;
    }
    return closeness(other, one) > 0 ? one : "";
  }
}
