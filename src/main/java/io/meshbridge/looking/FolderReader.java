package io.meshbridge.looking;

import io.meshbridge.translation.DocumentFiles;
import java.nio.file.Path;

/** Reads a folder, and shows how far it has come to whom it concerns. */
@FunctionalInterface
public interface FolderReader {
  /** All documents in it and below it. */
  DocumentFiles.Read read(Path folder);
}
