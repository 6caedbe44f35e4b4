package io.meshbridge.importing;

import io.meshbridge.catalog.Catalog;
import io.meshbridge.concurrent.Threads;
import io.meshbridge.guard.Guard;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.orders.StandingOrders;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.NotLeadingException;
import io.meshbridge.spi.Sink;
import io.meshbridge.spi.WritePermit;
import io.meshbridge.status.ImportState;
import io.meshbridge.status.ImportStatus;
import io.meshbridge.status.StatusBoard;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
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
  private final ImportWorker worker;
  private final RemovalGuard guard;
  private final StandingOrders orders;
  private final Tuning tuning;
  private final RandomGenerator random;
  private final KeyedQueue<ServiceKey> queue;
  private final Map<ServiceKey, Integer> failures = new ConcurrentHashMap<>();
  private final Recovery recovery;
  private final Map<ServiceKey, Integer> handoverWaits = new ConcurrentHashMap<>();
  private final RemovalGuard.Count counts = new Counts();
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
   * @param repairInterval how often each import is compared with its target although nothing
   *     changed
   */
  public record Tuning(int parallelism, Backoff backoff, Duration repairInterval) {}

  /** Wires; does nothing yet. */
  public ImportSession(
      TargetMesh target,
      Sink sink,
      WritePermit permit,
      StatusBoard board,
      ImportMetrics metrics,
      Guard guard,
      StandingOrders orders,
      Tuning tuning,
      Clock clock,
      LongSupplier nanoTime,
      RandomGenerator random) {
    this.target = target;
    this.sink = sink;
    this.board = board;
    this.tuning = tuning;
    this.random = random;
    this.worker = new ImportWorker(target.id(), sink, permit, board, metrics, clock);
    this.orders = orders;
    this.guard = new RemovalGuard(target.id(), guard, clock, nanoTime);
    this.queue = new KeyedQueue<>(nanoTime);
    this.recovery = new Recovery(RECOVERY_INTERVAL, nanoTime);
    this.world = World.of(target);
    for (ImportStatus known : board.imports(target.id())) {
      if (known.state() == ImportState.HELD) {
        this.guard.remember(known.service(), known.since(), known.reason());
      }
    }
  }

  /**
   * Begins to work with what the catalog knows now.
   *
   * @param now the catalog, as a change of everything
   */
  public void start(Catalog.Change now, Map<MeshId, String> silent) {
    catalogChanged(now);
    silenceChanged(silent);
    thread = Thread.ofVirtual().name("import-" + target.id()).start(this::run);
  }

  /** The catalog has changed. */
  public void catalogChanged(Catalog.Change change) {
    step(() -> world.with(change));
  }

  /** Other meshes than before are silent. */
  public void silenceChanged(Map<MeshId, String> silent) {
    step(() -> world.withSilent(silent));
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
      enqueueEverything();
    }
  }

  private void run() {
    var workers = new ArrayList<Thread>();
    try {
      openSink();
      open = true;
      enqueueEverything();
      for (int i = 0; i < tuning.parallelism(); i++) {
        workers.add(Thread.ofVirtual().name("import-" + target.id() + "-" + i).start(this::work));
      }
      while (!closing.await(tuning.repairInterval().toMillis(), TimeUnit.MILLISECONDS)) {
        enqueueEverything();
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
  private void enqueueEverything() {
    var catalog = world.catalog();
    for (MeshId mesh : catalog.meshIds()) {
      if (!mesh.equals(target.id())) {
        catalog.services(mesh).forEach(queue::add);
      }
    }
    board.imports(target.id()).stream().map(ImportStatus::service).forEach(queue::add);
    try {
      sink.owned().keySet().forEach(queue::add);
    } catch (MeshUnavailableException unavailable) {
      LOG.warnf(
          "repair without the target's own list target=%s error=%s",
          target.id(), unavailable.getMessage());
    }
  }

  private void step(Supplier<World.Step> change) {
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
        queue.add(service);
      }
    }
  }

  private void work() {
    try {
      while (true) {
        var service = queue.take();
        try {
          workOn(service);
        } finally {
          queue.done(service);
        }
      }
    } catch (InterruptedException ended) {
      LOG.debugf("import worker ended target=%s", target.id());
    }
  }

  private void workOn(ServiceKey service) throws InterruptedException {
    var decision = decide(service);
    try {
      if (isPaused(service, decision) || isHeldBack(service, decision)) {
        return;
      }
      if (hasToWaitForItsName(service, decision)) {
        waitForItsName(service);
        return;
      }
      handoverWaits.remove(service);
      worker.carryOut(service, decision);
      failures.remove(service);
      if (recovery.succeeded()) {
        // The target answers again: what failed while it did not need not wait any longer.
        failures.keySet().forEach(queue::add);
      }
    } catch (MeshUnavailableException unavailable) {
      retry(service, decision, String.valueOf(unavailable.getMessage()));
      // After it is known to wait, or a recovery on another thread would pass it over.
      recovery.failed();
    } catch (NotLeadingException notNow) {
      // Either the session is about to be closed, or the lease recovers: both are a matter of time.
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

  /** Whether the import stays as it stands by an operator's order. */
  private boolean isPaused(ServiceKey service, Decision decision) throws MeshUnavailableException {
    var order = orders.pause(target.id(), service);
    boolean isNothing = decision instanceof Decision.Remove && !worker.isStanding(service);
    if (order.isEmpty() || isNothing) {
      return false;
    }
    worker.pause(service, order.get());
    return true;
  }

  /** Whether the guard keeps the import as it stands, or has not judged it yet. */
  private boolean isHeldBack(ServiceKey service, Decision decision)
      throws MeshUnavailableException {
    var verdict =
        switch (decision) {
          case Decision.Keep ignored -> guard.stands(service);
          case Decision.Apply apply when apply.serves() -> guard.stays(service);
          // What has become unsafe goes whatever the number (rule 9).
          case Decision.Refuse ignored -> guard.stays(service);
          case Decision.Remove(var ignored, boolean ordered) when ordered -> guard.stays(service);
          case Decision.Apply ignored ->
              worker.isServing(service) ? guard.judge(service, counts) : guard.stands(service);
          case Decision.Remove ignored ->
              worker.isStanding(service) ? guard.judge(service, counts) : guard.stays(service);
        };
    return switch (verdict) {
      case RemovalGuard.Verdict.Goes ignored -> false;
      case RemovalGuard.Verdict.Waits(var time) -> {
        queue.addLater(service, time);
        yield true;
      }
      case RemovalGuard.Verdict.Held(var reason) -> {
        worker.hold(service, reason);
        yield true;
      }
    };
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

  /** Counts what stands, and what the log says of what went. */
  private final class Counts implements RemovalGuard.Count {
    @Override
    public Set<ServiceKey> standing(MeshId origin) throws MeshUnavailableException {
      return worker.standing(origin);
    }

    @Override
    public Set<ServiceKey> withdrawnBetween(MeshId origin, Instant begin, Instant end) {
      return begin.isBefore(end)
          ? world.catalog().mesh(origin).fold().withdrawnBetween(begin, end)
          : Set.of();
    }

    @Override
    public Optional<Instant> withdrawnAt(ServiceKey service) {
      return world.catalog().mesh(service.mesh()).fold().withdrawnAt(service);
    }
  }

  private void retry(ServiceKey service, Decision decision, String reason) {
    int failed = failures.merge(service, 1, Integer::sum);
    worker.postpone(service, decision, reason);
    queue.addLater(service, tuning.backoff().delay(failed, random));
  }
}
