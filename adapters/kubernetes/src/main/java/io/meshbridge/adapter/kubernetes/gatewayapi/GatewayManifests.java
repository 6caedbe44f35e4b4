package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.adapter.kubernetes.KubeObject;
import io.meshbridge.adapter.kubernetes.ManifestSet;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The Gateways of the Gateway API in a set of manifests, with what else they are read by. */
public final class GatewayManifests {
  private final ManifestSet manifests;
  private final Map<ResourceKey, ApiGateway> gateways = new TreeMap<>();
  private final Map<String, Map<String, String>> namespaces = new HashMap<>();

  /** Nothing was read yet. */
  public GatewayManifests(ManifestSet manifests) {
    this.manifests = manifests;
  }

  /** Takes a Gateway. */
  public void take(KubeObject object) {
    var gateway = ApiGateway.of(object);
    gateways.put(gateway.service(), gateway);
  }

  /** Takes a Namespace, whose labels a listener may ask for. */
  public void takeNamespace(KubeObject object) {
    var labels = new TreeMap<>(object.labels());
    labels.put("kubernetes.io/metadata.name", object.key().name());
    namespaces.put(object.key().name(), labels);
  }

  /** Leaves out what is not wanted, and tells of what lets nobody in. */
  public void choose() {
    gateways
        .values()
        .removeIf(gateway -> !manifests.isWanted(gateway.exported(), "", gateway.importedPath()));
    gateways.values().stream().filter(ApiGateway::waypoint).forEach(this::tellWaypoint);
    gateways.values().removeIf(ApiGateway::waypoint);
  }

  /** Leaves out one that another object goes before. */
  public void giveWay(ResourceKey service, String winner) {
    Optional.ofNullable(gateways.remove(service))
        .ifPresent(
            gateway ->
                manifests.warn(
                    gateway.object(),
                    "metadata.name",
                    "a Gateway of "
                        + RouteKind.GROUP
                        + " has the name of "
                        + winner
                        + ", which is offered instead"));
  }

  /** Those that are read. */
  public Collection<ApiGateway> gateways() {
    return List.copyOf(gateways.values());
  }

  /** Whether the Gateway that has this name among services is read. */
  public boolean isRead(ResourceKey service) {
    return gateways.containsKey(service);
  }

  /** The labels of a namespace, if a manifest declares it. */
  public Optional<Map<String, String>> labelsOf(String namespace) {
    return Optional.ofNullable(namespaces.get(namespace));
  }

  /** Tells of a route for Gateways alone if none of them is read. */
  public void tellUnread(Route route) {
    boolean read = route.targets().stream().anyMatch(this::isRead);
    if (route.services().isEmpty() && !read) {
      var names =
          route.otherParents().stream()
              .filter(Route.Parent::isGateway)
              .map(parent -> parent.key().toString())
              .distinct()
              .toList();
      manifests.warn(
          route.object().reference(),
          "spec.parentRefs",
          route.object().reference()
              + " is not translated: no Gateway that is read here is named "
              + String.join(" or ", names));
    }
  }

  private void tellWaypoint(ApiGateway gateway) {
    manifests.warn(
        gateway.object(), "", gateway.object() + " is not translated: " + ApiGateway.WAYPOINT);
  }
}
