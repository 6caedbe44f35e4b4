package io.meshbridge.adapter.linkerd;

import io.meshbridge.adapter.kubernetes.KubeObject;
import java.util.Collections;
import java.util.SortedMap;

/**
 * What the bridge keeps of a Namespace: what its Services inherit.
 *
 * @param opaquePorts empty if it names none
 * @param inboundPolicy empty for that of the mesh
 * @param labels by which listeners of Gateways choose the namespaces of their routes
 */
record NamespaceFacts(
    OpaquePorts opaquePorts, String inboundPolicy, SortedMap<String, String> labels) {
  /** Of a namespace that says nothing. */
  static final NamespaceFacts NONE =
      new NamespaceFacts(OpaquePorts.NONE, "", Collections.emptySortedMap());

  static NamespaceFacts of(KubeObject namespace) {
    var annotations = namespace.annotations();
    return new NamespaceFacts(
        OpaquePorts.parse(annotations.getOrDefault(LinkerdTypes.OPAQUE_PORTS, "")),
        annotations.getOrDefault(LinkerdTypes.DEFAULT_INBOUND_POLICY, ""),
        namespace.labels());
  }
}
