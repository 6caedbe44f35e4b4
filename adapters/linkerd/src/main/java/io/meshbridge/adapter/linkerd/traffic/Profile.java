package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.adapter.kubernetes.KubeObject;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A ServiceProfile or a TrafficSplit, as it is kept between reads. The extension for SMI turns a
 * split into a profile, so both are read alike.
 *
 * @param object the object, without what the server counts
 * @param service the Service that it is for
 */
public record Profile(KubeObject object, ResourceKey service) {
  private static final String SVC = "svc";
  private static final int LABELS = 3;

  /** A ServiceProfile; empty if its name is no Service's. */
  public static Optional<Profile> ofServiceProfile(KubeObject object) {
    return serviceOf(object.key().name()).map(service -> new Profile(trimmed(object), service));
  }

  /** A TrafficSplit; empty if it names no Service. */
  public static Optional<Profile> ofTrafficSplit(KubeObject object) {
    if (object.content().get("spec") instanceof Map<?, ?> spec
        && spec.get("service") instanceof String name
        && !name.isEmpty()) {
      var service =
          serviceOf(name)
              .orElseGet(
                  () -> new ResourceKey(object.key().namespace(), name.replaceFirst("\\..*", "")));
      return Optional.of(new Profile(trimmed(object), service));
    }
    return Optional.empty();
  }

  /** The Service that a name such as {@code web.shop.svc.cluster.local} stands for. */
  static Optional<ResourceKey> serviceOf(String host) {
    var labels = host.split("\\.", -1);
    return labels.length >= LABELS
            && labels[2].equals(SVC)
            && !labels[0].isEmpty()
            && !labels[1].isEmpty()
        ? Optional.of(new ResourceKey(labels[1], labels[0]))
        : Optional.empty();
  }

  /** Whether it is for all clients; else for those of its own namespace. */
  public boolean isForAll() {
    return object.key().namespace().equals(service.namespace());
  }

  boolean isSplit() {
    return object.kind().equals("TrafficSplit");
  }

  private static KubeObject trimmed(KubeObject object) {
    var content = new TreeMap<>(object.content());
    content.remove("status");
    return new KubeObject(
        object.apiVersion(),
        object.kind(),
        object.key(),
        new KubeObject.Version("", "", "", new TreeSet<>(), new TreeSet<>()),
        new TreeMap<>(),
        new TreeMap<>(),
        content);
  }
}
