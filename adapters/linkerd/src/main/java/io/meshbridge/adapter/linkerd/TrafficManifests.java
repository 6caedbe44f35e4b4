package io.meshbridge.adapter.linkerd;

import io.meshbridge.adapter.kubernetes.KubeObject;
import io.meshbridge.adapter.kubernetes.ManifestSet;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.ServiceFacts;
import io.meshbridge.adapter.kubernetes.gatewayapi.Route;
import io.meshbridge.adapter.kubernetes.gatewayapi.RouteKind;
import io.meshbridge.adapter.linkerd.traffic.Profile;
import io.meshbridge.model.traffic.Ingress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The routes, profiles and splits of a set of manifests, by the Service that they are for. */
final class TrafficManifests {
  private static final int HTTP_PORT = 80;

  private final ManifestSet manifests;
  private final Map<ResourceKey, List<Route>> routes = new TreeMap<>();
  private final Map<ResourceKey, List<Profile>> profiles = new TreeMap<>();

  /**
   * A Service that no document declares, as far as its policy lets it be known.
   *
   * @param declaredBy an object of its policy, for people
   */
  record Undeclared(ServiceFacts facts, String declaredBy) {}

  TrafficManifests(ManifestSet manifests) {
    this.manifests = manifests;
  }

  /** Takes an object if its kind is one of these. */
  boolean take(String kind, KubeObject object) {
    return switch (kind) {
      case "policy.linkerd.io/HTTPRoute" -> takeRoute(Route.of(object, RouteKind.HTTP));
      case "linkerd.io/ServiceProfile" ->
          takeProfile(object, Profile.ofServiceProfile(object), "metadata.name");
      case "split.smi-spec.io/TrafficSplit" ->
          takeProfile(object, Profile.ofTrafficSplit(object), "spec.service");
      default ->
          RouteKind.of(object.group(), object.kind())
              .map(route -> takeRoute(Route.of(object, route)))
              .orElse(false);
    };
  }

  /** All routes that are attached to something that is read. */
  List<Route> routes() {
    return routes.values().stream().flatMap(List::stream).distinct().toList();
  }

  List<Route> routesOf(ResourceKey service) {
    return routes.getOrDefault(service, List.of());
  }

  List<Profile> profilesOf(ResourceKey service) {
    return profiles.getOrDefault(service, List.of());
  }

  /** The Services that policy speaks of and that nobody declares. */
  Collection<Undeclared> undeclared() {
    var keys = new TreeSet<>(routes.keySet());
    keys.addAll(profiles.keySet());
    keys.removeIf(key -> manifests.declares(key) || Ingress.gatewayOf(key.name()).isPresent());
    return keys.stream().map(this::undeclared).toList();
  }

  private boolean takeRoute(Route route) {
    route
        .targets()
        .forEach(key -> routes.computeIfAbsent(key, none -> new ArrayList<>()).add(route));
    if (route.targets().isEmpty()) {
      tellUnattached(route);
    }
    return true;
  }

  private void tellUnattached(Route route) {
    var kinds = route.otherParents().stream().map(Route.Parent::kind).distinct().toList();
    var reason =
        kinds.contains("Server")
            ? "a route of a Server is inbound policy: it says who may call, not where requests go"
            : kinds.isEmpty()
                ? "it has no parent"
                : "only routes whose parents are Services or Gateways are read, not those of "
                    + String.join(", ", kinds);
    manifests.warn(
        route.object().reference(),
        "spec.parentRefs",
        route.object().reference() + " is not translated: " + reason);
  }

  private boolean takeProfile(KubeObject object, Optional<Profile> profile, String path) {
    profile.ifPresentOrElse(
        found -> profiles.computeIfAbsent(found.service(), none -> new ArrayList<>()).add(found),
        () ->
            manifests.warn(
                object.reference(),
                path,
                object.reference() + " is not translated: it does not name a Service"));
    return true;
  }

  private Undeclared undeclared(ResourceKey key) {
    var first =
        Stream.concat(
                routesOf(key).stream().map(Route::object),
                profilesOf(key).stream().map(Profile::object))
            .map(KubeObject::reference)
            .findFirst()
            .orElseThrow();
    manifests.warn(
        first,
        "",
        "Service " + key + " is declared by no document; its ports are guessed from its policy");
    return new Undeclared(facts(key), first);
  }

  private ServiceFacts facts(ResourceKey key) {
    var kinds = routesOf(key).stream().map(Route::kind).collect(Collectors.toSet());
    boolean requests =
        !profilesOf(key).isEmpty() || kinds.stream().anyMatch(RouteKind::readsRequests);
    var numbers =
        routesOf(key).stream()
            .flatMap(route -> route.parentsAt(key).stream())
            .flatMap(parent -> parent.port().stream().boxed())
            .collect(Collectors.toCollection(TreeSet::new));
    if (numbers.isEmpty()) {
      numbers.add(HTTP_PORT);
    }
    var word = requests ? (kinds.contains(RouteKind.GRPC) ? "kubernetes.io/h2c" : "http") : "";
    var ports = new ArrayList<ServiceFacts.Port>();
    for (int number : numbers) {
      var name = requests ? "http" : "tcp";
      ports.add(
          new ServiceFacts.Port(
              "spec.ports[" + ports.size() + "]",
              numbers.size() == 1 ? name : name + "-" + number,
              number,
              "TCP",
              word,
              String.valueOf(number)));
    }
    return new ServiceFacts(
        "Service " + key,
        key,
        new TreeMap<>(),
        new TreeMap<>(),
        false,
        false,
        "",
        "",
        new TreeMap<>(),
        "",
        ports,
        List.of());
  }
}
