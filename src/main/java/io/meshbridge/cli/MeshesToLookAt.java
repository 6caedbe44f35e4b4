package io.meshbridge.cli;

import io.meshbridge.config.Adapters;
import io.meshbridge.config.BridgeConfig;
import io.meshbridge.config.MeshConfig;
import io.meshbridge.looking.ConfiguredMeshes;
import io.meshbridge.translation.DocumentFiles;

/** Reads the meshes of a configuration for commands, with a progress bar for folders. */
final class MeshesToLookAt {
  private MeshesToLookAt() {}

  static ConfiguredMeshes of(
      BridgeConfig config, Adapters adapters, DocumentFiles files, Terminal terminal) {
    return new ConfiguredMeshes(
        config,
        adapters,
        folder -> {
          var progress = new ProgressBar(terminal);
          var read = files.read(folder, progress);
          progress.clear();
          return read;
        });
  }

  /**
   * One of them.
   *
   * @param option which names it
   */
  static MeshConfig require(ConfiguredMeshes meshes, String option, String id) {
    var ids = meshes.all().stream().map(each -> each.mesh().id().value()).toList();
    return meshes
        .find(id)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    option + ": '" + id + "' is not configured; there are " + ids));
  }
}
