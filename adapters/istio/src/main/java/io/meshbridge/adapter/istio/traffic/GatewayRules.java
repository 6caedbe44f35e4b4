package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.adapter.istio.traffic.GatewayReader.Bound;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.HostConditions;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.Timeouts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The rules for requests that come in through a Gateway, in one order. Envoy chooses the most
 * specific host first, and then the rules of that host alone; of several VirtualServices for one
 * host, Istio takes the rules of the older first.
 */
final class GatewayRules {
  private static final HttpFilter TO_HTTPS =
      new HttpFilter.Redirect(
          Optional.of("https"), Optional.empty(), OptionalInt.empty(), Optional.empty(), 301);
  private static final HttpFilter NOT_FOUND = new HttpFilter.DirectResponse(404, "");

  private final List<Server> servers;
  private final Traces traces;

  GatewayRules(List<Server> servers, Traces traces) {
    this.servers = List.copyOf(servers);
    this.traces = traces;
  }

  /**
   * A place where a rule holds.
   *
   * @param refs where port and host were declared
   */
  record Door(int port, String host, FieldRef portRef, List<FieldRef> hostRefs) {}

  List<HttpRule> requests(List<Bound> bound) {
    var rules = new ArrayList<HttpRule>();
    servers.stream()
        .filter(server -> server.redirect().isPresent())
        .forEach(server -> rules.add(redirectOf(server)));
    var groups = groupsOf(bound);
    for (Group group : groups) {
      for (Bound each : bound) {
        for (HttpRule rule : each.rules().http()) {
          GatewayRule.at(rule, group.doorsOf(each)).ifPresent(rules::add);
        }
      }
      closing(group, groups, bound).ifPresent(rules::add);
    }
    bound.forEach(each -> tellUnheard(each, groups));
    return rules;
  }

  /** Hosts that are told apart from no rule to the next: each with its doors, by VirtualService. */
  private record Group(List<String> hosts, Map<ResourceKey, List<Door>> doors) {
    List<Door> doorsOf(Bound bound) {
      return doors.getOrDefault(bound.route().key(), List.of());
    }

    Group with(Group other) {
      var all = new ArrayList<>(hosts);
      all.addAll(other.hosts());
      var joint = new LinkedHashMap<ResourceKey, List<Door>>();
      doors.forEach((route, own) -> joint.put(route, new ArrayList<>(own)));
      other.doors.forEach(
          (route, own) -> joint.computeIfAbsent(route, r -> new ArrayList<>()).addAll(own));
      return new Group(all, joint);
    }

    int rank() {
      var host = hosts.getFirst();
      boolean wild = host.startsWith(HostConditions.ANY);
      return wild ? host.length() : Integer.MAX_VALUE;
    }
  }

  private List<Group> groupsOf(List<Bound> bound) {
    var byHost = new LinkedHashMap<String, Map<ResourceKey, List<Door>>>();
    for (Bound each : bound) {
      for (Server server : servers) {
        if (server.takesRequests()) {
          doorsOf(each.route(), server)
              .forEach(
                  door ->
                      byHost
                          .computeIfAbsent(door.host(), host -> new LinkedHashMap<>())
                          .computeIfAbsent(each.route().key(), route -> new ArrayList<>())
                          .add(door));
        }
      }
    }
    boolean together = areAlike(byHost.values());
    var groups = new ArrayList<Group>();
    byHost.forEach((host, doors) -> addTo(groups, together, new Group(List.of(host), doors)));
    groups.sort(Comparator.comparingInt(Group::rank).reversed());
    return groups;
  }

  /** Hosts of one rank have no request in common, so that their rules do not meet. */
  private static void addTo(List<Group> groups, boolean together, Group single) {
    for (int i = 0; i < groups.size(); i++) {
      if (together || groups.get(i).rank() == single.rank()) {
        groups.set(i, groups.get(i).with(single));
        return;
      }
    }
    groups.add(single);
  }

  /** Whether at each port all hosts have the same VirtualServices, so that no host is a special. */
  private static boolean areAlike(Collection<Map<ResourceKey, List<Door>>> hosts) {
    var routesAt = new HashMap<Integer, Set<ResourceKey>>();
    for (Map<ResourceKey, List<Door>> doors : hosts) {
      var own = new HashMap<Integer, Set<ResourceKey>>();
      doors.forEach(
          (route, all) ->
              all.forEach(
                  door -> own.computeIfAbsent(door.port(), p -> new HashSet<>()).add(route)));
      for (Map.Entry<Integer, Set<ResourceKey>> entry : own.entrySet()) {
        var before = routesAt.putIfAbsent(entry.getKey(), entry.getValue());
        if (before != null && !before.equals(entry.getValue())) {
          return false;
        }
      }
    }
    return true;
  }

