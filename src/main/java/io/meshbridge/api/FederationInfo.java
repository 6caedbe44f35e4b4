package io.meshbridge.api;

import io.meshbridge.config.BridgeConfig;
import io.meshbridge.looking.ServedConfiguration;
import io.meshbridge.status.FederationView;
import io.meshbridge.status.LogPositions;
import io.meshbridge.status.MeshStatus;
import io.quarkus.info.runtime.spi.InfoContributor;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which federation this process takes part in, and what it is to each mesh, under {@code /q/info}.
 * Names facts one by one: no setting comes here by itself, so no secret does.
 */
@Singleton
final class FederationInfo implements InfoContributor {
  private final ServedConfiguration configuration;
  private final FederationView federation;
  private final LogPositions positions;

  FederationInfo(
      ServedConfiguration configuration, FederationView federation, LogPositions positions) {
    this.configuration = configuration;
    this.federation = federation;
    this.positions = positions;
  }

  @Override
  public String name() {
    return "federation";
  }

  @Override
  public Map<String, Object> data() {
    return configuration.current().map(this::facts).orElse(Map.of());
  }

  private Map<String, Object> facts(BridgeConfig config) {
    var meshes = new TreeMap<String, Object>();
    federation.meshes().forEach(mesh -> meshes.put(mesh.id().value(), facts(mesh)));
    return Map.of(
        "name", config.federation(),
        "bridge", config.bridgeId(),
        "caughtUp", federation.caughtUp(),
        "meshes", meshes);
  }

  private Map<String, Object> facts(MeshStatus mesh) {
    var facts = new TreeMap<String, Object>();
    facts.put("kind", mesh.kind());
    facts.put("version", mesh.version());
    facts.put("role", mesh.role().name().toLowerCase(Locale.ROOT));
    positions.position(mesh.id()).ifPresent(offset -> facts.put("logPosition", offset));
    return facts;
  }
}
