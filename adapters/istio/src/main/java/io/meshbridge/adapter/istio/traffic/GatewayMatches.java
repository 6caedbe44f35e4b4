package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.traffic.HostConditions;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.Ingress;
import io.meshbridge.model.traffic.Listener;
import io.meshbridge.model.traffic.TextMatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Says the matches of a gateway's rules as its VirtualService needs them: of hosts and ports, what
 * holds for all that comes in need not be said.
 */
final class GatewayMatches {
  private final Ingress ingress;
  private final Set<Door> doors = new LinkedHashSet<>();

  /** A port and a host that requests come in by. */
  private record Door(int port, String host) {}

  /**
   * Knows where requests come in.
   *
   * @param hosts those of the VirtualService
   */
  GatewayMatches(Ingress ingress, Collection<String> hosts) {
    this.ingress = ingress;
    for (Listener listener : ingress.listeners()) {
      if (listener.isHttp()) {
        hosts.stream()
            .filter(host -> covers(listener, host))
            .forEach(host -> doors.add(new Door(listener.port(), host)));
      }
    }
  }

  /**
   * Some matches of a rule in fewer words.
   *
   * @param match what is to be written
   * @param origin the first of the rule's matches that it stands for
   */
  record Said(HttpMatch match, int origin) {}

  List<Said> of(HttpRule rule) {
    var alike = new LinkedHashMap<HttpMatch, List<Integer>>();
    var matches = rule.matches().isEmpty() ? List.of(HttpMatch.ANY) : rule.matches();
    for (int i = 0; i < matches.size(); i++) {
      alike.computeIfAbsent(anywhere(matches.get(i)), any -> new ArrayList<>()).add(i);
    }
    var said = new ArrayList<Said>();
    alike.forEach((any, indexes) -> said.addAll(of(any, indexes, matches)));
    return said;
  }

  private List<Said> of(HttpMatch any, List<Integer> indexes, List<HttpMatch> matches) {
    var there = new LinkedHashSet<Door>();
    for (int index : indexes) {
      var match = matches.get(index);
      var host = HostConditions.hostOf(match.authority());
      if (host.isEmpty() || match.port().isEmpty()) {
        return indexes.stream().map(i -> new Said(matches.get(i), i)).toList();
      }
      there.add(new Door(match.port().getAsInt(), host.orElseThrow()));
    }
    if (there.containsAll(doors)) {
      return List.of(new Said(any, indexes.getFirst()));
    }
    boolean byHost = there.stream().allMatch(door -> isAtAllPorts(door.host(), there));
    boolean byPort = there.stream().allMatch(door -> isForAllHosts(door.port(), there));
    var said = new LinkedHashMap<HttpMatch, Integer>();
    for (int index : indexes) {
      var match = matches.get(index);
      var host = HostConditions.hostOf(match.authority()).orElseThrow();
      var shorter =
          with(
              any,
              byHost ? OptionalInt.empty() : match.port(),
              byPort && !byHost ? Optional.empty() : expressionOf(host));
      said.putIfAbsent(shorter, index);
    }
    return said.entrySet().stream().map(e -> new Said(e.getKey(), e.getValue())).toList();
  }

  private boolean isForAllHosts(int port, Set<Door> there) {
    return doors.stream().filter(door -> door.port() == port).allMatch(there::contains);
  }

  private boolean isAtAllPorts(String host, Set<Door> there) {
    return ingress.listeners().stream()
        .filter(listener -> listener.isHttp() && covers(listener, host))
        .allMatch(listener -> there.contains(new Door(listener.port(), host)));
  }

  private static boolean covers(Listener listener, String host) {
    return listener.takesAllHosts()
        || listener.hosts().stream().anyMatch(own -> HostConditions.common(own, host).isPresent());
  }

  private static Optional<TextMatch> expressionOf(String host) {
    return host.equals(HostConditions.ANY)
        ? Optional.empty()
        : Optional.of(TextMatch.regex(HostExpressions.of(host)));
  }

  private static HttpMatch anywhere(HttpMatch match) {
    return with(
        match,
        OptionalInt.empty(),
        HostConditions.hostOf(match.authority()).isPresent()
            ? Optional.empty()
            : match.authority());
  }

  private static HttpMatch with(HttpMatch match, OptionalInt port, Optional<TextMatch> authority) {
    return new HttpMatch(
        match.path(),
        match.method(),
        match.headers(),
        match.query(),
        authority,
        match.scheme(),
        port,
        match.client());
  }
}
