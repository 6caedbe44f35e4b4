package io.meshbridge.adapter.files;

import io.meshbridge.adapter.files.Occupant.Foreign;
import io.meshbridge.adapter.files.Occupant.Nobody;
import io.meshbridge.adapter.files.Occupant.Ours;
import io.meshbridge.model.Import;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.ApplyOutcome;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.NativeDocument;
import io.meshbridge.spi.Sink;
import io.meshbridge.spi.Translation;
import io.meshbridge.spi.Translator;
import io.meshbridge.spi.Translator.WriteContext;
import io.meshbridge.spi.WritePermit;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Writes imports as files, one per native object, into a folder of the mesh. */
final class FilesSink implements Sink, AutoCloseable {
  private final FilesSettings settings;
  private final WriteContext target;
  private final Translator translator;
  private final ManifestWriter writer = new ManifestWriter();
  private final ImportsFolder folder;
  private final DriftWatch drift;

  /**
   * One at a time reads or writes the folder: a scan that overlapped a write would take over what
   * stood there before, and a removal would then miss the file.
   */
  private final ReentrantLock turn = new ReentrantLock();

  // Guarded by turn.
  private final OwnFiles own = new OwnFiles();
  private final Map<Path, ServiceKey> conflicts = new HashMap<>();
  private boolean read;

  FilesSink(
      FilesSettings settings,
      ConnectionContext context,
      Translator translator,
      LongSupplier nanoTime) {
    this.settings = settings;
    this.target = new WriteContext(context.federation(), context.mesh().id(), settings.namespace());
    this.translator = translator;
    this.folder =
        new ImportsFolder(
            settings.imports(), target.federation(), target.target(), translator, context.clock());
    this.drift = new DriftWatch(settings, context.mesh().id(), nanoTime);
  }

  @Override
  public void start(Consumer<ServiceKey> touched)
      throws MeshUnavailableException, InterruptedException {
    inTurn(
        "read " + settings.imports(),
        () -> {
          folder.create(settings.folder());
          return scan();
        });
    drift.start(() -> inTurn("read " + settings.imports(), this::scan), touched);
  }

  @Override
  public Map<ServiceKey, Ownership> owned() throws MeshUnavailableException {
    turn.lock();
    try {
      requireRead();
      return own.owned();
    } finally {
      turn.unlock();
    }
  }

  @Override
  public boolean holds(ServiceKey service) throws MeshUnavailableException {
    turn.lock();
    try {
      requireRead();
      return own.holds(service);
    } finally {
      turn.unlock();
    }
  }

  private void requireRead() throws MeshUnavailableException {
    if (!read) {
      throw new MeshUnavailableException(settings.imports() + " has not been read yet");
    }
  }

  @Override
  public ApplyOutcome apply(Import desired, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    return inTurn(
        "write the import of " + desired.service(),
        () ->
            switch (translator.write(desired, target)) {
              case Translation.Refused refused -> {
                removeOthers(desired.service(), Set.of(), permit);
                yield new ApplyOutcome.Refused(refused.losses());
              }
              case Translation.Written written -> write(desired, written, permit);
            });
  }

  @Override
  public boolean remove(ServiceKey service, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    return inTurn("remove the import of " + service, () -> removeOthers(service, Set.of(), permit));
  }

  @Override
  public List<String> tidy(WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    drift.close();
    return inTurn(
        "remove " + settings.imports(),
        () -> {
          permit.check();
          return folder.removeIfEmpty()
              ? List.of()
              : List.of("folder " + settings.imports() + " holds files that are not ours");
        });
  }

  /** Ends the watch. What was written stays. */
  @Override
  public void close() {
    drift.close();
  }

