package io.meshbridge.api;

import io.meshbridge.model.ContentHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/** A file that holds a token. What it holds counts, also after it has changed. */
final class TokenFile {
  /** Fewer bytes could be guessed. */
  static final int LEAST_BYTES = 32;

  private static final Logger LOG = Logger.getLogger(TokenFile.class);

  /** How long a change may stay unseen. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Path file;
  private final LongSupplier nanoTime;

  // Guards all below.
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<Stamp> seen = Optional.empty();
  private Optional<String> hash = Optional.empty();
  private long lookedAt;
  private boolean hasLooked;

  TokenFile(Path file, LongSupplier nanoTime) {
    this.file = file;
    this.nanoTime = nanoTime;
  }

  private record Stamp(FileTime modified, long size, Object key) {}

  /** Why the file cannot be used; empty if it can. */
  static Optional<String> faultOf(Path file) {
    try {
      int size = token(file).length();
      return size >= LEAST_BYTES
          ? Optional.empty()
          : Optional.of(
              "'"
                  + file
                  + "' holds "
                  + size
                  + " bytes; a token must have "
                  + LEAST_BYTES
                  + " or more");
    } catch (IOException unreadable) {
      return Optional.of("'" + file + "' cannot be read: " + unreadable);
    }
  }

  /** Whether it holds this token. Takes as long for a nearly right one as for any other. */
  boolean holds(String token) {
    var wanted = current().map(TokenFile::bytes);
    var given = bytes(ContentHash.of(token));
    return wanted.isPresent() && MessageDigest.isEqual(wanted.get(), given);
  }

  private Optional<String> current() {
    lock.lock();
    try {
      long now = nanoTime.getAsLong();
      if (!hasLooked || now - lookedAt >= LOOK.toNanos()) {
        lookedAt = now;
        hasLooked = true;
        look();
      }
      return hash;
    } finally {
      lock.unlock();
    }
  }

  private void look() {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      var stamp =
          new Stamp(
              attributes.lastModifiedTime(),
              attributes.size(),
              Optional.ofNullable(attributes.fileKey()).orElse(""));
      if (!seen.equals(Optional.of(stamp))) {
        seen = Optional.of(stamp);
        var token = token(file);
        boolean isLongEnough = token.length() >= LEAST_BYTES;
        hash = isLongEnough ? Optional.of(ContentHash.of(token)) : Optional.empty();
        LOG.infof("token file read file=%s usable=%s", file, isLongEnough);
      }
    } catch (IOException unreadable) {
      // Whoever takes a token away wants it to count no longer.
      if (seen.isPresent()) {
        LOG.warnf("token file cannot be read file=%s reason=%s", file, unreadable);
      }
      seen = Optional.empty();
      hash = Optional.empty();
    }
  }

  /** A character for each byte, as headers are read, too. */
  private static String token(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1).strip();
  }

  private static byte[] bytes(String hash) {
    return hash.getBytes(StandardCharsets.US_ASCII);
  }
}
