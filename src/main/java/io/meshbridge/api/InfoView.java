package io.meshbridge.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.meshbridge.config.BridgeConfig;
import io.meshbridge.status.FederationView;
import io.meshbridge.status.LogPositions;
import io.meshbridge.status.MeshStatus;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which build answers, and how it stands in its federation. Facts are named one by one: no setting
 * comes here by itself, so no secret does.
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record InfoView(Build build, Optional<Federation> federation) {
  /**
   * The build.
   *
   * @param commit empty where the image does not say it
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Build(String version, Optional<String> commit) {}

  /** The federation, by the ids of its meshes. */
  record Federation(String name, String bridge, boolean caughtUp, SortedMap<String, Mesh> meshes) {
    static Federation of(BridgeConfig config, FederationView view, LogPositions positions) {
      var meshes = new TreeMap<String, Mesh>();
      view.meshes()
          .forEach(
              mesh -> meshes.put(mesh.id().value(), Mesh.of(mesh, positions.position(mesh.id()))));
      return new Federation(config.federation(), config.bridgeId(), view.caughtUp(), meshes);
    }
  }

  /**
   * One mesh.
   *
   * @param role what this process is to it
   * @param logPosition up to which offset its topic was read; empty while it is not
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Mesh(String kind, String version, String role, OptionalLong logPosition) {
    static Mesh of(MeshStatus mesh, OptionalLong position) {
      return new Mesh(
          mesh.kind(), mesh.version(), mesh.role().name().toLowerCase(Locale.ROOT), position);
    }
  }
}
