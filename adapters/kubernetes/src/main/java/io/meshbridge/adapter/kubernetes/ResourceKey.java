package io.meshbridge.adapter.kubernetes;

import java.util.Comparator;

/**
 * Which object of a kind.
 *
 * @param namespace empty for objects of the cluster as a whole
 * @param name the object's name
 */
public record ResourceKey(String namespace, String name) implements Comparable<ResourceKey> {
  private static final Comparator<ResourceKey> ORDER =
      Comparator.comparing(ResourceKey::namespace).thenComparing(ResourceKey::name);

  @Override
  public int compareTo(ResourceKey other) {
    return ORDER.compare(this, other);
  }

  /** {@code namespace/name}, or the name alone. */
  @Override
  public String toString() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }
}
