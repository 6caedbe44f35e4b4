package io.meshbridge.adapter.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is kept of a ServiceExport: who it is, and what its conditions say.
 *
 * @param object without content
 * @param conditions in the order in which they stand
 */
record ExportMark(KubeObject object, List<ExportCondition> conditions) {
  static ExportMark of(KubeObject object) {
    var hull =
        new KubeObject(
            object.apiVersion(),
            object.kind(),
            object.key(),
            object.version(),
            new TreeMap<>(),
            new TreeMap<>(),
            Map.of());
    return new ExportMark(hull, ExportCondition.of(object));
  }

  ResourceKey key() {
    return object.key();
  }

  long generation() {
    return object.version().generation();
  }

  /** Whether it is a later state than the other. */
  boolean isNewerThan(ExportMark other) {
    return versionOf(this) > versionOf(other);
  }

  private static long versionOf(ExportMark mark) {
    return WatchedObject.versionOf(mark.object.version().resourceVersion());
  }
}
