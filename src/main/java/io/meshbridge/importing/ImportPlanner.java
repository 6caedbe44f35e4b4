package io.meshbridge.importing;

import io.meshbridge.catalog.ServiceState;
import io.meshbridge.catalog.Standing;
import io.meshbridge.catalog.Standing.Gone;
import io.meshbridge.catalog.Standing.Present;
import io.meshbridge.catalog.Standing.Unknown;
import io.meshbridge.importing.Addressing.Choice.Direct;
import io.meshbridge.importing.Addressing.Choice.Unreachable;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Export;
import io.meshbridge.model.Import;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.traffic.Ingress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/** Decides what shall become of a service in a target. Pure. */
public final class ImportPlanner {
  private ImportPlanner() {}

  /** What shall become of it, as far as this world is known. */
  public static Decision decide(ServiceKey service, World world) {
    if (service.mesh().equals(world.target().id())) {
      return new Decision.Remove("the service is the target's own", true);
    }
    return switch (world.catalog().standing(service)) {
      case Unknown(var reason) -> new Decision.Keep(reason);
      case Gone(var cause) ->
          new Decision.Remove(inWords(cause), cause == Standing.Cause.MEMBER_RETIRED);
      case Present(var state) -> decide(state, world);
    };
  }

  private static Decision decide(ServiceState state, World world) {
    var service = state.export().key();
    var origin = world.catalog().descriptor(service.mesh());
    if (!world.target().rules().admit(service)) {
      return new Decision.Remove("mesh " + world.target().id() + " does not take it", true);
    }
    if (!Selection.isWanted(state.export(), world.target(), world.catalog())) {
      return new Decision.Remove(
          "the service is not for this mesh: its path is " + state.export().path());
    }
    if (origin.isEmpty()) {
      return new Decision.Keep("mesh " + service.mesh() + " has not said what it is");
    }
    if (state.export().ingress().isPresent() && !world.target().gateways()) {
      return new Decision.Refuse(shut(service, world.target()), true);
    }
    var member = world.catalog().member(service.mesh());
    return switch (Addressing.choose(state, origin.get(), member, world.target().mesh())) {
      case Unreachable(var loss, boolean unsafe) -> new Decision.Refuse(loss, unsafe);
      case Direct(var endpoints, var addressLosses) -> {
        var losses = new ArrayList<>(addressLosses);
        var name = nameOf(service, world, losses);
        losses.addAll(state.export().losses());
        yield new Decision.Apply(
            importOf(name, state.export(), endpoints, origin.get(), world),
            state.observedAt(),
            staleReason(state, world),
            Placing.of(state.export()),
            List.copyOf(losses));
      }
    };
  }

  /** A gateway opens a mesh to the outside, so its owner has to want that. */
  private static Loss shut(ServiceKey gateway, TargetMesh target) {
    return new Loss(
        Location.of("export " + gateway),
        Ingress.FIELD,
        Outcome.REFUSED,
        "mesh " + target.id() + " takes no ingress gateways",
        "set meshbridge.meshes."
            + target.id()
            + ".ingress=true if it shall be open to the outside");
  }

  /**
   * A service as others may send requests to it in the target.
   *
   * @param name what clients there call
   */
  record Called(String name, Export export) {}

  /** How a service is called in the target; empty if it is not for it, or if no way leads there. */
  static Optional<Called> called(ServiceKey service, World world) {
    if (!(world.catalog().standing(service) instanceof Present(var state))
        || service.mesh().equals(world.target().id())
        || !Selection.isWanted(state.export(), world.target(), world.catalog())) {
      return Optional.empty();
    }
    var member = world.catalog().member(service.mesh());
    return world
        .catalog()
        .descriptor(service.mesh())
        .map(origin -> Addressing.choose(state, origin, member, world.target().mesh()))
        .filter(choice -> choice instanceof Direct)
        .map(direct -> new Called(nameOf(service, world, new ArrayList<>()), state.export()));
  }

  /** A mesh speaks only for itself: of other meshes' services its policy says nothing. */
  private static Import importOf(
      String name, Export export, EndpointList endpoints, MeshDescriptor origin, World world) {
    var names = new TreeMap<ServiceKey, String>();
    var others = new TreeMap<ServiceKey, Export>();
    for (ServiceKey other : export.traffic().otherServices()) {
      if (other.mesh().equals(export.key().mesh())) {
        called(other, world)
            .ifPresent(
                called -> {
                  names.put(other, called.name());
                  others.put(other, called.export());
                });
      }
    }
    var namespace = world.target().rules().namespaceOf(export.key()).orElse("");
    return new Import(name, export, endpoints, origin, names, others, namespace);
  }

  private static String nameOf(ServiceKey service, World world, List<Loss> losses) {
    var plain = Selection.plainName(service, world.target(), world.catalog());
    if (!world.isContested(service, plain)) {
      return plain;
    }
    losses.add(
        new Loss(
            Location.of("export " + service),
            "name",
            Outcome.APPROXIMATED,
            "the name '%s' belongs to %s, which was exported before"
                .formatted(plain, world.holderOf(plain)),
            "use a name template that holds the namespace"));
    return Selection.contestedName(service, world.target(), world.catalog());
  }

  private static String staleReason(ServiceState state, World world) {
    return state.staleReason().isEmpty()
        ? world.silenceOf(state.export().key().mesh())
        : state.staleReason();
  }

  private static String inWords(Standing.Cause cause) {
    return cause.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
