package io.meshbridge.adapter.linkerd;

import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.model.Loss;
import java.util.List;
import java.util.Map;

/** An import as a Service and its slices. */
sealed interface Shape {
  /** What could not be said. */
  List<Loss> losses();

  /**
   * One object.
   *
   * @param manifest in canonical order
   */
  record Item(ResourceKey key, Map<String, Object> manifest) {}

  /**
   * The objects that stand for the import.
   *
   * @param slices in the order of names
   * @param callable whether any place in them takes traffic
   */
  record Objects(Item service, List<Item> slices, boolean callable, List<Loss> losses)
      implements Shape {
    /** What clients call: the Service's name in its namespace. */
    String name() {
      return service.key().name() + "." + service.key().namespace();
    }
  }

  /** A Service cannot say it rightly. */
  record Refused(List<Loss> losses) implements Shape {}
}
