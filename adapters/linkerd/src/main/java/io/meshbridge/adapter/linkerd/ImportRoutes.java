package io.meshbridge.adapter.linkerd;

import io.meshbridge.adapter.kubernetes.FeedGroup;
import io.meshbridge.adapter.kubernetes.FirstEvent;
import io.meshbridge.adapter.kubernetes.ImportObjects;
import io.meshbridge.adapter.kubernetes.KubeObject;
import io.meshbridge.adapter.kubernetes.OwnedFields;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.ResourceQuery;
import io.meshbridge.adapter.kubernetes.ResourceType;
import io.meshbridge.adapter.kubernetes.Standing;
import io.meshbridge.adapter.kubernetes.WrittenKind;
import io.meshbridge.adapter.kubernetes.gatewayapi.Route;
import io.meshbridge.adapter.kubernetes.gatewayapi.RouteKind;
import io.meshbridge.adapter.linkerd.traffic.Profile;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.WritePermit;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The routes of imports. Nobody else's route may be attached to a Service that has ours: the proxy
 * would mix them. A cluster need not know routes at all.
 */
final class ImportRoutes {
  private final Map<RouteKind, ImportObjects> written = new EnumMap<>(RouteKind.class);
  // What is never written, but takes the place of routes, or is mixed with them.
  private final List<ImportObjects> watched;

  /** What became of an import's routes. */
  sealed interface Outcome {
    /** They stand. */
    record Standing(boolean written) implements Outcome {}

    /** They cannot be there; the service can be called all the same. */
    record Lost(String reason) implements Outcome {}
  }

  /**
   * Watches nothing yet.
   *
   * @param objects how a sink handles the objects of a kind
   */
  ImportRoutes(Function<WrittenKind, ImportObjects> objects) {
    for (RouteKind kind : RouteKind.values()) {
      written.put(kind, objects.apply(kindOf(RouteTypes.of(kind), o -> claims(Route.of(o, kind)))));
    }
    watched =
        List.of(
            objects.apply(kindOf(LinkerdTypes.OWN_ROUTE, o -> claims(Route.of(o, RouteKind.HTTP)))),
            objects.apply(kindOf(LinkerdTypes.SERVICE_PROFILE, ImportRoutes::claimsOfProfile)));
  }

  /** Starts to watch; the results are to be waited for. */
  List<FirstEvent> watch(FeedGroup feeds, Consumer<ServiceKey> touched) {
    return all().map(objects -> objects.watch(feeds, touched)).toList();
  }

  /** What is ours, by service. */
  Map<ServiceKey, Ownership> owned() {
    var owned = new TreeMap<ServiceKey, Ownership>();
    written.values().forEach(objects -> owned.putAll(objects.owned()));
    return owned;
  }

  /** Whether any route is ours for a service. */
  boolean holds(ServiceKey service) {
    return written.values().stream().anyMatch(objects -> objects.holds(service));
  }

  /** Remembers what an import needs, so that somebody else's coming and going is told. */
  void want(ServiceKey service, Shape.Objects shape) {
    var claims = shape.routes().isEmpty() ? Set.<String>of() : Set.of(claim(shape.service().key()));
    written.forEach((kind, objects) -> objects.want(service, claims, keysOf(kind, shape)));
    watched.forEach(objects -> objects.want(service, claims, Set.of()));
  }

  void unwant(ServiceKey service) {
    all().forEach(objects -> objects.unwant(service));
  }

  /** Why an import cannot have its routes; empty if it can, as far as is known. */
  Optional<String> obstacle(ServiceKey service, Shape.Objects shape) {
    for (Shape.Routed route : shape.routes()) {
      if (!of(route.kind()).isInstalledFor(service)) {
        return Optional.of("the cluster does not know " + RouteTypes.of(route.kind()).resource());
      }
    }
    var claims = Set.of(claim(shape.service().key()));
    return shape.routes().isEmpty()
        ? Optional.empty()
        : all()
            .flatMap(objects -> objects.contender(service, claims).stream())
            .findFirst()
            .map(holder -> holder + " is attached to the Service already");
  }

  /** Brings all routes of an import to what they should be. */
  Outcome bring(ServiceKey service, Shape.Objects shape, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    boolean wrote = false;
    for (Shape.Routed route : shape.routes()) {
      var item = route.item();
      var standing = of(route.kind()).bring(service, Set.of(), item.key(), item.manifest(), permit);
      switch (standing) {
        case Standing.Good good -> wrote |= good.written();
        case Standing.Held held -> {
          return new Outcome.Lost(held.holder() + " has the name of the route");
        }
        case Standing.Homeless homeless -> {
          return new Outcome.Lost(homeless.reason());
        }
        case Standing.Denied denied -> {
          return new Outcome.Lost(denied.reason());
        }
      }
    }
    return new Outcome.Standing(wrote);
  }

  /** Removes what stands for a service and is not in the shape. */
  boolean removeSurplus(ServiceKey service, Shape.Objects shape, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    boolean removed = false;
    for (RouteKind kind : RouteKind.values()) {
      removed |= of(kind).removeAllBut(keysOf(kind, shape), service, permit);
    }
    return removed;
  }

  /** Removes all that stands for a service. */
  boolean removeAll(ServiceKey service, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    boolean removed = false;
    for (ImportObjects objects : written.values()) {
      removed |= objects.removeAll(service, permit);
    }
    return removed;
  }

  private ImportObjects of(RouteKind kind) {
    var objects = written.get(kind);
    if (objects == null) {
      throw new IllegalStateException("no objects of " + kind);
    }
    return objects;
  }

  private Stream<ImportObjects> all() {
    return Stream.concat(written.values().stream(), watched.stream());
  }

  private static Set<ResourceKey> keysOf(RouteKind kind, Shape.Objects shape) {
    return shape.routes().stream()
        .filter(route -> route.kind() == kind)
        .map(route -> route.item().key())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static WrittenKind kindOf(
      ResourceType type, Function<KubeObject, Collection<String>> claims) {
    return new WrittenKind(
        type,
        ResourceQuery.all(type),
        new OwnedFields(Set.of()),
        claims,
        "the API server does not know " + type.resource());
  }

  /** Only a route in the Service's own namespace is for all of its clients. */
  private static Collection<String> claims(Route route) {
    return route.services().stream().filter(route::isProducerOf).map(ImportRoutes::claim).toList();
  }

  private static Collection<String> claimsOfProfile(KubeObject object) {
    return Profile.ofServiceProfile(object).stream()
        .filter(Profile::isForAll)
        .map(profile -> claim(profile.service()))
        .toList();
  }

  private static String claim(ResourceKey service) {
    return "Service " + service;
  }
}
