package io.meshbridge.adapter.istio.traffic;

import java.util.List;

/**
 * For whose callers an object holds (Istio's {@code exportTo}). Callers of other meshes count as
 * callers of a namespace that nobody names.
 */
public enum Visibility {
  /** For everybody. */
  PUBLIC,
  /** For callers of some namespaces. */
  SOME,
  /** For nobody. */
  NOBODY;

  static Visibility of(List<String> exportTo) {
    if (exportTo.isEmpty() || exportTo.contains("*")) {
      return PUBLIC;
    }
    return exportTo.stream().allMatch("~"::equals) ? NOBODY : SOME;
  }
}