  private ApplyOutcome write(Import desired, Translation.Written written, WritePermit permit)
      throws IOException {
    var service = desired.service();
    folder.create(settings.folder());
    var wanted = new LinkedHashMap<Path, NativeDocument>();
    for (NativeDocument document : written.documents()) {
      var name = ImportFiles.nameOf(service, document, translator.fileFormat());
      wanted.put(folder.file(name), document);
    }
    var standing = new LinkedHashMap<Path, Occupant>();
    for (Path path : wanted.keySet()) {
      var occupant = folder.at(path);
      var holder = otherHolder(occupant, service);
      if (holder.isPresent()) {
        conflicts.put(path, service);
        removeOthers(service, Set.of(), permit);
        return new ApplyOutcome.Conflict(desired.name(), holder.get());
      }
      standing.put(path, occupant);
    }
    conflicts.values().removeIf(service::equals);
    boolean wrote = put(wanted, standing, permit);
    boolean removed = removeOthers(service, wanted.keySet(), permit);
    return new ApplyOutcome.Applied(
        desired.name(), wrote || removed, written.callable(), written.losses());
  }

  private boolean put(
      SequencedMap<Path, NativeDocument> wanted, Map<Path, Occupant> standing, WritePermit permit)
      throws IOException {
    boolean wrote = false;
    for (var file : wanted.entrySet()) {
      var bytes = writer.write(file.getValue(), translator.fileFormat());
      var occupant = standing.getOrDefault(file.getKey(), new Nobody());
      boolean same =
          occupant instanceof Ours ours && ours.digest().equals(FileReading.digestOf(bytes));
      if (!same) {
        folder.write(file.getKey(), bytes, occupant, permit);
        wrote = true;
      }
      note(file.getKey());
    }
    return wrote;
  }

  /** Removes the files of a service but for those that are wanted; only what is still ours. */
  private boolean removeOthers(ServiceKey service, Set<Path> wanted, WritePermit permit)
      throws IOException {
    if (!read) {
      scan();
    }
    boolean removed = false;
    var others = new TreeSet<>(own.of(service));
    others.removeAll(wanted);
    for (Path path : others) {
      if (folder.at(path) instanceof Ours ours && ours.ownership().service().equals(service)) {
        folder.delete(path, permit);
        removed = true;
      }
      note(path);
    }
    return removed;
  }

  /** Notes what stands at a path now, so that the next scan finds no news in it. */
  private void note(Path path) throws IOException {
    if (folder.at(path) instanceof Ours ours) {
      own.put(path, ours);
    } else {
      own.remove(path);
    }
  }

  /** Looks at all files, and returns the services that somebody touched. */
  private Set<ServiceKey> scan() throws IOException {
    var touched = own.replaceBy(folder.ours());
    for (var conflict : List.copyOf(conflicts.entrySet())) {
      if (otherHolder(folder.at(conflict.getKey()), conflict.getValue()).isEmpty()) {
        conflicts.remove(conflict.getKey());
        touched.add(conflict.getValue());
      }
    }
    read = true;
    return touched;
  }

  /**
   * Who holds a place that this service's import wants, if it is not this import. Another import of
   * ours can, since a name can be made to look like the hashed form of another.
   */
  private static Optional<String> otherHolder(Occupant occupant, ServiceKey service) {
    return switch (occupant) {
      case Nobody ignored -> Optional.empty();
      case Foreign(String holder) -> Optional.of(holder);
      case Ours ours when ours.ownership().service().equals(service) -> Optional.empty();
      case Ours ours -> Optional.of("the import of " + ours.ownership().service());
    };
  }

  /** Something done to the folder, whose faults are the folder's. */
  @FunctionalInterface
  private interface FolderTask<T> {
    T run() throws IOException;
  }

  private <T> T inTurn(String what, FolderTask<T> task)
      throws MeshUnavailableException, InterruptedException {
    turn.lockInterruptibly();
    try {
      return task.run();
    } catch (ClosedByInterruptException cancelled) {
      throw new InterruptedException("interrupted while trying to " + what);
    } catch (IOException fault) {
      throw new MeshUnavailableException("cannot " + what + ": " + IoReasons.of(fault), fault);
    } finally {
      turn.unlock();
    }
  }
}
