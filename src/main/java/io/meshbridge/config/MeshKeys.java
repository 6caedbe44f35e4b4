package io.meshbridge.config;

import java.util.SortedSet;
import java.util.TreeSet;

/** Finds the meshes that a configuration names. */
final class MeshKeys {
  private final ConfiguredKeys keys;

  MeshKeys(ConfiguredKeys keys) {
    this.keys = keys;
  }

  /** Their ids as written, sorted; not yet checked. */
  SortedSet<String> ids() {
    var ids = new TreeSet<String>();
    for (String rest : keys.below(MeshSettings.PREFIX)) {
      ids.add(firstElement(rest));
    }
    // A value of this key that cannot be resolved is told where all global keys are checked.
    var named = keys.value(BridgeSettings.PREFIX + BridgeSettings.MESH_IDS, toldElsewhere -> {});
    for (String id : named.split(",", -1)) {
      if (!id.isBlank()) {
        ids.add(id.strip());
      }
    }
    return ids;
  }

  /** An id with dots in it stands in quotes. */
  private static String firstElement(String rest) {
    int end = rest.startsWith("\"") ? rest.indexOf("\".", 1) + 1 : rest.indexOf('.');
    return end <= 0 ? rest : rest.substring(0, end);
  }
}
