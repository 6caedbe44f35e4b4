package io.meshbridge.importing;

import io.meshbridge.catalog.Catalog;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.Sink;
import io.meshbridge.spi.WritePermit;
import io.meshbridge.status.ImportStatus;
import io.meshbridge.status.StatusBoard;
import io.meshbridge.tracing.ImportTracing;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;

/** What an {@link ImportSession} does, one step at a time on the caller's thread. */
public final class SteppedImporter {
  private final TargetMesh target;
  private final Sink sink;
  private final StatusBoard board;
  private final ImportWorker worker;
  private final SequencedSet<ServiceKey> queue = new LinkedHashSet<>();
  private World world;

  /** Begins with everything that is known now. */
  public SteppedImporter(
      TargetMesh target, Sink sink, StatusBoard board, Clock clock, Catalog catalog) {
    this.target = target;
    this.sink = sink;
    this.board = board;
    this.worker =
        new ImportWorker(
            target.id(),
            sink,
            WritePermit.ALWAYS,
            board,
            ImportMetrics.NONE,
            ImportTracing.NONE,
            clock);
    this.world = World.of(target);
    catalogChanged(new Catalog.Change(catalog, Set.of(), Set.copyOf(catalog.meshIds())));
  }

  /**
   * Reads the target.
   *
   * @throws MeshUnavailableException if it cannot; to be tried again
   */
  public void open() throws MeshUnavailableException, InterruptedException {
    sink.start(queue::add);
    repair();
  }

  /** The catalog has changed. */
  public void catalogChanged(Catalog.Change change) {
    take(world.with(change));
  }

  /** Other meshes than before are silent. */
  public void silenceChanged(Map<MeshId, String> silent) {
    take(world.withSilent(silent));
  }

  /** Everything is to be looked at again. */
  public void repair() throws MeshUnavailableException {
    for (MeshId mesh : world.catalog().meshIds()) {
      if (!mesh.equals(target.id())) {
        queue.addAll(world.catalog().services(mesh));
      }
    }
    board.imports(target.id()).stream().map(ImportStatus::service).forEach(queue::add);
    queue.addAll(sink.owned().keySet());
  }

  /** How many services wait. */
  public int backlog() {
    return queue.size();
  }

  /** Works on the service that waits longest. */
  public void workOnce() throws InterruptedException {
    if (queue.isEmpty()) {
      return;
    }
    var service = queue.removeFirst();
    var decision = ImportPlanner.decide(service, world);
    if (waitsForItsName(service, decision)) {
      queue.addLast(service);
      return;
    }
    try {
      worker.carryOut(service, decision);
    } catch (MeshUnavailableException unavailable) {
      worker.postpone(service, decision, String.valueOf(unavailable.getMessage()));
      queue.addLast(service);
    }
  }

  private void take(World.Step step) {
    world = step.world();
    step.touched().stream()
        .filter(service -> !service.mesh().equals(target.id()))
        .forEach(queue::add);
  }

  private boolean waitsForItsName(ServiceKey service, Decision decision) {
    if (!(decision instanceof Decision.Apply apply)) {
      return false;
    }
    var name = apply.service().name();
    var holder = worker.holderOf(name).filter(other -> !other.equals(service));
    if (holder.isEmpty() || wants(holder.get(), name)) {
      return false;
    }
    queue.addFirst(holder.get());
    return true;
  }

  private boolean wants(ServiceKey service, String name) {
    return ImportPlanner.decide(service, world) instanceof Decision.Apply apply
        && apply.service().name().equals(name);
  }
}
