package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.KubeObject;
import io.meshbridge.adapter.kubernetes.OwnMarks;
import io.meshbridge.adapter.kubernetes.Problems;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.Ownership;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the sink keeps of a ServiceEntry: all of ours, and of others' only the hosts that they hold.
 */
final class Entry {
  private final KubeObject object;
  private final Set<String> hosts;
  private final @Nullable Ownership ownership;

  private Entry(KubeObject object, Set<String> hosts, @Nullable Ownership ownership) {
    this.object = object;
    this.hosts = hosts;
    this.ownership = ownership;
  }

  /** Trims an entry for the sink of this federation and mesh. */
  static Entry of(KubeObject object, String federation, MeshId target) {
    var hosts = Set.copyOf(object.fields(Problems.NONE).object("spec").textList("hosts"));
    var ownership = OwnMarks.of(object).filter(o -> o.isOf(federation, target));
    return ownership.isPresent()
        ? new Entry(object, hosts, ownership.orElseThrow())
        : new Entry(hull(object), hosts, null);
  }

  KubeObject object() {
    return object;
  }

  Set<String> hosts() {
    return hosts;
  }

  /** Whose import it is, if it is one of ours. */
  Optional<Ownership> ownership() {
    return Optional.ofNullable(ownership);
  }

  /** Whether it is a later state than the other. */
  boolean isNewerThan(Entry other) {
    return versionOf(object.version().resourceVersion())
        > versionOf(other.object.version().resourceVersion());
  }

  /** Where a state stands among others; one that is no number stands after all. */
  static long versionOf(String resourceVersion) {
    return !resourceVersion.isEmpty()
            && resourceVersion.length() <= 18
            && resourceVersion.chars().allMatch(Character::isDigit)
        ? Long.parseLong(resourceVersion)
        : Long.MAX_VALUE;
  }

  private static KubeObject hull(KubeObject object) {
    return new KubeObject(
        object.apiVersion(),
        object.kind(),
        object.key(),
        object.version(),
        new TreeMap<>(),
        new TreeMap<>(),
        Map.of());
  }
}
