package io.meshbridge.adapter.linkerd;

import io.meshbridge.adapter.kubernetes.EmbeddedYaml;
import io.meshbridge.adapter.kubernetes.KubeObject;
import io.meshbridge.adapter.kubernetes.Problems;

/**
 * What the ConfigMap {@code linkerd-config} says of the mesh.
 *
 * @param trustDomain empty if it says nothing
 * @param version empty if it says nothing
 * @param inboundPolicy who may call pods whose port no Server names
 */
record MeshConfig(String trustDomain, String version, String inboundPolicy) {
  /** Of a mesh without that ConfigMap, which is Linkerd's own default. */
  static final MeshConfig DEFAULT = new MeshConfig("", "", "all-unauthenticated");

  /** The policy of a ConfigMap that cannot be read: it guards, as any unknown word does. */
  static final String UNREADABLE = "unreadable";

  /** Reads the ConfigMap. */
  static MeshConfig of(KubeObject configMap) {
    var values = configMap.fields(Problems.NONE).object("data").text("values");
    return new EmbeddedYaml()
        .read(values)
        .map(
            fields -> {
              var policy = fields.object("proxy").text("defaultInboundPolicy");
              return new MeshConfig(
                  fields.text("identityTrustDomain"),
                  fields.text("linkerdVersion"),
                  policy.isEmpty() ? DEFAULT.inboundPolicy() : policy);
            })
        .orElse(new MeshConfig("", "", UNREADABLE));
  }
}
