package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.traffic.HostConditions;
import io.meshbridge.model.traffic.TextMatch;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Hosts that a gateway answers for, as Consul spells them.
 *
 * @param text a host name in lower case; {@code *.} and a domain for all names below it; {@code *}
 *     for all
 */
record HostPattern(String text) {
  /** Every host. */
  static final HostPattern ALL = new HostPattern(HostConditions.ANY);

  /** As a proxy looks for them: the host itself, then the longest domain, then all. */
  static final Comparator<HostPattern> CLOSEST_FIRST =
      Comparator.comparingInt(HostPattern::distance).thenComparing(HostPattern::text);

  /** The distance of Consul's own name for a service, which begins so: after all domains. */
  static final int OF_BEGINNING = 1_000;

  private static final Pattern NAME =
      Pattern.compile("(?:\\*\\.)?[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\\.[a-z0-9_-]+)*\\.?");

  /** The hosts that a text names; empty if it names none that a gateway can be told. */
  static Optional<HostPattern> parse(String text) {
    var host = text.toLowerCase(Locale.ROOT);
    return host.equals(HostConditions.ANY) || NAME.matcher(host).matches()
        ? Optional.of(new HostPattern(host))
        : Optional.empty();
  }

  /** The hosts that a condition of a gateway's rule is for; empty if it is in other words. */
  static Optional<HostPattern> of(Optional<TextMatch> authority) {
    return HostConditions.hostOf(authority).flatMap(HostPattern::parse);
  }

  /** As a condition of a gateway's rule. */
  Optional<TextMatch> authority() {
    return HostConditions.of(text);
  }

  /** The same as an expression. */
  String expression() {
    if (equals(ALL)) {
      return "[^:]+";
    }
    return text.startsWith("*.") ? "[^:]+" + Regexes.quote(text.substring(1)) : Regexes.quote(text);
  }

  /** Whether all hosts that this names are among those that the other names. */
  boolean isWithin(HostPattern other) {
    return HostConditions.covers(other.text, text);
  }

  /** The hosts that both name. */
  Optional<HostPattern> and(HostPattern other) {
    return HostConditions.common(text, other.text).map(HostPattern::new);
  }

  /** How late a proxy looks at it. */
  int distance() {
    if (equals(ALL)) {
      return OF_BEGINNING + 1;
    }
    return text.startsWith("*.") ? OF_BEGINNING - text.length() : 0;
  }
}
