package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.model.traffic.HostConditions;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.Sources;
import java.util.ArrayList;
import java.util.List;

/**
 * What a route of a Gateway asks of every request: that it comes in by one of its doors.
 *
 * @param regexRanksWithExact as in {@link RouteDialect}
 * @param hostsAreAlike whether all hosts have the same routes, so that no host goes before another
 */
record DoorConditions(List<Door> doors, boolean regexRanksWithExact, boolean hostsAreAlike)
    implements Conditions {
  DoorConditions {
    doors = List.copyOf(doors);
  }

  @Override
  public List<RuleDraft.Ranked> on(HttpMatch match, Sources sources, boolean grpc) {
    var all = new ArrayList<RuleDraft.Ranked>();
    for (Door door : doors) {
      var builder = new Sources.Builder().add("port", door.listener().port());
      door.hostRefs().forEach(ref -> builder.add("authority", ref));
      sources.fields().forEach((field, refs) -> refs.forEach(ref -> builder.add(field, ref)));
      int closeness = hostsAreAlike ? 0 : Door.closeness(door.host());
      var there = at(match, door.port(), door.host());
      var rank = Rank.of(match, grpc, regexRanksWithExact, closeness, 0);
      all.add(new RuleDraft.Ranked(rank, there, builder.build()));
    }
    return all;
  }

  /** The match at one port and host. */
  static HttpMatch at(HttpMatch match, int port, String host) {
    return new HttpMatch(
            match.path(),
            match.method(),
            match.headers(),
            match.query(),
            HostConditions.of(host),
            match.scheme(),
            match.port(),
            match.client())
        .withPort(port);
  }
}
