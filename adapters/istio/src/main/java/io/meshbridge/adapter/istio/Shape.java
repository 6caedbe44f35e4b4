package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.model.Loss;
import java.util.List;
import java.util.Map;

/** An import as a ServiceEntry. */
sealed interface Shape {
  /** What could not be said. */
  List<Loss> losses();

  /**
   * The one object that stands for the import.
   *
   * @param manifest in canonical order
   * @param callable whether it lists any endpoint
   */
  record Entry(ResourceKey key, Map<String, Object> manifest, boolean callable, List<Loss> losses)
      implements Shape {}

  /** A ServiceEntry cannot say it rightly. */
  record Refused(List<Loss> losses) implements Shape {}
}
