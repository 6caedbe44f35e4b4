package io.meshbridge.adapter.files;

import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshDocuments;
import io.meshbridge.spi.MeshUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads a folder once. */
final class FolderDocuments {
  private final Path folder;
  private final ConnectionContext context;

  FolderDocuments(Path folder, ConnectionContext context) {
    this.folder = folder;
    this.context = context;
  }

  MeshDocuments read() throws MeshUnavailableException {
    requireListed();
    var read = new ManifestReader().read(folder, ManifestReader.Progress.SILENT);
    return new MeshDocuments(context.mesh(), read.documents(), List.of(), read.diagnostics());
  }

  /** A folder that is not there says nothing; a file that cannot be read costs itself. */
  private void requireListed() throws MeshUnavailableException {
    try {
      FolderListing.of(folder);
    } catch (IOException unreachable) {
      throw new MeshUnavailableException(
          "cannot read " + folder + ": " + IoReasons.of(unreachable), unreachable);
    }
  }
}
