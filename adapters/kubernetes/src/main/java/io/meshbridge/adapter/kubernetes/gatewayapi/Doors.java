package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.adapter.kubernetes.Problems;
import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.HostConditions;
import io.meshbridge.spi.reading.ObjectTrace;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/** Says at which listeners of a Gateway, and for which hosts, a route takes what comes in. */
final class Doors {
  private final String gateway;
  private final List<ApiListener> listeners;

  /** Knows the listeners of a Gateway. */
  Doors(String gateway, List<ApiListener> listeners) {
    this.gateway = gateway;
    this.listeners = List.copyOf(listeners);
  }

  /** The places of a route; none, and told, if no listener takes it. */
  List<Door> of(Route route, List<Route.Parent> parents, ObjectTrace trace) {
    var names = hostnamesOf(route);
    var doors = new ArrayList<Door>();
    var obstacles = new LinkedHashSet<String>();
    for (Route.Parent parent : parents) {
      for (ApiListener listener : chosenBy(parent, trace)) {
        if (!listener.allowed().takesKind(route)) {
          obstacles.add("takes no " + route.object().kind());
        } else if (!listener.allowed().takesNamespace(route)) {
          obstacles.add("takes routes of namespace " + route.object().key().namespace());
        } else {
          at(listener, route, names).stream().filter(d -> !isKnown(d, doors)).forEach(doors::add);
        }
      }
    }
    tell(route, names, doors, obstacles, trace);
    return doors;
  }

  private static List<String> hostnamesOf(Route route) {
    return route.kind() == RouteKind.TCP
        ? List.of()
        : route.object().fields(Problems.NONE).object("spec").textList("hostnames");
  }

  private List<ApiListener> chosenBy(Route.Parent parent, ObjectTrace trace) {
    var chosen =
        listeners.stream()
            .filter(l -> parent.section().isEmpty() || parent.section().equals(l.name()))
            .filter(l -> parent.port().isEmpty() || parent.port().getAsInt() == l.number())
            .toList();
    if (chosen.isEmpty()) {
      trace.warn(
          parent.path() + (parent.section().isEmpty() ? ".port" : ".sectionName"),
          gateway + " has no such listener that is read");
    }
    return chosen;
  }

  private List<Door> at(ApiListener listener, Route route, List<String> names) {
    var declared = listener.hostRef().stream().toList();
    if (names.isEmpty()) {
      return List.of(new Door(listener, listener.host(), declared));
    }
    var doors = new ArrayList<Door>();
    for (int i = 0; i < names.size(); i++) {
      var refs = new ArrayList<FieldRef>();
      refs.add(new FieldRef(route.object().reference(), "spec.hostnames[" + i + "]"));
      refs.addAll(declared);
      HostConditions.common(listener.host(), names.get(i).toLowerCase(Locale.ROOT))
          .filter(host -> !isTakenByCloser(listener, host))
          .ifPresent(host -> doors.add(new Door(listener, host, refs)));
    }
    return doors;
  }

  /** A request is for the listener with the closest hostname alone (Gateway API, "hostname"). */
  private boolean isTakenByCloser(ApiListener listener, String host) {
    return listeners.stream()
        .anyMatch(
            other -> other.isCloserThan(listener) && HostConditions.covers(other.host(), host));
  }

  private static boolean isKnown(Door door, List<Door> doors) {
    return doors.stream().anyMatch(known -> known.isSame(door.port(), door.host()));
  }

  private void tell(
      Route route,
      List<String> names,
      List<Door> doors,
      LinkedHashSet<String> obstacles,
      ObjectTrace trace) {
    for (int i = 0; i < names.size(); i++) {
      var path = "spec.hostnames[" + i + "]";
      var ref = new FieldRef(route.object().reference(), path);
      if (!ApiListenerReader.HOST.matcher(names.get(i)).matches()) {
        trace.error(path, "must be a host such as shop.example.org or *.example.org");
      } else if (obstacles.isEmpty() && doors.stream().noneMatch(d -> d.hostRefs().contains(ref))) {
        trace.lose(
            path, Outcome.DROPPED, "no listener of " + gateway + " takes requests for it", "");
      }
    }
    if (doors.isEmpty()) {
      var reason =
          obstacles.isEmpty()
              ? "no listener of " + gateway + " takes what it is for"
              : "no listener of " + gateway + " " + String.join(", nor ", obstacles);
      trace.lose("spec.rules", Outcome.DROPPED, reason, "see the listener's allowedRoutes");
    }
  }
}
