package io.meshbridge.owners;

import io.meshbridge.catalog.Catalog;
import io.meshbridge.catalog.CatalogKeeper;
import io.meshbridge.concurrent.KeyedQueue;
import io.meshbridge.concurrent.Threads;
import io.meshbridge.importing.Backoff;
import io.meshbridge.log.Heartbeat;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.ExportNews;
import io.meshbridge.spi.ExportReport;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.NotLeadingException;
import io.meshbridge.spi.Owners;
import io.meshbridge.spi.WritePermit;
import io.meshbridge.status.FederationFeed;
import io.meshbridge.status.FederationListener;
import io.meshbridge.status.StatusBoard;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tells the owners of one mesh's services what becomes of their exports, for as long as this
 * process speaks for that mesh. One service after the other: nobody waits for it, and it must not
 * crowd out what does the work.
 *
 * <p>Nothing is told before the mesh has been read whole in this term: until then what is known may
 * be old, and a restart would tell of states that it only passes through. What stands at that
 * moment is no news.
 */
public final class OwnerSession implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(OwnerSession.class);
  private static final Duration LEASE_WAIT = Duration.ofMillis(250);
  private static final Duration LOOK = Duration.ofMinutes(1);

  private final MeshId mesh;
  private final Owners owners;
  private final CatalogKeeper catalog;
  private final StatusBoard board;
  private final Supplier<Map<ServiceKey, String>> faults;
  private final FederationFeed changes;
  private final WritePermit permit;
  private final Tuning tuning;
  private final Clock clock;
  private final RandomGenerator random;
  private final KeyedQueue<ServiceKey> queue;
  private final FederationListener listener = new Listener();
  private final CountDownLatch closing = new CountDownLatch(1);
  // What owners were last told, and since when something else is so; of the working thread, once it
  // runs.
  private final Map<ServiceKey, ExportReport> told = new ConcurrentHashMap<>();
  private final Map<ServiceKey, Instant> newsSince = new ConcurrentHashMap<>();
  private int failures;
  private @Nullable Thread thread;

  /**
   * How a session works.
   *
   * @param settling how long after a change its owner is told, so that what follows at once is told
   *     together with it
   * @param backoff between tries while the mesh cannot be written
   * @param repairInterval how often each export is compared with what its owner was told although
   *     nothing changed
   */
  public record Tuning(Duration settling, Backoff backoff, Duration repairInterval) {}

  /**
   * Wires; does nothing yet.
   *
   * @param faults what is wrong with exports of the mesh, as far as this process knows
   * @param changes tells what changes in catalog and board
   */
  public OwnerSession(
      MeshId mesh,
      Owners owners,
      CatalogKeeper catalog,
      StatusBoard board,
      Supplier<Map<ServiceKey, String>> faults,
      FederationFeed changes,
      WritePermit permit,
      Tuning tuning,
      Clock clock,
      LongSupplier nanoTime,
      RandomGenerator random) {
    this.mesh = mesh;
    this.owners = owners;
    this.catalog = catalog;
    this.board = board;
    this.faults = faults;
    this.changes = changes;
    this.permit = permit;
    this.tuning = tuning;
    this.clock = clock;
    this.random = random;
    this.queue = new KeyedQueue<>(nanoTime);
  }

  /** Begins. */
  public void start() {
    // A heartbeat bears milliseconds.
    var begun = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    changes.subscribe(listener);
    thread = Thread.ofVirtual().name("owners-" + mesh).start(() -> run(begun));
  }

  /** Stops; tells nothing any more once it returns. */
  @Override
  public void close() {
    closing.countDown();
    changes.unsubscribe(listener);
    queue.close();
    if (thread != null) {
      thread.interrupt();
      Threads.join(thread);
    }
    owners.close();
  }

  private void run(Instant begun) {
    try {
      open();
      awaitWholeRead(begun);
      catalog.current().services(mesh).forEach(this::takeAsTold);
      var worker = Thread.ofVirtual().name("owners-" + mesh + "-0").start(this::work);
      try {
        do {
          catalog.current().services(mesh).forEach(queue::addAtLeisure);
          // What is gone was told of, too.
          told.keySet().forEach(queue::addAtLeisure);
        } while (!closing.await(tuning.repairInterval().toMillis(), TimeUnit.MILLISECONDS));
      } finally {
        queue.close();
        worker.interrupt();
        Threads.join(worker);
      }
    } catch (InterruptedException ended) {
      LOG.debugf("owners are told no more mesh=%s", mesh);
    }
  }

  private void open() throws InterruptedException {
    while (true) {
      try {
        owners.start(this::touched);
        worked();
        return;
      } catch (MeshUnavailableException unavailable) {
        failed(String.valueOf(unavailable.getMessage()));
      } catch (RuntimeException bug) {
        LOG.errorf(bug, "owners could not be found mesh=%s", mesh);
        failed("internal error: " + bug);
      }
    }
  }

  private void awaitWholeRead(Instant begun) throws InterruptedException {
    boolean read = false;
    while (!read) {
      read = catalog.await(now -> wasReadSince(begun, now), LOOK);
    }
  }

  private boolean wasReadSince(Instant begun, Catalog now) {
    return now.mesh(mesh)
        .fold()
        .heartbeat()
        .filter(beat -> beat.source() == Heartbeat.SourceState.LIVE)
        .filter(beat -> !beat.at().isBefore(begun))
        .isPresent();
  }

  private void takeAsTold(ServiceKey service) {
    var report = report(service);
    if (!report.isNothing()) {
      told.put(service, report);
    }
  }

  private void work() {
    try {
      while (true) {
        var service = queue.take().key();
        try {
          tell(service);
        } finally {
          queue.done(service);
        }
      }
    } catch (InterruptedException ended) {
      LOG.debugf("owners' worker ended mesh=%s", mesh);
    }
  }

  private void tell(ServiceKey service) throws InterruptedException {
    var now = report(service);
    var before = Optional.ofNullable(told.get(service)).orElse(ExportReport.nothing(service));
    var since = newsSince.computeIfAbsent(service, unknown -> clock.instant());
    try {
      owners.tell(new ExportNews(before, now, since), permit);
      newsSince.remove(service);
      if (now.isNothing()) {
        told.remove(service);
      } else {
        told.put(service, now);
      }
      worked();
    } catch (MeshUnavailableException unavailable) {
      queue.add(service);
      failed(String.valueOf(unavailable.getMessage()));
    } catch (NotLeadingException notNow) {
      // Either the session is about to be closed, or the lease recovers: both are a matter of time.
      queue.addLater(service, LEASE_WAIT);
    } catch (RuntimeException bug) {
      // The next repair tries again.
      LOG.errorf(bug, "owner could not be told mesh=%s service=%s", mesh, service);
    }
  }

  private ExportReport report(ServiceKey service) {
    return ExportReports.of(service, catalog.current(), board::find, faults.get());
  }

  private void worked() {
    if (failures > 0) {
      LOG.infof("owners can be told again mesh=%s attempts=%d", mesh, failures);
      failures = 0;
    }
  }

  /** What fails for one owner fails for all: there is one API to write to. */
  private void failed(String reason) throws InterruptedException {
    failures++;
    if (failures == 1) {
      LOG.warnf("owners cannot be told mesh=%s error=%s", mesh, reason);
    }
    var wait = tuning.backoff().delay(failures, random);
    if (closing.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new InterruptedException("the session is closing");
    }
  }

  private void touched(ServiceKey service) {
    if (service.mesh().equals(mesh)) {
      queue.addWithin(service, tuning.settling());
    }
  }

  /** Takes note of what concerns exports of this mesh. */
  private final class Listener implements FederationListener {
    @Override
    public void serviceChanged(ServiceKey service) {
      touched(service);
    }

    @Override
    public void importChanged(MeshId target, ServiceKey service) {
      touched(service);
    }
  }
}
