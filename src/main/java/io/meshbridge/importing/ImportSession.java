package io.meshbridge.importing;

import io.meshbridge.catalog.Catalog;
import io.meshbridge.concurrent.KeyedQueue;
import io.meshbridge.concurrent.Threads;
import io.meshbridge.guard.Guard;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.orders.StandingOrders;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.NotLeadingException;
import io.meshbridge.spi.Sink;
import io.meshbridge.spi.WritePermit;
import io.meshbridge.status.ImportStatus;
import io.meshbridge.status.StatusBoard;
import io.meshbridge.tracing.ImportTracing;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one target mesh as the catalog says, for as long as this process speaks for that mesh. The
 * thin shell around {@link World} and {@link ImportPlanner}: it knows threads, time and the sink.
 */
public final class ImportSession implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ImportSession.class);
  private static final Duration LEASE_WAIT = Duration.ofMillis(250);
  private static final int HANDOVER_PATIENCE = 20;
  private static final Duration NAME_HANDOVER_WAIT = Duration.ofMillis(50);
  private static final Duration RECOVERY_INTERVAL = Duration.ofSeconds(1);

  private final TargetMesh target;
  private final Sink sink;
  private final StatusBoard board;
  private final ImportTracing tracing;
  private final ImportWorker worker;
  private final Brakes brakes;
  private final StandingOrders orders;
  private final Tuning tuning;
  private final RandomGenerator random;
  private final KeyedQueue<ServiceKey> queue;
  private final Map<ServiceKey, Integer> failures = new ConcurrentHashMap<>();
  private final Recovery recovery;
  private final Map<ServiceKey, Integer> handoverWaits = new ConcurrentHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private @Nullable Thread thread;

  // Guards the writing of world: changes come from the log's thread and from the clock's.
  private final ReentrantLock stepping = new ReentrantLock();
  // One reference, read once per decision: with two, a decision could mix old names with new facts.
  private volatile World world;
  private volatile boolean open;

  /**
   * How a session works.
   *
   * @param parallelism how many imports are worked on at once
   * @param backoff between tries
   * @param damping of imports that change again and again
   * @param rewriteInterval the least time between two imports that are rewritten although nothing
   *     was heard of them, as after an upgrade
   * @param repairInterval how often each import is compared with its target although nothing
   *     changed
   */
  public record Tuning(
      int parallelism,
      Backoff backoff,
      Damping damping,
      Duration rewriteInterval,
      Duration repairInterval) {}

  /** Wires; does nothing yet. */
  public ImportSession(
      TargetMesh target,
      Sink sink,
      WritePermit permit,
      StatusBoard board,
      ImportMetrics metrics,
      ImportTracing tracing,
      Guard guard,
      StandingOrders orders,
      Tuning tuning,
      Clock clock,
      LongSupplier nanoTime,
      RandomGenerator random) {
    this.target = target;
    this.sink = sink;
    this.board = board;
    this.tracing = tracing;
    this.tuning = tuning;
    this.random = random;
    this.worker = new ImportWorker(target.id(), sink, permit, board, metrics, tracing, clock);
    this.orders = orders;
    this.queue = new KeyedQueue<>(nanoTime);
    this.brakes =
        new Brakes(
            target.id(),
            worker,
            queue,
            () -> world.catalog(),
            new RemovalGuard(target.id(), guard, clock, nanoTime),
            orders,
            new FlapBook(tuning.damping(), nanoTime));
    this.recovery = new Recovery(RECOVERY_INTERVAL, nanoTime);
    this.world = World.of(target);
    brakes.remember(board.imports(target.id()));
  }

  /**
   * Begins to work with what the catalog knows now.
   *
   * @param now the catalog, as a change of everything
   */
  public void start(Catalog.Change now, Map<MeshId, String> silent) {
    // Nothing of this is news: it is what stands already, unless something was missed.
    step(() -> world.with(now), queue::addAtLeisure);
    step(() -> world.withSilent(silent), queue::addAtLeisure);
    thread = Thread.ofVirtual().name("import-" + target.id()).start(this::run);
  }

  /** The catalog has changed. */
  public void catalogChanged(Catalog.Change change) {
    step(
        () -> world.with(change),
        service -> {
          tracing.touched(service);
          queue.add(service);
        });
  }

  /** Other meshes than before are silent. */
  public void silenceChanged(Map<MeshId, String> silent) {
    step(() -> world.withSilent(silent), queue::add);
  }

  /** How many imports wait for their turn. */
  public int backlog() {
    return queue.depth();
  }

  /** Stops working; returns once none of its threads runs any more. */
  @Override
  public void close() {
    closing.countDown();
    if (thread != null) {
      thread.interrupt();
      Threads.join(thread);
    }
  }

  /** Operators have given or lifted orders. */
  public void ordersChanged() {
    // Until then nothing has been done, and then everything is looked at anyway.
    if (open) {
      enqueueEverything(queue::add);
    }
  }

  private void run() {
    var workers = new ArrayList<Thread>();
    try {
      openSink();
      open = true;
      enqueueEverything(queue::addAtLeisure);
      for (int i = 0; i < tuning.parallelism(); i++) {
        workers.add(Thread.ofVirtual().name("import-" + target.id() + "-" + i).start(this::work));
      }
      while (!closing.await(tuning.repairInterval().toMillis(), TimeUnit.MILLISECONDS)) {
        enqueueEverything(queue::addAtLeisure);
      }
    } catch (InterruptedException ended) {
      LOG.debugf("import session ended target=%s", target.id());
    } finally {
      queue.close();
      workers.forEach(Thread::interrupt);
      workers.forEach(Threads::join);
    }
  }

  private void openSink() throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        sink.start(queue::add);
        LOG.infof("target read target=%s owned=%d", target.id(), sink.owned().size());
        return;
      } catch (MeshUnavailableException | NotLeadingException unavailable) {
        LOG.warnf(
            "target unavailable target=%s attempt=%d error=%s",
            target.id(), attempt, unavailable.getMessage());
      } catch (RuntimeException bug) {
        LOG.errorf(bug, "target could not be opened target=%s attempt=%d", target.id(), attempt);
      }
      pause(tuning.backoff().delay(attempt, random));
    }
  }

  private void pause(Duration wait) throws InterruptedException {
    if (closing.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new InterruptedException("the session is closing");
    }
  }

  /** All that is wanted, all that stands in the target, and all that was ever told of it. */
  private void enqueueEverything(Consumer<ServiceKey> add) {
    var catalog = world.catalog();
    for (MeshId mesh : catalog.meshIds()) {
      if (!mesh.equals(target.id())) {
        catalog.services(mesh).forEach(add);
      }
    }
    board.imports(target.id()).stream().map(ImportStatus::service).forEach(add);
    try {
      sink.owned().keySet().forEach(add);
    } catch (MeshUnavailableException unavailable) {
      LOG.warnf(
          "repair without the target's own list target=%s error=%s",
          target.id(), unavailable.getMessage());
    }
  }

  private void step(Supplier<World.Step> change, Consumer<ServiceKey> add) {
    Collection<ServiceKey> touched;
    stepping.lock();
    try {
      var step = change.get();
      world = step.world();
      touched = step.touched();
    } finally {
      stepping.unlock();
    }
    for (ServiceKey service : touched) {
      if (!service.mesh().equals(target.id())) {
        add.accept(service);
      }
    }
  }

  private void work() {
    try {
      while (true) {
        var turn = queue.take();
        try {
          tracing.begins(turn.key());
          workOn(turn.key(), turn.atLeisure());
        } finally {
          tracing.ends(turn.key());
          queue.done(turn.key());
        }
      }
    } catch (InterruptedException ended) {
      LOG.debugf("import worker ended target=%s", target.id());
    }
  }

  private void workOn(ServiceKey service, boolean atLeisure) throws InterruptedException {
    var decision = decide(service);
    tracing.decided(service, decision.word());
    try {
      if (brakes.hold(service, decision)) {
        return;
      }
      if (hasToWaitForItsName(service, decision)) {
        waitForItsName(service);
        return;
      }
      handoverWaits.remove(service);
      if (brakes.damp(service, decision)) {
        return;
      }
      boolean rewrites =
          atLeisure && decision instanceof Decision.Apply && worker.isStanding(service);
      if (worker.carryOut(service, decision)) {
        brakes.changed(service);
        if (rewrites) {
          queue.slowDown(tuning.rewriteInterval());
        }
      }
      failures.remove(service);
      if (recovery.succeeded()) {
        // The target answers again: what failed while it did not need not wait any longer.
        failures.keySet().forEach(queue::add);
      }
    } catch (MeshUnavailableException unavailable) {
      retry(service, decision, String.valueOf(unavailable.getMessage()));
      // After it is known to wait, or a recovery on another thread would pass it over.
      recovery.failed();
    } catch (OnlyObservedException due) {
      worker.observe(service, decision, due.losses());
    } catch (NotLeadingException notNow) {
      // Either the session is about to be closed, or the lease recovers: both are a matter of time.
      worker.yieldToLeader();
      queue.addLater(service, LEASE_WAIT);
    } catch (RuntimeException bug) {
      LOG.errorf(bug, "import failed unexpectedly target=%s service=%s", target.id(), service);
      retry(service, decision, "internal error: " + bug);
    }
  }

  private Decision decide(ServiceKey service) {
    return orders.leave(target.id()).isPresent()
        ? new Decision.Remove("mesh " + target.id() + " leaves the federation", true)
        : ImportPlanner.decide(service, world);
  }

  /**
   * Whether another import of ours still has the name that this one shall have, and is to give it
   * up: it goes first, or clients would for a moment reach both services under one name.
   */
  private boolean hasToWaitForItsName(ServiceKey service, Decision decision) {
    if (!(decision instanceof Decision.Apply apply)) {
      return false;
    }
    var desired = apply.service();
    var holder = worker.holderOf(desired.name()).filter(other -> !other.equals(service));
    if (holder.isEmpty() || wantsName(holder.get(), desired.name())) {
      return false;
    }
    queue.add(holder.get());
    return true;
  }

  /**
   * Waits for a turn; after many, gives up its own name first, since two that want each other's
   * name would wait for ever.
   */
  private void waitForItsName(ServiceKey service)
      throws MeshUnavailableException, InterruptedException {
    if (handoverWaits.merge(service, 1, Integer::sum) > HANDOVER_PATIENCE) {
      worker.stepAside(service);
      handoverWaits.remove(service);
    }
    queue.addLater(service, NAME_HANDOVER_WAIT);
  }

  private boolean wantsName(ServiceKey service, String name) {
    return decide(service) instanceof Decision.Apply apply && apply.service().name().equals(name);
  }

  private void retry(ServiceKey service, Decision decision, String reason) {
    int failed = failures.merge(service, 1, Integer::sum);
    worker.postpone(service, decision, reason);
    queue.addLater(service, tuning.backoff().delay(failed, random));
  }
}