  /** Where the hosts of a VirtualService and those of a server meet. */
  static List<Door> doorsOf(VirtualServiceFacts route, Server server) {
    var doors = new LinkedHashMap<String, Door>();
    for (Server.Host host : server.hosts()) {
      if (host.isFor(route.key())) {
        for (int i = 0; i < route.hosts().size(); i++) {
          var own = new FieldRef(route.object(), "spec.hosts[" + i + "]");
          var refs = List.of(own, host.ref());
          HostConditions.common(host.name(), route.hosts().get(i))
              .ifPresent(
                  common ->
                      doors.putIfAbsent(
                          common, new Door(server.listener().port(), common, server.port(), refs)));
        }
      }
    }
    return List.copyOf(doors.values());
  }

  /** What no rule of a host takes is not left to those of a wider one. */
  private static Optional<HttpRule> closing(Group group, List<Group> groups, List<Bound> bound) {
    var open = new ArrayList<Door>();
    group.doors().values().stream()
        .flatMap(List::stream)
        .filter(door -> bound.stream().noneMatch(each -> takesAll(each, group, door)))
        .filter(door -> groups.stream().anyMatch(other -> isWider(other, group, door)))
        .filter(door -> open.stream().noneMatch(known -> isSame(known, door)))
        .forEach(open::add);
    var closed =
        new HttpRule(
            "",
            false,
            List.of(),
            List.of(NOT_FOUND),
            List.of(),
            Timeouts.DEFAULT,
            Optional.empty(),
            Optional.empty(),
            Sources.NONE);
    return open.isEmpty() ? Optional.empty() : GatewayRule.at(closed, open);
  }

  private static boolean takesAll(Bound each, Group group, Door door) {
    return group.doorsOf(each).stream().anyMatch(own -> isSame(own, door))
        && each.rules().http().stream().anyMatch(HttpRule::takesAll);
  }

  private static boolean isWider(Group other, Group group, Door door) {
    return !other.equals(group)
        && other.doors().values().stream()
            .flatMap(List::stream)
            .anyMatch(
                wide ->
                    wide.port() == door.port()
                        && !wide.host().equals(door.host())
                        && HostConditions.covers(wide.host(), door.host()));
  }

  private static boolean isSame(Door one, Door other) {
    return one.port() == other.port() && one.host().equals(other.host());
  }

  private static HttpRule redirectOf(Server server) {
    var doors =
        server.hosts().stream()
            .map(
                host ->
                    new Door(
                        server.listener().port(), host.name(), server.port(), List.of(host.ref())))
            .toList();
    var sources = new Sources.Builder().add("filters[0]", server.redirect().orElseThrow()).build();
    var rule =
        new HttpRule(
            "",
            false,
            List.of(),
            List.of(TO_HTTPS),
            List.of(),
            Timeouts.DEFAULT,
            Optional.empty(),
            Optional.empty(),
            sources);
    return GatewayRule.at(rule, doors).orElseThrow();
  }

  /** Rules to which no request can come. */
  private void tellUnheard(Bound bound, List<Group> groups) {
    boolean heard = groups.stream().anyMatch(group -> !group.doorsOf(bound).isEmpty());
    if (!bound.rules().http().isEmpty() && !heard) {
      tellUnheard(bound);
    }
  }

  private void tellUnheard(Bound bound) {
    var trace = traces.of(bound.route().object());
    var reason = "no server of the gateway takes requests for these hosts";
    if (bound.route().forMesh()) {
      // The mesh's own callers have the same rules, but for the matches that are not theirs.
      bound.rules().http().stream()
          .flatMap(rule -> rule.sources().of("matches").stream())
          .map(FieldRef::path)
          .distinct()
          .filter(path -> path.startsWith("spec.http"))
          .forEach(path -> trace.lose(path, Outcome.DROPPED, reason, ""));
    } else {
      trace.lose("spec.http", Outcome.DROPPED, reason, "");
    }
    trace.warnAbout("spec.hosts", "no server of the gateway takes requests for any of them");
  }
}
