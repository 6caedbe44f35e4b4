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
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One mesh that this process serves: stands for election as long as the mesh is a member, and runs
 * a {@link Term} whenever it is elected. All that happens to it happens on one thread, in order.
 */
final class ServedMesh implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ServedMesh.class);
  private static final Duration MEMBERSHIP_LOOK = Duration.ofSeconds(1);
  private static final Duration MEMBERS_LOOK = Duration.ofMillis(20);

  private final MeshId mesh;
  private final String kind;
  private final CatalogKeeper catalog;
  private final BooleanSupplier membersAreKnown;
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

  /**
   * Begins to serve.
   *
   * @param membersAreKnown whether a mesh that the catalog has no member of is none
   */
  ServedMesh(
      MeshId mesh,
      String kind,
      CatalogKeeper catalog,
      BooleanSupplier membersAreKnown,
      Candidacy candidacy,
      Terms terms) {
    this.mesh = mesh;
    this.kind = kind;
    this.catalog = catalog;
    this.membersAreKnown = membersAreKnown;
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

  /** How long ago the mesh's source last said something; empty while standby, or if it has not. */
  Optional<Duration> sinceHeard() {
    var now = term;
    return now == null ? Optional.empty() : now.sinceHeard();
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
      while (!membersAreKnown.getAsBoolean()) {
        Threads.pause(MEMBERS_LOOK);
      }
      while (true) {
        awaitMembership();
        standForElection();
      }
    } catch (InterruptedException ended) {
      LOG.debugf("no longer served mesh=%s", mesh);
    }
  }

  private void awaitMembership() throws InterruptedException {
    var told = Optional.<String>empty();
    for (var why = obstacle(); why.isPresent(); why = obstacle()) {
      if (!why.equals(told)) {
        LOG.warnf("%s mesh=%s", why.get(), mesh);
        told = why;
      }
      var known = why;
      catalog.await(now -> !obstacle().equals(known), Duration.ofMinutes(1));
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
    return obstacle().isEmpty();
  }

  /** Why the mesh takes no part, and what to do about it; empty if it does. */
  private Optional<String> obstacle() {
    var member =
        catalog.current().member(mesh).filter(known -> known.state() == Member.State.ACTIVE);
    if (member.isEmpty()) {
      return Optional.of(
          "mesh is no member of the federation, so it neither publishes nor imports; add it with"
              + " 'meshbridge members add %s --kind %s'".formatted(mesh, kind));
    }
    // Two meshes under one id would withdraw each other's services, whoever leads.
    return member
        .map(Member::kind)
        .filter(other -> !other.equals(kind))
        .map(
            other ->
                ("the member of this id is of kind '%s', and the mesh of kind '%s', so it neither"
                        + " publishes nor imports; give the mesh another id, or say that it is the"
                        + " one with 'meshbridge members add %s --kind %s'")
                    .formatted(other, kind, mesh, kind));
  }
}
