package io.meshbridge.adapter.consul;

import io.meshbridge.model.Marks;
import io.meshbridge.model.MeshId;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The catalog node that carries all imports from one mesh. It is no machine: nothing runs there,
 * and its address is of a range set aside for documentation, so that nobody ever reaches it by
 * mistake. It bears none of the node meta by which Consul's external service monitor adopts nodes.
 */
record OwnNode(String federation, MeshId target, MeshId origin) {
  static final String ADDRESS = "192.0.2.1";
  static final String PREFIX = "meshbridge-";

  String name() {
    return PREFIX + origin;
  }

  SortedMap<String, String> meta() {
    var meta = new TreeMap<>(marksOf(federation, target));
    meta.put(Marks.CONSUL.of("origin-mesh"), origin.value());
    return meta;
  }

  /** Whether a node of our name was made by us, for this federation and mesh. */
  boolean isMadeByUs(Map<String, String> nodeMeta) {
    return nodeMeta.entrySet().containsAll(meta().entrySet());
  }

  /** What all our nodes of a federation and mesh have in common. */
  static SortedMap<String, String> marksOf(String federation, MeshId target) {
    var marks = new TreeMap<String, String>();
    marks.put(Marks.CONSUL.of("federation"), federation);
    marks.put(Marks.CONSUL.of("target"), target.value());
    return marks;
  }
}
