package io.meshbridge.adapter.files;

import io.meshbridge.adapter.files.ManifestFolder.FolderReading;
import io.meshbridge.adapter.files.Occupant.Foreign;
import io.meshbridge.adapter.files.Occupant.Nobody;
import io.meshbridge.adapter.files.Occupant.Ours;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.Ownership;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.Translator;
import io.meshbridge.spi.WritePermit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files in which imports stand: who owns them, and how they change whole or not at all. */
final class ImportsFolder {
  /**
   * After this long a temporary file is what a crash left behind, or a process that stands still,
   * whose lease has run out meanwhile: what it would put in place is no longer wanted.
   */
  private static final Duration ABANDONED = Duration.ofSeconds(10);

  private final Path folder;
  private final String federation;
  private final MeshId target;
  private final Translator translator;
  private final Clock clock;
  private final ManifestReader reader = new ManifestReader();
  private final ManifestFolder manifests;

  ImportsFolder(Path folder, String federation, MeshId target, Translator translator, Clock clock) {
    this.folder = folder;
    this.federation = federation;
    this.target = target;
    this.translator = translator;
    this.clock = clock;
    this.manifests = new ManifestFolder(folder, reader, clock);
  }

  /** Creates it in the mesh's folder, which must exist: else an unmounted mesh would be filled. */
  void create(Path mesh) throws IOException {
    // Fails with the reason if the mesh's folder cannot be read.
    Files.newDirectoryStream(mesh).close();
    Files.createDirectories(folder);
  }

  /** Whether it is no more: nothing but what we wrote goes with it. */
  boolean removeIfEmpty() throws IOException {
    try {
      Files.deleteIfExists(folder);
      return true;
    } catch (DirectoryNotEmptyException othersFiles) {
      return false;
    }
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** All files of ours. */
  SortedMap<Path, Ours> ours() throws IOException {
    var ours = new TreeMap<Path, Ours>();
    FolderReading reading = manifests.read();
    reading
        .files()
        .forEach(
            (path, file) ->
                owner(file.manifests())
                    .ifPresent(ownership -> ours.put(path, new Ours(ownership, file.digest()))));
    return ours;
  }

  /** Who stands at a path just now. */
  Occupant at(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return new Nobody();
    }
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      return new Foreign(path + ", which is no file");
    }
    var bytes = reader.bytesOf(path);
    Optional<Occupant> ours =
        owner(reader.readBytes(path.toString(), bytes))
            .map(ownership -> new Ours(ownership, FileReading.digestOf(bytes)));
    return ours.orElse(new Foreign("file " + path));
  }

  /**
   * Puts the bytes at the path, so that a reader sees the old file or the new one, never a part.
   *
   * @param seen who stood there when the write was decided
   * @throws FileAlreadyExistsException if somebody else stands there now, or writes there
   */
  void write(Path path, byte[] bytes, Occupant seen, WritePermit permit) throws IOException {
    var temporary = path.resolveSibling("." + path.getFileName() + ".tmp");
    discardAbandoned(temporary);
    // Taken in one step: of two writers, one fails here.
    try (var channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      var buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    } catch (FileAlreadyExistsException otherWriter) {
      throw otherWriter;
    } catch (IOException failed) {
      Files.deleteIfExists(temporary);
      throw failed;
    }
    try {
      permit.check();
      // A move would also replace what somebody put there since.
      if (!at(path).equals(seen)) {
        throw new FileAlreadyExistsException(path.toString(), null, "changed meanwhile");
      }
      Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  void delete(Path path, WritePermit permit) throws IOException {
    permit.check();
    Files.deleteIfExists(path);
  }

  /** Whose import a file is, if all in it is one import of this federation and mesh. */
  private Optional<Ownership> owner(Manifests content) {
    if (!content.isWhole() || content.documents().isEmpty()) {
      return Optional.empty();
    }
    var services = new HashSet<>();
    Optional<Ownership> first = Optional.empty();
    for (Document document : content.documents()) {
      var ownership =
          translator.ownership(document).filter(found -> found.isOf(federation, target));
      if (ownership.isEmpty()) {
        return Optional.empty();
      }
      services.add(ownership.get().service());
      first = first.or(() -> ownership);
    }
    return services.size() == 1 ? first : Optional.empty();
  }

  private void discardAbandoned(Path temporary) throws IOException {
    if (Files.exists(temporary, LinkOption.NOFOLLOW_LINKS)) {
      var modified = Files.getLastModifiedTime(temporary, LinkOption.NOFOLLOW_LINKS).toInstant();
      if (modified.plus(ABANDONED).isBefore(clock.instant())) {
        Files.deleteIfExists(temporary);
      }
    }
  }
}
