package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.traffic.TextMatch;
import java.util.Comparator;
import java.util.List;
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
  static final HostPattern ALL = new HostPattern("*");

  /** As a proxy looks for them: the host itself, then the longest domain, then all. */
  static final Comparator<HostPattern> CLOSEST_FIRST =
      Comparator.comparingInt(HostPattern::rank)
          .thenComparing(Comparator.comparingInt((HostPattern host) -> host.text.length()).reversed())
          .thenComparing(HostPattern::text);

  private static final Pattern NAME =
      Pattern.compile("(?:\\*\\.)?[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\\.[a-z0-9_-]+)*\\.?");
  private static final String ANY_PORT = "(:[0-9]+)?";
  private static final String BELOW = "[^:]+";
  private static final List<String> ANY_PORTS =
      List.of(ANY_PORT, "(?::[0-9]+)?", "(:\\d+)?", "(?::\\d+)?");
  private static final List<String> ANY_NAMES = List.of(BELOW, "[^:]*", ".+", ".*");

  /** The hosts that a text names; empty if it names none that a gateway can be told. */
  static Optional<HostPattern> parse(String text) {
    var host = text.strip().toLowerCase(Locale.ROOT);
    return host.equals("*") || NAME.matcher(host).matches()
        ? Optional.of(new HostPattern(host))
        : Optional.empty();
  }

  /** The hosts that a condition on the authority holds for; empty if no pattern says the same. */
  static Optional<HostPattern> of(TextMatch authority) {
    return switch (authority.kind()) {
      case EXACT -> parse(authority.value().replaceFirst(":[0-9]+$", ""));
      case SUFFIX ->
          authority.value().startsWith(".") ? parse("*" + authority.value()) : Optional.empty();
      case REGEX -> ofExpression(authority.value());
      case PRESENT -> Optional.of(ALL);
      case PREFIX, CONTAINS -> Optional.empty();
    };
  }

  private static Optional<HostPattern> ofExpression(String expression) {
    var name = expression;
    for (String port : ANY_PORTS) {
      if (expression.endsWith(port)) {
        name = expression.substring(0, expression.length() - port.length());
        break;
      }
    }
    for (String any : ANY_NAMES) {
      if (name.equals(any)) {
        return Optional.of(ALL);
      }
      if (name.startsWith(any + "\\.")) {
        return literal(name.substring(any.length())).flatMap(domain -> parse("*" + domain));
      }
    }
    return literal(name).flatMap(HostPattern::parse).filter(host -> !host.equals(ALL));
  }

  /** The only text that an expression matches; empty if it matches more than one. */
  private static Optional<String> literal(String expression) {
    var text = expression.replaceAll("\\\\(.)", "$1");
    return Regexes.quote(text).equals(expression) ? Optional.of(text) : Optional.empty();
  }

  /** The condition on the authority: without regard to case and port; empty if it is for all. */
  Optional<TextMatch> authority() {
    if (equals(ALL)) {
      return Optional.empty();
    }
    var name = isDomain() ? BELOW + Regexes.quote(text.substring(1)) : Regexes.quote(text);
    return Optional.of(new TextMatch(TextMatch.Kind.REGEX, name + ANY_PORT, true));
  }

  /** Whether all hosts that this names are among those that the other names. */
  boolean isWithin(HostPattern other) {
    return other.equals(ALL)
        || equals(other)
        || (other.isDomain() && !equals(ALL) && text.endsWith(other.text.substring(1)));
  }

  /** The hosts that both name. */
  Optional<HostPattern> and(HostPattern other) {
    if (isWithin(other)) {
      return Optional.of(this);
    }
    return other.isWithin(this) ? Optional.of(other) : Optional.empty();
  }

  boolean isDomain() {
    return text.startsWith("*.");
  }

  private int rank() {
    if (equals(ALL)) {
      return 2;
    }
    return isDomain() ? 1 : 0;
  }
}
