package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.model.traffic.ClientMatch;
import io.meshbridge.model.traffic.L4Rule;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.WeightedBackend;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * The rules for connections that come in through a Gateway and into which nobody looks. The oldest
 * route for a port or a name takes its connections.
 */
final class DoorConnections {
  private final List<Ranked> rules = new ArrayList<>();
  private final List<Door> taken = new ArrayList<>();

  private record Ranked(int closeness, L4Rule rule) {}

  /** Names that are equally close, of one port. */
  private record Place(int port, int closeness) {}

  /** Takes the first rule of a route. */
  void add(
      RouteReader reader, List<Door> doors, Function<Sources.Builder, List<WeightedBackend>> to) {
    var places = new LinkedHashMap<Place, List<Door>>();
    for (Door door : doors) {
      if (taken.stream().noneMatch(other -> other.isSame(door.port(), door.host()))) {
        taken.add(door);
        places
            .computeIfAbsent(
                new Place(door.port(), Door.closeness(door.host())), none -> new ArrayList<>())
            .add(door);
      }
    }
    places.forEach(
        (place, there) ->
            rules.add(new Ranked(place.closeness(), ruleAt(reader, place.port(), there, to))));
    if (places.isEmpty() && !doors.isEmpty()) {
      reader
          .trace()
          .lose(
              "spec.rules",
              Outcome.DROPPED,
              "an older route takes these connections",
              "attach one route to a port or name");
    }
  }

  /** All of them, the closest names first. */
  List<L4Rule> rules() {
    return rules.stream()
        .sorted(Comparator.comparingInt(Ranked::closeness).reversed())
        .map(Ranked::rule)
        .toList();
  }

  private static L4Rule ruleAt(
      RouteReader reader,
      int port,
      List<Door> doors,
      Function<Sources.Builder, List<WeightedBackend>> to) {
    var sources = new Sources.Builder();
    reader.parentFields().forEach(ref -> sources.add("", ref));
    sources.add("port", doors.getFirst().listener().port());
    var names = new ArrayList<String>();
    if (reader.kind() == RouteKind.TLS) {
      for (Door door : doors) {
        var field = "serverNames[" + names.size() + "]";
        door.hostRefs().forEach(ref -> sources.add(field, ref));
        names.add(door.host());
      }
    }
    return new L4Rule(
        names, OptionalInt.of(port), ClientMatch.ANY, to.apply(sources), sources.build());
  }
}
