package io.meshbridge.exporting;

import io.meshbridge.concurrent.Threads;
import io.meshbridge.model.MeshId;
import io.meshbridge.spi.Observation;
import io.meshbridge.spi.Source;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/** Runs a mesh's source on a thread of its own, and keeps what it says until that is asked for. */
final class SourceReading {
  private static final Logger LOG = Logger.getLogger(SourceReading.class);
  private static final int INBOX = 10_000;
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final MeshId mesh;
  private final Source source;
  private final Clock clock;
  private final LongSupplier nanoTime;
  // A source that says more than is taken in has to wait.
  private final BlockingQueue<Observation> inbox = new ArrayBlockingQueue<>(INBOX);
  private volatile Optional<Long> heardAt = Optional.empty();

  SourceReading(MeshId mesh, Source source, Clock clock, LongSupplier nanoTime) {
    this.mesh = mesh;
    this.source = source;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /** A source that runs. */
  interface Running {
    /** Ends it, and waits until it has ended. */
    void end();
  }

  /** Begins. */
  Running start() {
    var thread = Thread.ofVirtual().name("source-" + mesh).start(this::run);
    return () -> {
      thread.interrupt();
      Threads.join(thread);
    };
  }

  /** What was said next; empty if nothing was within this time. */
  Optional<Observation> next(Duration patience) throws InterruptedException {
    return Optional.ofNullable(inbox.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** All that was said and has not been taken yet. */
  List<Observation> rest() {
    var rest = new ArrayList<Observation>();
    inbox.drainTo(rest);
    return rest;
  }

  /** Whether all that was said has been taken. */
  boolean isTaken() {
    return inbox.isEmpty();
  }

  /** How long ago the source last said something of its mesh; empty if it has not yet. */
  Optional<Duration> sinceHeard() {
    return heardAt.map(at -> Duration.ofNanos(nanoTime.getAsLong() - at));
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        runUntilTrouble();
      }
    } catch (InterruptedException ended) {
      LOG.debugf("source ended mesh=%s", mesh);
    }
  }

  /**
   * A source mends its own troubles; what it throws is a fault in it. What it said stands, as
   * stale, and it is asked anew, since the fault may lie in one passing state of the mesh.
   */
  private void runUntilTrouble() throws InterruptedException {
    try {
      source.run(this::receive);
    } catch (RuntimeException bug) {
      LOG.errorf(bug, "source failed unexpectedly mesh=%s", mesh);
      receive(new Observation.Interrupted("internal error: " + bug, clock.instant()));
      Threads.pause(RETRY);
    }
  }

  private void receive(Observation observation) {
    if (!(observation instanceof Observation.Interrupted)) {
      heardAt = Optional.of(nanoTime.getAsLong());
    }
    try {
      inbox.put(observation);
    } catch (InterruptedException ended) {
      // A source is told to end by interruption: the flag must reach it.
      Thread.currentThread().interrupt();
    }
  }
}
