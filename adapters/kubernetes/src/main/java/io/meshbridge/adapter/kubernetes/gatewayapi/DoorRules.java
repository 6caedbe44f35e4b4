package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.model.traffic.HostConditions;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.PathMatch;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.Timeouts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rules of all routes of a Gateway in one order. The closest host goes first; what no rule of
 * it takes is answered with an error, not left to those of a wider host.
 */
final class DoorRules {
  private static final HttpRule NOT_FOUND =
      new HttpRule(
          "",
          false,
          List.of(),
          List.of(new HttpFilter.DirectResponse(404, "")),
          List.of(),
          Timeouts.DEFAULT,
          Optional.empty(),
          Optional.empty(),
          Sources.NONE);

  private final List<ApiListener> listeners;
  private final Map<Route, List<Door>> doors;
  private final List<Item> items = new ArrayList<>();

  /** A port and a host. */
  private record Place(int port, String host) {}

  private record Item(RuleDraft draft, RuleDraft.Ranked match) {}

  /**
   * Knows where the routes act.
   *
   * @param doors of each route for requests
   */
  DoorRules(List<ApiListener> listeners, Map<Route, List<Door>> doors) {
    this.listeners = listeners.stream().filter(ApiListener::isHttp).toList();
    this.doors = Map.copyOf(doors);
  }

  /** Takes a rule; rules of equal rank keep the order in which they came. */
  void add(RuleDraft draft) {
    draft.matches().forEach(match -> items.add(new Item(draft, match)));
  }

  /** Whether at each port all hosts have the same routes, so that no host is a special one. */
  boolean hostsAreAlike() {
    var routesAt = new HashMap<Integer, Set<Route>>();
    for (Place place : places()) {
      var own = new HashSet<Route>();
      doors.forEach(
          (route, all) -> {
            if (all.stream().anyMatch(door -> door.isSame(place.port(), place.host()))) {
              own.add(route);
            }
          });
      var before = routesAt.putIfAbsent(place.port(), own);
      if (before != null && !before.equals(own)) {
        return false;
      }
    }
    return true;
  }

  /** All rules in order. */
  List<HttpRule> rules() {
    var sorted = new ArrayList<>(items);
    if (!hostsAreAlike()) {
      addClosings(sorted);
    }
    sorted.sort(Comparator.comparing(item -> item.match().rank()));
    var rules = new ArrayList<HttpRule>();
    var run = new ArrayList<RuleDraft.Ranked>();
    for (int i = 0; i < sorted.size(); i++) {
      run.add(sorted.get(i).match());
      boolean last =
          i + 1 == sorted.size() || !sorted.get(i + 1).draft().equals(sorted.get(i).draft());
      if (last) {
        rules.add(sorted.get(i).draft().with(run));
        run.clear();
      }
    }
    return rules;
  }

  private void addClosings(List<Item> sorted) {
    var draft = new RuleDraft(NOT_FOUND, List.of());
    for (Place place : places()) {
      var any = DoorConditions.at(HttpMatch.ANY, place.port(), place.host());
      boolean taken = items.stream().anyMatch(item -> takesAll(item.match().match(), any));
      boolean wider =
          doors.values().stream()
              .flatMap(List::stream)
              .anyMatch(door -> door.isWiderThan(place.port(), place.host()));
      if (!taken && wider) {
        var rank = new Rank(Door.closeness(place.host()), 0, -1, 0, false, 0, 0);
        sorted.add(new Item(draft, new RuleDraft.Ranked(rank, any, Sources.NONE)));
      }
    }
  }

  /** All ports with the hosts that are told apart there. */
  private Set<Place> places() {
    var places = new LinkedHashSet<Place>();
    doors.values().stream()
        .flatMap(List::stream)
        .forEach(door -> places.add(new Place(door.port(), door.host())));
    for (ApiListener listener : listeners) {
      if (!listener.host().equals(HostConditions.ANY)) {
        places.add(new Place(listener.number(), listener.host()));
      }
    }
    return places;
  }

  private static boolean takesAll(HttpMatch match, HttpMatch any) {
    boolean all = match.path().map(PathMatch::matchesAll).orElse(true);
    var elsewhere = match.withPath(PathMatch.segmentPrefix("/"));
    return all && elsewhere.equals(any.withPath(PathMatch.segmentPrefix("/")));
  }
}
