package io.meshbridge.adapter.kubernetes;

import io.meshbridge.model.MeshId;
import io.meshbridge.model.Ownership;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a sink keeps of an object of a kind that it writes: all of ours, and of others' only the
 * names that they hold besides their own.
 */
public final class WatchedObject {
  private final KubeObject object;
  private final Set<String> claims;
  private final @Nullable Ownership ownership;

  private WatchedObject(KubeObject object, Set<String> claims, @Nullable Ownership ownership) {
    this.object = object;
    this.claims = claims;
    this.ownership = ownership;
  }

  /**
   * Trims an object for the sink of this federation and mesh.
   *
   * @param claims the names that it holds besides its own, such as the hosts of a ServiceEntry
   */
  static WatchedObject of(
      KubeObject object, Collection<String> claims, String federation, MeshId target) {
    var ownership = OwnMarks.of(object).filter(o -> o.isOf(federation, target));
    return ownership.isPresent()
        ? new WatchedObject(object, Set.copyOf(claims), ownership.orElseThrow())
        : new WatchedObject(hull(object), Set.copyOf(claims), null);
  }

  /** The object; of another one only who it is, and in which state. */
  public KubeObject object() {
    return object;
  }

  Set<String> claims() {
    return claims;
  }

  /** Whose import it is, if it is one of ours. */
  public Optional<Ownership> ownership() {
    return Optional.ofNullable(ownership);
  }

  /** Whether it is a later state than the other. */
  boolean isNewerThan(WatchedObject other) {
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
