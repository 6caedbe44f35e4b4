package io.meshbridge.importing;

import io.meshbridge.catalog.ServiceState;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.Reachability;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the addresses by which a target's clients reach a service, or says why there are none.
 */
final class Addressing {
  private Addressing() {}

  /** The choice for one import. */
  sealed interface Choice {
    /** The origin's endpoints as they are. */
    record Direct(EndpointList endpoints, List<Loss> losses) implements Choice {}

    /**
     * No way leads there.
     *
     * @param unsafe whether a way would, around what guards the service
     */
    record Unreachable(Loss loss, boolean unsafe) implements Choice {}
  }

  /**
   * Direct, when both meshes are on one network and the service can be reached without an identity
   * of its mesh.
   */
  static Choice choose(
      ServiceState service, MeshDescriptor origin, Optional<Member> member, MeshDescriptor target) {
    var location = Location.of("export " + service.export().key());
    var access = service.export().access();
    if (access.reachability() == Reachability.MESH_IDENTITY_REQUIRED) {
      return new Choice.Unreachable(
          refused(
              location,
              "access.reachability",
              access.reason(),
              "mark the service for direct addresses if its raw address may be called from outside"
                  + " its mesh"),
          true);
    }
    if (!isOneNetwork(origin.network(), target.network())) {
      return new Choice.Unreachable(
          refused(
              location,
              "network",
              "mesh %s is on network '%s' and mesh %s on network '%s', and no gateway joins them"
                  .formatted(origin.id(), origin.network(), target.id(), target.network()),
              "give both meshes one network name if their addresses reach each other"),
          false);
    }
    return withinRanges(location, service.endpoints(), target, member);
  }

  private static Choice withinRanges(
      Location location, EndpointList endpoints, MeshDescriptor target, Optional<Member> member) {
    var rules = AddressRules.of(member);
    var kept = new ArrayList<Endpoint>();
    var losses = new ArrayList<Loss>();
    for (Endpoint endpoint : endpoints.endpoints()) {
      var path = "endpoints[" + endpoint.address() + "]";
      if (!isOneNetwork(endpoint.network(), target.network())) {
        losses.add(dropped(location, path, "it is on network '" + endpoint.network() + "'"));
      } else {
        rules
            .lossOf(endpoint.address(), location)
            .ifPresentOrElse(losses::add, () -> kept.add(endpoint));
      }
    }
    return new Choice.Direct(EndpointList.of(kept), losses);
  }

  private static boolean isOneNetwork(String one, String other) {
    return one.isEmpty() || other.isEmpty() || one.equals(other);
  }

  private static Loss refused(Location location, String path, String reason, String advice) {
    return new Loss(location, path, Outcome.REFUSED, reason, advice);
  }

  private static Loss dropped(Location location, String path, String reason) {
    return new Loss(location, path, Outcome.DROPPED, reason, "");
  }
}
