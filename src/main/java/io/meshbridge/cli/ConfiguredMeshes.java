package io.meshbridge.cli;

import io.meshbridge.config.Adapters;
import io.meshbridge.config.BridgeConfig;
import io.meshbridge.config.MeshConfig;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshDocuments;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.translation.DocumentFiles;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** The meshes of a configuration, each read when it is asked for, without a bridge. */
final class ConfiguredMeshes {
  private final BridgeConfig config;
  private final Adapters adapters;
  private final DocumentFiles files;
  private final Terminal terminal;

  ConfiguredMeshes(BridgeConfig config, Adapters adapters, DocumentFiles files, Terminal terminal) {
    this.config = config;
    this.adapters = adapters;
    this.files = files;
    this.terminal = terminal;
  }

  /**
   * One of them.
   *
   * @param option which names it
   */
  MeshConfig require(String option, String id) {
    var ids = all().stream().map(each -> each.mesh().id().value()).toList();
    return all().stream()
        .filter(each -> each.mesh().id().value().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    option + ": '" + id + "' is not configured; there are " + ids));
  }

  List<MeshConfig> all() {
    return config.meshes();
  }

  BridgeConfig config() {
    return config;
  }

  /**
   * All objects of a mesh.
   *
   * @throws UnreachableException saying of which setting it depends
   */
  MeshAtHand read(MeshConfig mesh) throws UnreachableException, InterruptedException {
    return switch (mesh.backend()) {
      case FILES -> folder(mesh, mesh.settings().path("path").orElseThrow());
      case LIVE -> live(mesh);
    };
  }

  /** A folder as the objects of a mesh. */
  MeshAtHand folder(MeshConfig mesh, Path folder) {
    var progress = new ProgressBar(terminal);
    var read = files.read(folder, progress);
    progress.clear();
    return folder(
        mesh, new MeshDocuments(mesh.mesh(), read.documents(), List.of(), read.diagnostics()));
  }

  /** A mesh in which nothing stands yet. */
  MeshAtHand nothing(MeshConfig mesh) {
    return folder(mesh, new MeshDocuments(mesh.mesh(), List.of(), List.of(), List.of()));
  }

  private MeshAtHand folder(MeshConfig mesh, MeshDocuments content) {
    var adapter = adapters.find(mesh.mesh().kind()).orElseThrow();
    return new MeshAtHand(mesh, adapter, adapter.translator(), content);
  }

  private MeshAtHand live(MeshConfig mesh) throws UnreachableException, InterruptedException {
    var adapter = adapters.find(mesh.mesh().kind()).orElseThrow();
    var context = new ConnectionContext(config.federation(), mesh.mesh(), Clock.systemUTC());
    try (var connection = adapter.connect(mesh.settings(), context)) {
      return new MeshAtHand(mesh, adapter, connection.translator(), connection.documents());
    } catch (MeshUnavailableException unavailable) {
      throw new UnreachableException(
          "mesh "
              + mesh.mesh().id()
              + " cannot be read: "
              + unavailable.getMessage()
              + "; see the settings of meshbridge.meshes."
              + mesh.mesh().id(),
          unavailable);
    }
  }
}
