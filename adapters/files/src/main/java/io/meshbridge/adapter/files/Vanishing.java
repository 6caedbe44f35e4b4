package io.meshbridge.adapter.files;

import io.meshbridge.adapter.files.ManifestFolder.FolderReading;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Tells a folder that was emptied from one that was unmounted: of the latter an empty folder is
 * left as well, but it is another one, the mount point.
 */
final class Vanishing {
  private final Path root;
  private String filled = "";

  Vanishing(Path root) {
    this.root = root;
  }

  /**
   * Looks at the folder after it was read.
   *
   * @throws IOException if it is another folder than the one in which manifests were seen, and
   *     there are none in it
   */
  void check(FolderReading reading) throws IOException {
    var identity = FileStamp.of(root).identity();
    if (!reading.files().isEmpty()) {
      filled = identity;
    } else if (!filled.isEmpty() && !filled.equals(identity)) {
      throw new IOException(root + " has become another folder, an empty one: is it mounted?");
    }
  }
}
