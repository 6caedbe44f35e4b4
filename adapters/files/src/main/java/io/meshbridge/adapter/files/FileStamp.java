package io.meshbridge.adapter.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;

/**
 * What the file system says of a file. Equal stamps mean equal content, unless the file was changed
 * again within one tick of the file system's clock: see {@link #isOldAt}.
 *
 * @param size in bytes
 * @param modified when it was last changed
 * @param identity the file system's own name for it; changes when another file takes the path
 */
record FileStamp(long size, Instant modified, String identity) {
  private static final Duration TICK = Duration.ofSeconds(2);

  static FileStamp of(Path file) throws IOException {
    var attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return new FileStamp(
        attributes.size(),
        attributes.lastModifiedTime().toInstant(),
        String.valueOf(attributes.fileKey()));
  }

  /** Whether a later change would surely show in the stamp: it was not made just now. */
  boolean isOldAt(Instant now) {
    return Duration.between(modified, now).abs().compareTo(TICK) > 0;
  }
}
