package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.HostConditions;
import java.util.Optional;

/**
 * The hosts of a gateway's rules as expressions on a request's authority, which may hold the port,
 * too.
 */
final class HostExpressions {
  private static final String IGNORE_CASE = "(?i)";
  private static final String PORT = "(:[0-9]+)?";
  private static final String BELOW = "[^:]+";

  private HostExpressions() {}

  /** The expression for a host other than {@code *}. */
  static String of(String host) {
    // Hosts are the same in upper and lower case.
    return IGNORE_CASE + sensitive(host);
  }

  private static String sensitive(String host) {
    return host.startsWith(HostConditions.ANY)
        ? BELOW + StringMatches.quoted(host.substring(1)) + PORT
        : StringMatches.quoted(host) + PORT;
  }

  /** The host that an expression is made of; empty if it is made of something else. */
  static Optional<String> hostOf(String expression) {
    var plain =
        expression.startsWith(IGNORE_CASE)
            ? expression.substring(IGNORE_CASE.length())
            : expression;
    if (!plain.endsWith(PORT)) {
      return Optional.empty();
    }
    var body = plain.substring(0, plain.length() - PORT.length());
    boolean below = body.startsWith(BELOW);
    var quoted = below ? body.substring(BELOW.length()) : body;
    var name = (below ? HostConditions.ANY : "") + quoted.replace("\\", "");
    return sensitive(name).equals(plain) ? Optional.of(name) : Optional.empty();
  }
}
