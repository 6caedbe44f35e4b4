package io.meshbridge.adapter.consul;

import io.meshbridge.adapter.consul.traffic.ServiceName;
import io.meshbridge.model.Health;
import io.meshbridge.model.Locality;
import io.meshbridge.model.Marks;
import io.meshbridge.model.Ownership;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One instance of a service, as read from wherever.
 *
 * @param kind empty for an ordinary service; {@code connect-proxy}, {@code mesh-gateway} and so on
 * @param destination the service that a proxy stands before; empty for others
 * @param meshNative whether the service itself speaks Consul's mTLS
 * @param health the worst of all checks, those of the node too
 * @param healthKnown whether checks were seen at all; files often define checks without a result
 */
record Instance(
    ServiceName service,
    String id,
    String node,
    String datacenter,
    String address,
    int port,
    String kind,
    String destination,
    boolean meshNative,
    List<String> tags,
    SortedMap<String, String> meta,
    Map<String, String> otherAddresses,
    int passingWeight,
    int warningWeight,
    Health health,
    boolean healthKnown,
    Locality locality,
    Place place) {

  Instance {
    tags = List.copyOf(tags);
    otherAddresses = Map.copyOf(otherAddresses);
  }

  /** Whether its owner asks to export it. */
  boolean isMarked() {
    return "true".equals(mark("export"));
  }

  /** Whether its owner publishes its raw address although the mesh guards it. */
  boolean isDirect() {
    return "direct".equals(mark("address"));
  }

  /** Whether it is an ordinary service, not a part of the mesh's own machinery. */
  boolean isOrdinary() {
    return kind.isEmpty() && !service.name().equals("consul");
  }

  /** Whether the catalog sync of Consul on Kubernetes wrote it. */
  boolean isSyncedFromKubernetes() {
    return tags.contains("k8s") || "kubernetes".equals(meta.get("external-source"));
  }

  /** Whose import it is, if a bridge wrote it. */
  Optional<Ownership> ownership() {
    return Ownership.fromMarks(Marks.CONSUL, meta);
  }

  /** Whether address and port can be called. */
  boolean isUsable() {
    return !address.isBlank() && address.length() <= 253 && port >= 1 && port <= 65_535;
  }

  /** Its weight in its present health. */
  int weight() {
    var weight = health == Health.WARNING ? warningWeight : passingWeight;
    return Math.clamp(weight, 0, 65_535);
  }

  /**
   * Meta and tags as labels: meta as it is, a tag {@code key=value} as that, any other tag as
   * {@code tag.<tag>} without a value. Where both name a key, meta wins.
   */
  SortedMap<String, String> labels() {
    var labels = new TreeMap<String, String>();
    for (String tag : tags) {
      int equals = tag.indexOf('=');
      if (equals > 0) {
        labels.put(tag.substring(0, equals), tag.substring(equals + 1));
      } else {
        labels.put("tag." + tag, "");
      }
    }
    labels.putAll(meta);
    return Marks.without(labels);
  }

  private String mark(String word) {
    for (Marks marks : List.of(Marks.CONSUL, Marks.KUBERNETES)) {
      var key = marks.of(word);
      if (meta.containsKey(key)) {
        return meta.getOrDefault(key, "");
      }
      for (String tag : tags) {
        if (tag.startsWith(key + "=")) {
          return tag.substring(key.length() + 1);
        }
      }
    }
    return "";
  }
}
