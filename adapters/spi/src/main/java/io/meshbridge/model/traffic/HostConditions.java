package io.meshbridge.model.traffic;

import java.util.Locale;
import java.util.Optional;

/**
 * How the rules of an {@link Ingress} say for which hosts they are: as a condition on a request's
 * authority. There, and only there, the authority means the host alone, without its port, and upper
 * and lower case are the same.
 */
public final class HostConditions {
  /** Every host. */
  public static final String ANY = "*";

  private static final String BELOW = "*.";

  private HostConditions() {}

  /** The condition for a host such as {@code a.example.org}, {@code *.example.org} or {@code *}. */
  public static Optional<TextMatch> of(String host) {
    if (host.equals(ANY)) {
      return Optional.empty();
    }
    var lower = host.toLowerCase(Locale.ROOT);
    return Optional.of(
        lower.startsWith(BELOW)
            ? new TextMatch(TextMatch.Kind.SUFFIX, lower.substring(1), false)
            : TextMatch.exact(lower));
  }

  /**
   * The host of a condition.
   *
   * @return empty if it is no condition that {@link #of} makes
   */
  public static Optional<String> hostOf(Optional<TextMatch> authority) {
    if (authority.isEmpty()) {
      return Optional.of(ANY);
    }
    var match = authority.orElseThrow();
    return switch (match.kind()) {
      case EXACT -> Optional.of(match.value());
      case SUFFIX ->
          match.value().startsWith(".") ? Optional.of("*" + match.value()) : Optional.empty();
      case PREFIX, CONTAINS, REGEX, PRESENT -> Optional.empty();
    };
  }

  /** The hosts that two have in common, which is always one of both; empty if there are none. */
  public static Optional<String> common(String one, String other) {
    if (covers(one, other)) {
      return Optional.of(other);
    }
    return covers(other, one) ? Optional.of(one) : Optional.empty();
  }

  /** Whether all hosts of the second are hosts of the first. */
  public static boolean covers(String wide, String narrow) {
    return wide.equals(ANY)
        || wide.equalsIgnoreCase(narrow)
        || (wide.startsWith(BELOW)
            && narrow
                .toLowerCase(Locale.ROOT)
                .endsWith(wide.substring(1).toLowerCase(Locale.ROOT)));
  }
}
