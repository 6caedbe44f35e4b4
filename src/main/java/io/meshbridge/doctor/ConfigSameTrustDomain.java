package io.meshbridge.doctor;

import io.meshbridge.config.BridgeConfig;
import io.meshbridge.config.MeshConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Identities of two meshes in one trust domain look alike. */
final class ConfigSameTrustDomain implements ConfigCheck {
  private static final Set<String> ON_KUBERNETES = Set.of("istio", "linkerd");
  private static final String DEFAULT = "cluster.local";

  @Override
  public Trap trap() {
    return Trap.warning(
        "config-same-trust-domain",
        "",
        "nobody can tell the identities of the one from those of the other",
        "give each mesh a trust domain of its own");
  }

  @Override
  public Stream<Finding> look(BridgeConfig config) {
    Map<String, MeshConfig> first = new HashMap<>();
    return config.meshes().stream().flatMap(mesh -> judge(mesh, first).stream());
  }

  private Optional<Finding> judge(MeshConfig mesh, Map<String, MeshConfig> first) {
    var domain = domainOf(mesh);
    if (domain.isEmpty()) {
      return Optional.empty();
    }
    var other = Optional.ofNullable(first.putIfAbsent(domain, mesh));
    return other.map(
        one ->
            found(
                ConfigKeys.of(mesh, "trust-domain"),
                "the trust domain " + domain + ", which mesh " + one.mesh().id() + " has too"));
  }

  /** What the control planes on Kubernetes take if nobody says otherwise. */
  private static String domainOf(MeshConfig mesh) {
    var said =
        mesh.mesh().trustDomain().isEmpty()
            ? mesh.settings().text("trust-domain").orElse("")
            : mesh.mesh().trustDomain();
    return said.isEmpty() && ON_KUBERNETES.contains(mesh.mesh().kind()) ? DEFAULT : said;
  }
}
