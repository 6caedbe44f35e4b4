package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.TextMatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The rules of one port of a gateway, sorted by hosts. A proxy first looks for the closest of all
 * hosts and then at the rules there alone, so that each host has to have all rules that hold for
 * it, also those for wider hosts.
 */
final class GatewayHosts {
  private final int port;
  private final List<HostPattern> listening;
  private final List<HttpRule> rules;

  /**
   * Hosts with the same rules.
   *
   * @param hosts sorted, at least one
   * @param rules those that hold for them by their index, with what is left of their matches
   */
  record Group(List<HostPattern> hosts, Map<Integer, HttpRule> rules) {}

  /**
   * @param listening the hosts of the port's listeners
   * @param rules all of the gateway's
   */
  GatewayHosts(int port, List<HostPattern> listening, List<HttpRule> rules) {
    this.port = port;
    this.listening = listening;
    this.rules = rules;
  }

  /** Every host that some rule is for, with those that have the same rules. */
  List<Group> groups() {
    var groups = new LinkedHashMap<Map<Integer, HttpRule>, List<HostPattern>>();
    for (HostPattern host : hosts()) {
      groups
          .computeIfAbsent(rules(match -> on(host, match)), absent -> new ArrayList<>())
          .add(host);
    }
    var found = new ArrayList<Group>();
    groups.forEach((there, on) -> found.add(new Group(List.copyOf(on), there)));
    return found;
  }

  /**
   * All rules as one group, which tells hosts apart by the requests' header: for servers that know
   * but one service here.
   */
  Group together() {
    return new Group(List.copyOf(hosts()), rules(this::onAny));
  }

  private TreeSet<HostPattern> hosts() {
    var hosts = new TreeSet<HostPattern>(HostPattern.CLOSEST_FIRST);
    for (HttpRule rule : rules) {
      matches(rule).forEach(match -> hosts.addAll(hostsOf(match)));
    }
    return hosts;
  }

  /** What is left of a match where hosts are told apart by the header. */
  Optional<HttpMatch> onAny(HttpMatch match) {
    var hosts = hostsOf(match);
    if (hosts.isEmpty()) {
      return Optional.empty();
    }
    if (HostPattern.of(match.authority()).isEmpty()) {
      return Optional.of(narrowed(match, match.authority().map(GatewayHosts::withAnyPort)));
    }
    return Optional.of(
        narrowed(
            match, hosts.contains(HostPattern.ALL) ? Optional.empty() : Optional.of(oneOf(hosts))));
  }

  private static TextMatch oneOf(List<HostPattern> hosts) {
    var expressions = hosts.stream().map(HostPattern::expression).toList();
    return withAnyPort(new TextMatch(TextMatch.Kind.REGEX, String.join("|", expressions), true));
  }

  /** Whether a rule is about any request that comes in here. */
  boolean isHere(HttpMatch match) {
    return !hostsOf(match).isEmpty();
  }

  /** What is left of a match once it is clear that the request is to the host. */
  Optional<HttpMatch> on(HostPattern host, HttpMatch match) {
    if (hostsOf(match).stream().noneMatch(host::isWithin)) {
      return Optional.empty();
    }
    var unsaid =
        HostPattern.of(match.authority()).isPresent()
            ? Optional.<TextMatch>empty()
            : match.authority().map(GatewayHosts::withAnyPort);
    return Optional.of(narrowed(match, unsaid));
  }

  private static HttpMatch narrowed(HttpMatch match, Optional<TextMatch> authority) {
    return new HttpMatch(
        match.path(),
        match.method(),
        match.headers(),
        match.query(),
        authority,
        match.scheme(),
        OptionalInt.empty(),
        match.client());
  }

  private Map<Integer, HttpRule> rules(Function<HttpMatch, Optional<HttpMatch>> scope) {
    var there = new LinkedHashMap<Integer, HttpRule>();
    for (int i = 0; i < rules.size(); i++) {
      var matches = new ArrayList<HttpMatch>();
      matches(rules.get(i)).forEach(match -> scope.apply(match).ifPresent(matches::add));
      if (!matches.isEmpty()) {
        there.put(i, rules.get(i).withMatches(matches).withoutSources());
      }
    }
    return there;
  }

  /** The hosts here that a match is for; those in an expression are told apart by routes. */
  private List<HostPattern> hostsOf(HttpMatch match) {
    if (match.port().isPresent() && match.port().getAsInt() != port) {
      return List.of();
    }
    var asked = HostPattern.of(match.authority()).orElse(HostPattern.ALL);
    return listening.stream().flatMap(host -> host.and(asked).stream()).distinct().toList();
  }

  /** A gateway's rules mean the host alone, a route of Consul the header, which may name a port. */
  private static TextMatch withAnyPort(TextMatch host) {
    var quoted = Regexes.quote(host.value());
    var expression =
        switch (host.kind()) {
          case PREFIX, CONTAINS, PRESENT -> Optional.<String>empty();
          case EXACT -> Optional.of(quoted);
          case SUFFIX -> Optional.of(".*" + quoted);
          case REGEX -> Optional.of("(?:" + host.value() + ")");
        };
    return expression
        .map(words -> new TextMatch(TextMatch.Kind.REGEX, words + "(:[0-9]+)?", true))
        .orElse(new TextMatch(host.kind(), host.value(), host.kind() != TextMatch.Kind.PRESENT));
  }

  static List<HttpMatch> matches(HttpRule rule) {
    return rule.matches().isEmpty() ? List.of(HttpMatch.ANY) : rule.matches();
  }
}
