package io.meshbridge.doctor;

import io.meshbridge.config.BridgeConfig;
import io.meshbridge.config.MeshConfig;
import java.util.stream.Stream;

/** Istio's keys are RSA by default, which no Linkerd proxy can speak TLS with. */
final class ConfigRsaFacingLinkerd implements ConfigCheck {
  @Override
  public Trap trap() {
    return Trap.warning(
        "config-istio-faces-linkerd",
        "",
        "Istio's workload keys are RSA unless told otherwise, and no Linkerd proxy can speak TLS"
            + " with those",
        "see to it that Istio's proxyMetadata has ECC_SIGNATURE_ALGORITHM ECDSA before mTLS is to"
            + " pass between them");
  }

  @Override
  public Stream<Finding> look(BridgeConfig config) {
    boolean linkerd = config.meshes().stream().anyMatch(mesh -> isOf(mesh, "linkerd"));
    return config.meshes().stream()
        .filter(mesh -> linkerd && isOf(mesh, "istio"))
        .map(mesh -> found(ConfigKeys.of(mesh, "kind"), "Istio beside Linkerd"));
  }

  private static boolean isOf(MeshConfig mesh, String kind) {
    return mesh.mesh().kind().equals(kind);
  }
}
