package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.HostConditions;
import java.util.Optional;

/**
 * The hosts of a gateway's rules as expressions on a request's authority, which may hold the port,
 * too.
 */
final class HostExpressions {
  private static final String PORT = "(:[0-9]+)?";
  private static final String BELOW = "[^:]+";

  private HostExpressions() {}

  /** The expression for a host other than {@code *}. */
  static String of(String host) {
    return host.startsWith(HostConditions.ANY)
        ? BELOW + StringMatches.quoted(host.substring(1)) + PORT
        : StringMatches.quoted(host) + PORT;
  }

  /** The host that an expression is made of; empty if it is made of something else. */
  static Optional<String> hostOf(String expression) {
    if (!expression.endsWith(PORT)) {
      return Optional.empty();
    }
    var body = expression.substring(0, expression.length() - PORT.length());
    boolean below = body.startsWith(BELOW);
    var quoted = below ? body.substring(BELOW.length()) : body;
    var name = (below ? HostConditions.ANY : "") + quoted.replace("\\", "");
    return of(name).equals(expression) ? Optional.of(name) : Optional.empty();
  }
}
