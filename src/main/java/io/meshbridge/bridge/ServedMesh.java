package io.meshbridge.bridge;

import io.meshbridge.catalog.CatalogKeeper;
import io.meshbridge.concurrent.Threads;
import io.meshbridge.leadership.ElectionListener;
import io.meshbridge.leadership.Lease;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One mesh that this process serves: stands for election as long as the mesh is a member, and runs
 * a {@link Term} whenever it is elected. All that happens to it happens on one thread, in order.
 */
final class ServedMesh implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ServedMesh.class);
  private static final Duration MEMBERSHIP_LOOK = Duration.ofSeconds(1);

  private final MeshId mesh;
  private final CatalogKeeper catalog;
  private final Candidacy candidacy;
  private final Terms terms;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile @Nullable Term term;

  /** Makes a new candidate; it stands for election while its run method runs. */
  @FunctionalInterface
  interface Candidacy {
    /** Stands until interrupted. */
    void stand(ElectionListener listener) throws InterruptedException;
  }

  /** Begins terms. */
  @FunctionalInterface
  interface Terms {
    /** Begins one; {@code fenced} is told if another process takes over. */
    Term begin(Lease lease, Runnable fenced) throws InterruptedException;
  }

  private sealed interface Event {
    record Elected(Lease lease) implements Event {}

    record Lost(String reason) implements Event {}

    record Fenced() implements Event {}
  }

  /** Begins to serve. */
  ServedMesh(MeshId mesh, CatalogKeeper catalog, Candidacy candidacy, Terms terms) {
    this.mesh = mesh;
    this.catalog = catalog;
    this.candidacy = candidacy;
    this.terms = terms;
    this.thread = Thread.ofVirtual().name("serve-" + mesh).start(this::serve);
  }

  MeshId id() {
    return mesh;
  }

  /** Whether this process speaks for the mesh. */
  boolean leads() {
    return term != null;
  }

  /** Other meshes than before are silent. */
  void silenceChanged(Map<MeshId, String> silent) {
    var now = term;
    if (now != null) {
      now.silenceChanged(silent);
    }
  }

  /** Operators have given or lifted orders. */
  void ordersChanged() {
    var now = term;
    if (now != null) {
      now.ordersChanged();
    }
  }

  /** How many imports wait for their turn. */
  int backlog() {
    var now = term;
    return now == null ? 0 : now.backlog();
  }

  /** The services of the mesh that cannot be exported, each with the reason; none while standby. */
  Map<ServiceKey, String> faults() {
    var now = term;
    return now == null ? Map.of() : now.faults();
  }

  /** Leaves the election and ends the term. */
  @Override
  public void close() {
    thread.interrupt();
    Threads.join(thread);
  }

  private void serve() {
    try {
      while (true) {
        awaitMembership();
        standForElection();
      }
    } catch (InterruptedException ended) {
      LOG.debugf("no longer served mesh=%s", mesh);
    }
  }

  private void awaitMembership() throws InterruptedException {
    if (!isMember()) {
      LOG.warnf(
          "mesh is no member of the federation, so it neither publishes nor imports; add it with"
              + " 'meshbridge members add %s' mesh=%s",
          mesh, mesh);
    }
    while (!catalog.await(now -> isMember(), Duration.ofMinutes(1))) {
      LOG.debugf("still no member mesh=%s", mesh);
    }
  }

  /** Returns when the mesh is no member any more, or to stand anew after having been fenced. */
  private void standForElection() throws InterruptedException {
    var candidate = Thread.ofPlatform().daemon().name("elect-" + mesh).start(this::stand);
    try {
      while (isMember()) {
        var event = events.poll(MEMBERSHIP_LOOK.toMillis(), TimeUnit.MILLISECONDS);
        switch (event) {
          case null -> {}
          case Event.Elected(var lease) -> begin(lease);
          case Event.Lost(var reason) -> end(reason);
          case Event.Fenced ignored -> {
            end("fenced");
            return;
          }
        }
      }
      end("no member any more");
    } finally {
      // First the term, so that nothing is written when the group hears that we leave.
      end("no longer served");
      candidate.interrupt();
      Threads.join(candidate);
      events.clear();
    }
  }

  private void stand() {
    try {
      candidacy.stand(
          new ElectionListener() {
            @Override
            public void elected(Lease lease) {
              events.add(new Event.Elected(lease));
            }

            @Override
            public void lost(String reason) {
              events.add(new Event.Lost(reason));
            }
          });
    } catch (InterruptedException ended) {
      LOG.debugf("left the election mesh=%s", mesh);
    }
  }

  private void begin(Lease lease) throws InterruptedException {
    end("elected anew");
    LOG.infof("speaks for the mesh mesh=%s", mesh);
    term = terms.begin(lease, () -> events.add(new Event.Fenced()));
  }

  private void end(String reason) {
    var ending = term;
    if (ending != null) {
      term = null;
      ending.close();
      LOG.infof("speaks no longer for the mesh mesh=%s reason=%s", mesh, reason);
    }
  }

  private boolean isMember() {
    return catalog
        .current()
        .member(mesh)
        .filter(member -> member.state() == Member.State.ACTIVE)
        .isPresent();
  }
}
