package io.meshbridge.model;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The names under which Meshbridge's own facts stand on the objects of a mesh: what users write to
 * ask for something, and what the bridge writes to know its own again.
 *
 * <p>Kubernetes spells a mark {@code meshbridge.io/export}. Consul refuses dots and slashes in meta
 * keys (it answers "Key contains invalid characters"), so there it is {@code meshbridge-export}.
 *
 * @param prefix what stands before the mark's word
 */
public record Marks(String prefix) {
  /** As labels and annotations of Kubernetes objects. */
  public static final Marks KUBERNETES = new Marks("meshbridge.io/");

  /** As meta keys in Consul. */
  public static final Marks CONSUL = new Marks("meshbridge-");

  /** The user's word on a service: {@code "true"} offers it to the federation. */
  public String export() {
    return prefix + "export";
  }

  /**
   * The user's word on a service: {@code direct} publishes its raw address although the mesh guards
   * it.
   */
  public String address() {
    return prefix + "address";
  }

  /** The mark with this word. */
  public String of(String word) {
    return prefix + word;
  }

  /** Whether a key is one of Meshbridge's, in any spelling: such keys are never passed on. */
  public static boolean isMark(String key) {
    return key.startsWith(KUBERNETES.prefix) || key.startsWith(CONSUL.prefix);
  }

  /** The labels without Meshbridge's own marks. */
  public static SortedMap<String, String> without(Map<String, String> labels) {
    var rest = new TreeMap<>(labels);
    rest.keySet().removeIf(Marks::isMark);
    return rest;
  }
}
