package io.meshbridge.api;

import io.meshbridge.config.Adapters;
import io.meshbridge.config.MeshConfig;
import io.meshbridge.looking.ConfiguredMeshes;
import io.meshbridge.looking.ServedConfiguration;
import io.meshbridge.translation.DocumentFiles;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ServiceUnavailableException;
import java.util.concurrent.Semaphore;

/**
 * The meshes that this process serves, for those who want to look into them. Each is read whole, so
 * that only one looks at a time.
 */
@Singleton
final class ServedMeshes {
  private final ServedConfiguration configuration;
  private final Adapters adapters;
  private final DocumentFiles files;
  private final Semaphore one = new Semaphore(1);

  ServedMeshes(ServedConfiguration configuration, Adapters adapters, DocumentFiles files) {
    this.configuration = configuration;
    this.adapters = adapters;
    this.files = files;
  }

  /**
   * What somebody wants to know of them.
   *
   * @param <T> the answer
   * @param <E> why there is none
   */
  @FunctionalInterface
  interface Look<T, E extends Exception> {
    T at(ConfiguredMeshes meshes) throws E, InterruptedException;
  }

  /**
   * Looks at them.
   *
   * @throws BusyException if somebody else does
   * @throws ServiceUnavailableException if no bridge runs here
   */
  <T, E extends Exception> T look(Look<T, E> look) throws E, InterruptedException {
    var meshes = meshes();
    if (!one.tryAcquire()) {
      throw new BusyException(
          "another request reads the meshes just now; ask again when it has been answered");
    }
    try {
      return look.at(meshes);
    } finally {
      one.release();
    }
  }

  /**
   * One of them.
   *
   * @throws UnknownMeshException if this process does not serve it
   */
  static MeshConfig require(ConfiguredMeshes meshes, String id) {
    var ids = meshes.all().stream().map(each -> each.mesh().id().value()).toList();
    return meshes.find(id).orElseThrow(() -> new UnknownMeshException(id, ids));
  }

  private ConfiguredMeshes meshes() {
    var config =
        configuration
            .current()
            .orElseThrow(
                () -> new ServiceUnavailableException("this process serves no federation"));
    return new ConfiguredMeshes(
        config, adapters, folder -> files.read(folder, DocumentFiles.Progress.SILENT));
  }
}
