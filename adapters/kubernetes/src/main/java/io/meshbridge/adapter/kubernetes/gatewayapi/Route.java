package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.adapter.kubernetes.Fields;
import io.meshbridge.adapter.kubernetes.KubeObject;
import io.meshbridge.adapter.kubernetes.Problems;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.model.traffic.Ingress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A route as it is kept between reads: without its status and what the server counts, so that equal
 * routes are equal values.
 *
 * @param object the route; of its version only when it was created
 * @param kind what it is about
 * @param parents what it is attached to, in the order in which they stand
 */
public record Route(KubeObject object, RouteKind kind, List<Parent> parents) {
  /**
   * What a route is attached to.
   *
   * @param path where it stands in the route
   * @param group its API group; empty for the core group
   * @param kind such as {@code Service}
   * @param key its namespace and name
   * @param port the only port that is meant; empty for all
   * @param section the only part that is meant: of a Service the name of a port; may be empty
   * @param groupIsMissing whether the route leaves the group to the API's default, which is none
   *     that has Services
   */
  public record Parent(
      String path,
      String group,
      String kind,
      ResourceKey key,
      OptionalInt port,
      String section,
      boolean groupIsMissing) {
    /** Whether it is a Service. */
    public boolean isService() {
      return kind.equals("Service") && group.isEmpty();
    }

    /** Whether it is a Gateway of the Gateway API. */
    public boolean isGateway() {
      return kind.equals("Gateway") && (group.isEmpty() || group.equals(RouteKind.GROUP));
    }

    /** The name among services of what its rules are for; empty if they are for neither kind. */
    Optional<ResourceKey> target() {
      if (isService()) {
        return Optional.of(key);
      }
      return isGateway()
          ? Optional.of(new ResourceKey(key.namespace(), Ingress.nameOf(key.name())))
          : Optional.empty();
    }
  }

  /** Copies. */
  public Route {
    parents = List.copyOf(parents);
  }

  /** Keeps what is needed of an object of that kind. */
  public static Route of(KubeObject object, RouteKind kind) {
    var content = new LinkedHashMap<>(object.content());
    content.remove("status");
    var kept =
        new KubeObject(
            object.apiVersion(),
            object.kind(),
            object.key(),
            new KubeObject.Version(
                "", "", object.version().created(), new TreeSet<>(), new TreeSet<>()),
            new TreeMap<>(),
            object.annotations(),
            content);
    return new Route(kept, kind, parentsOf(object));
  }

  /** The Services that it is attached to. */
  public Set<ResourceKey> services() {
    var services = new TreeSet<ResourceKey>();
    parents.stream().filter(Parent::isService).map(Parent::key).forEach(services::add);
    return services;
  }

  /** The Services and the Gateways that it is attached to, by their names among services. */
  public Set<ResourceKey> targets() {
    var targets = new TreeSet<ResourceKey>();
    parents.forEach(parent -> parent.target().ifPresent(targets::add));
    return targets;
  }

  /** Where it is attached to that Service, or to the Gateway that has this name among services. */
  public List<Parent> parentsAt(ResourceKey target) {
    return parents.stream()
        .filter(parent -> parent.target().filter(target::equals).isPresent())
        .toList();
  }

  /** The parents that are no Services. */
  public List<Parent> otherParents() {
    return parents.stream().filter(parent -> !parent.isService()).toList();
  }

  /**
   * Whether the owner of the Service wrote it, so that it is for all clients; else it is for those
   * in its own namespace (Gateway API, "producer and consumer routes").
   */
  public boolean isProducerOf(ResourceKey service) {
    return object.key().namespace().equals(service.namespace());
  }

  private static List<Parent> parentsOf(KubeObject object) {
    return object.fields(Problems.NONE).object("spec").objects("parentRefs").stream()
        .map(ref -> parentOf(object, ref))
        .toList();
  }

  private static Parent parentOf(KubeObject object, Fields ref) {
    var kind = ref.text("kind");
    boolean missing = !ref.has("group") && kind.equals("Service");
    // Linkerd takes the word "core" for the core group, and none at all as well.
    var group = missing || ref.text("group").equals("core") ? "" : ref.text("group");
    var namespace = ref.text("namespace");
    return new Parent(
        ref.path(),
        group,
        kind.isEmpty() ? "Gateway" : kind,
        new ResourceKey(
            namespace.isEmpty() ? object.key().namespace() : namespace, ref.text("name")),
        ref.port("port").map(OptionalInt::of).orElse(OptionalInt.empty()),
        ref.text("sectionName"),
        missing);
  }
}
