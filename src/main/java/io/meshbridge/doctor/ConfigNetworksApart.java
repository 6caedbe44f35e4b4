package io.meshbridge.doctor;

import io.meshbridge.config.BridgeConfig;
import io.meshbridge.config.MeshConfig;
import java.util.List;
import java.util.stream.Stream;

/** Two meshes on networks that nothing joins. */
final class ConfigNetworksApart implements ConfigCheck {
  @Override
  public Trap trap() {
    return Trap.warning(
        "config-networks-apart",
        "",
        "every import between them is refused, since no gateway joins these networks",
        "give both one network name if their addresses reach each other");
  }

  @Override
  public Stream<Finding> look(BridgeConfig config) {
    var named = config.meshes().stream().filter(mesh -> !mesh.mesh().network().isEmpty()).toList();
    return named.stream().flatMap(mesh -> apartFrom(mesh, named).limit(1));
  }

  private Stream<Finding> apartFrom(MeshConfig mesh, List<MeshConfig> named) {
    return named.subList(0, named.indexOf(mesh)).stream()
        .filter(other -> !other.mesh().network().equals(mesh.mesh().network()))
        .map(
            other ->
                found(
                    ConfigKeys.of(mesh, "network"),
                    "network '"
                        + mesh.mesh().network()
                        + "', while mesh "
                        + other.mesh().id()
                        + " is on '"
                        + other.mesh().network()
                        + "'"));
  }
}
