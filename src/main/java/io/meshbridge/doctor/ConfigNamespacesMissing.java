package io.meshbridge.doctor;

import io.meshbridge.config.BridgeConfig;
import io.meshbridge.config.MeshConfig;
import io.meshbridge.config.MeshConfig.Backend;
import java.util.stream.Stream;

/** Imports that go into namespaces of others, which may not be there. */
final class ConfigNamespacesMissing implements ConfigCheck {
  @Override
  public Trap trap() {
    return Trap.warning(
        "config-namespaces-missing",
        "",
        "each import goes into the namespace that its service has at home, and fails where there is"
            + " none of that name",
        "set settings.namespace, or settings.create-namespace: true");
  }

  @Override
  public Stream<Finding> look(BridgeConfig config) {
    return config.meshes().stream()
        .filter(mesh -> mesh.backend() == Backend.LIVE && mesh.mesh().kind().equals("linkerd"))
        .filter(ConfigNamespacesMissing::leavesItToChance)
        .map(
            mesh ->
                found(
                    ConfigKeys.of(mesh, "settings.create-namespace"),
                    "a Linkerd without a namespace for imports"));
  }

  private static boolean leavesItToChance(MeshConfig mesh) {
    return mesh.settings().text("namespace").isEmpty()
        && !mesh.settings().text("create-namespace").orElse("false").equals("true");
  }
}
