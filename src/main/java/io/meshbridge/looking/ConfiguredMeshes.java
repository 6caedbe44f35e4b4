package io.meshbridge.looking;

import io.meshbridge.config.Adapters;
import io.meshbridge.config.BridgeConfig;
import io.meshbridge.config.MeshConfig;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshDocuments;
import io.meshbridge.spi.MeshUnavailableException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The meshes of a configuration, each read when it is asked for, without a bridge. */
public final class ConfiguredMeshes {
  private final BridgeConfig config;
  private final Adapters adapters;
  private final FolderReader folders;

  /** Of this configuration; nothing is read yet. */
  public ConfiguredMeshes(BridgeConfig config, Adapters adapters, FolderReader folders) {
    this.config = config;
    this.adapters = adapters;
    this.folders = folders;
  }

  /** One of them. */
  public Optional<MeshConfig> find(String id) {
    return all().stream().filter(each -> each.mesh().id().value().equals(id)).findFirst();
  }

  /** All of them, as they are configured. */
  public List<MeshConfig> all() {
    return config.meshes();
  }

  /** The whole configuration. */
  public BridgeConfig config() {
    return config;
  }

  /**
   * All objects of a mesh.
   *
   * @throws UnreadableMeshException saying of which settings it depends
   */
  public MeshAtHand read(MeshConfig mesh) throws UnreadableMeshException, InterruptedException {
    return switch (mesh.backend()) {
      case FILES -> folder(mesh, mesh.settings().path("path").orElseThrow());
      case LIVE -> live(mesh);
    };
  }

  /** A folder as the objects of a mesh. */
  MeshAtHand folder(MeshConfig mesh, Path folder) {
    var read = folders.read(folder);
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

  private MeshAtHand live(MeshConfig mesh) throws UnreadableMeshException, InterruptedException {
    var adapter = adapters.find(mesh.mesh().kind()).orElseThrow();
    var context = new ConnectionContext(config.federation(), mesh.mesh(), Clock.systemUTC());
    try (var connection = adapter.connect(mesh.settings(), context)) {
      return new MeshAtHand(mesh, adapter, connection.translator(), connection.documents());
    } catch (MeshUnavailableException unavailable) {
      throw new UnreadableMeshException(mesh.mesh().id(), unavailable);
    }
  }
}
