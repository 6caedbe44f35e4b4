package io.meshbridge.adapter.files;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A folder of manifests, read again and again: files that did not change are not parsed again. For
 * one thread.
 */
final class ManifestFolder {
  private final Path root;
  private final ManifestReader reader;
  private final Clock clock;
  private SortedMap<Path, FileReading> last = new TreeMap<>();

  ManifestFolder(Path root, ManifestReader reader, Clock clock) {
    this.root = root;
    this.reader = reader;
    this.clock = clock;
  }

  /**
   * All manifests of the folder at one time.
   *
   * @param files sorted by path; also those that could not be opened
   * @param changed the files whose content is not that of the reading before, or that are gone
   */
  record FolderReading(SortedMap<Path, FileReading> files, SortedSet<Path> changed) {
    /** Copies. */
    FolderReading {
      files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
      changed = Collections.unmodifiableSortedSet(new TreeSet<>(changed));
    }
  }

  /**
   * Reads what is new.
   *
   * @throws IOException if a folder cannot be listed, so that nobody knows which files there are
   */
  FolderReading read() throws IOException {
    var listing = FolderListing.of(root);
    for (IOException hidden : listing.folderFaults().values()) {
      throw hidden;
    }
    var files = new TreeMap<Path, FileReading>();
    listing.faults().forEach((file, fault) -> files.put(file, unopened(file, fault)));
    for (Path file : listing.files()) {
      read(file).ifPresent(reading -> files.put(file, reading));
    }
    var changed = new TreeSet<Path>();
    files.forEach(
        (file, reading) -> {
          var before = last.get(file);
          if (before == null || !before.digest().equals(reading.digest())) {
            changed.add(file);
          }
        });
    last.keySet().stream().filter(file -> !files.containsKey(file)).forEach(changed::add);
    last = files;
    return new FolderReading(files, changed);
  }

  /** Empty if the file is gone since the folder was listed. */
  private Optional<FileReading> read(Path file) throws ClosedByInterruptException {
    try {
      var stamp = FileStamp.of(file);
      var before = Optional.ofNullable(last.get(file));
      var unchanged = before.filter(known -> known.certain() && known.stamp().equals(stamp));
      return unchanged.isPresent() ? unchanged : Optional.of(readAnew(file, stamp, before));
    } catch (ClosedByInterruptException cancelled) {
      throw cancelled;
    } catch (NoSuchFileException gone) {
      return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
          ? Optional.of(unopened(file, gone))
          : Optional.empty();
    } catch (IOException fault) {
      return Optional.of(unopened(file, fault));
    }
  }

  private FileReading readAnew(Path file, FileStamp stamp, Optional<FileReading> before)
      throws IOException {
    var bytes = reader.bytesOf(file);
    var digest = FileReading.digestOf(bytes);
    boolean certain = stamp.isOldAt(clock.instant());
    var manifests =
        before
            .filter(known -> known.digest().equals(digest))
            .map(FileReading::manifests)
            .orElseGet(() -> reader.readBytes(file.toString(), bytes));
    return new FileReading(stamp, certain, digest, isBlank(bytes), manifests);
  }

  private static boolean isBlank(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).isBlank();
  }

  private static FileReading unopened(Path file, IOException fault) {
    var diagnostic = ManifestReader.unopened(file, fault);
    return new FileReading(
        new FileStamp(0, Instant.EPOCH, ""),
        false,
        "unopened: " + diagnostic.message(),
        false,
        Manifests.faulty(diagnostic));
  }
}
