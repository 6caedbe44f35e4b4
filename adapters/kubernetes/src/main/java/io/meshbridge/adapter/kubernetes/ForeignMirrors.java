package io.meshbridge.adapter.kubernetes;

import java.util.Optional;

/**
 * Knows the objects that other tools mirrored from elsewhere. They are never exported: their home
 * exports them, or nobody does.
 */
public final class ForeignMirrors {
  private ForeignMirrors() {}

  /** Which tool mirrored the object; empty if none is known to have. */
  public static Optional<String> toolOf(KubeObject object) {
    var marks = object.marks();
    if (marks.containsKey("mirror.linkerd.io/mirrored-service")
        || marks.containsKey("mirror.linkerd.io/cluster-name")) {
      return Optional.of("Linkerd's service mirror");
    }
    if ("admiral".equals(marks.get("app.kubernetes.io/created-by"))) {
      return Optional.of("Admiral");
    }
    if (marks.containsKey("federation.openshift-service-mesh.io/peer")) {
      return Optional.of("OpenShift Service Mesh federation");
    }
    // The Services that implementations of the Multi-Cluster Services API derive from a
    // ServiceImport bear its name; the prefix alone would also hit a user's own name.
    if (object.key().name().startsWith("derived-")
        && (marks.containsKey("multicluster.kubernetes.io/service-name")
            || marks.containsKey("multicluster.kubernetes.io/source-cluster")
            || marks.containsKey("multicluster.x-k8s.io/service-imported-name"))) {
      return Optional.of("an implementation of the Multi-Cluster Services API");
    }
    if (marks.containsKey("consul.hashicorp.com/external-source")
        || "consul".equals(marks.get("external-source"))) {
      return Optional.of("consul-k8s");
    }
    return Optional.empty();
  }
}
