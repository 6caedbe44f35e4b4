package io.meshbridge.importing;

import static io.meshbridge.importing.Worlds.A;
import static io.meshbridge.importing.Worlds.T;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import io.meshbridge.catalog.Catalog;
import io.meshbridge.catalog.CatalogScript;
import io.meshbridge.catalog.LogEntries;
import io.meshbridge.guard.Confirmations;
import io.meshbridge.guard.Guard;
import io.meshbridge.guard.GuardSettings;
import io.meshbridge.log.LogEntry;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Import;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.orders.StandingOrders;
import io.meshbridge.spi.ApplyOutcome;
import io.meshbridge.spi.Sink;
import io.meshbridge.spi.WritePermit;
import io.meshbridge.status.StatusBoard;
import io.meshbridge.testkit.Samples;
import io.meshbridge.tracing.ImportTracing;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 13: what one change costs does not depend on how many imports there are. Counted. */
class CostOfAChangeTest {
  private static final int FEW = 1_000;
  private static final int MANY = 20_000;
  private static final int ROUNDS = 60;
  private static final Logger OF_STATES = Logger.getLogger(ImportWorker.class.getName());

  /** What may happen to one service. */
  private enum Event {
    ENDPOINTS_CHANGE,
    LAST_ENDPOINT_GOES,
    COMES,
    GOES;

    Catalog.Change in(CatalogScript script, int number) {
      var service = service(number);
      return switch (this) {
        case ENDPOINTS_CHANGE -> told(script, service, Samples.endpoints("10.9.9.9"));
        case LAST_ENDPOINT_GOES -> told(script, service, Samples.endpoints());
        case COMES ->
            script.offered(
                Samples.export(Worlds.key(A, "new-" + number)), Samples.endpoints("10.0.0.1"));
        case GOES -> script.withdrawn(service);
      };
    }

    private static Catalog.Change told(
        CatalogScript script, ServiceKey service, EndpointList endpoints) {
      return script.tell(A, LogEntries.endpoints(service, endpoints));
    }
  }

  /** It would tell of a hundred thousand imports. */
  @BeforeAll
  static void silence() {
    OF_STATES.setLevel(Level.WARNING);
  }

  @AfterAll
  static void speakAgain() {
    OF_STATES.setLevel(null);
  }

  @ParameterizedTest
  @EnumSource(Event.class)
  void oneChangeAllocatesWhatItAllocatesWithFewerImports(Event event) throws Exception {
    long few = bytesOf(event, FEW);
    long many = bytesOf(event, MANY);

    System.out.printf(
        "one change, %s: %,d bytes at %,d imports, %,d at %,d%n", event, few, FEW, many, MANY);
    // Maps that share their parts grow with the logarithm: 10 levels to 15. A copy would be 20.
    assertThat(many).isLessThan(2 * few);
  }

  @ParameterizedTest
  @ValueSource(ints = {FEW, MANY})
  void oneChangeIsComparedWithTheTargetOnceAndNothingIsListed(int imports) {
    var script = catalogOf(imports);
    var sink = new CountingSink();
    try (var session = session(sink)) {
      session.start(script.everything(), Map.of());
      await().atMost(Duration.ofSeconds(30)).until(() -> sink.applied.get() >= imports);
      await().until(() -> session.backlog() == 0);
      sink.forgetCounts();

      session.catalogChanged(Event.ENDPOINTS_CHANGE.in(script, 1));
      session.catalogChanged(Event.COMES.in(script, 2));
      session.catalogChanged(Event.GOES.in(script, 3));
      session.catalogChanged(Event.LAST_ENDPOINT_GOES.in(script, 4));

      await().until(() -> sink.applied.get() == 3 && sink.removed.get() == 1);
      await().until(() -> session.backlog() == 0);
      assertThat(sink.applied).hasValue(3);
      assertThat(sink.removed).hasValue(1);
      assertThat(sink.listed).hasValue(0);
      assertThat(sink.lookedUp).hasValueLessThanOrEqualTo(12);
    }
  }

  /** From the log's record to the told status; the least of many rounds, without the JIT's own. */
  private static long bytesOf(Event event, int imports) throws Exception {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    var script = catalogOf(imports);
    var sink = new CountingSink();
    var board = new StatusBoard((target, key, json) -> {});
    var worker =
        new ImportWorker(
            T,
            sink,
            WritePermit.ALWAYS,
            board,
            ImportMetrics.NONE,
            ImportTracing.NONE,
            Clock.systemUTC());
    var world = Worlds.world(script);
    for (int i = 0; i < imports; i++) {
      worker.carryOut(service(i), ImportPlanner.decide(service(i), world));
    }
    long least = Long.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      var step = world.with(event.in(script, i));
      world = step.world();
      for (ServiceKey touched : step.touched()) {
        worker.carryOut(touched, ImportPlanner.decide(touched, world));
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }

  private static ImportSession session(Sink sink) {
    return new ImportSession(
        Worlds.TARGET,
        sink,
        WritePermit.ALWAYS,
        new StatusBoard((target, key, json) -> {}),
        ImportMetrics.NONE,
        ImportTracing.NONE,
        new Guard(GuardSettings.USUAL, Confirmations.NONE),
        StandingOrders.NONE,
        new ImportSession.Tuning(
            2,
            new Backoff(Duration.ofMillis(2), Duration.ofMillis(20)),
            Damping.USUAL,
            Duration.ZERO,
            Duration.ofHours(1)),
        Clock.systemUTC(),
        System::nanoTime,
        new SplittableRandom(1));
  }

  private static CatalogScript catalogOf(int services) {
    var script = Worlds.federation();
    script.tell(A, entries(services, i -> LogEntries.exported(Samples.export(service(i)))));
    script.tell(
        A, entries(services, i -> LogEntries.endpoints(service(i), Samples.endpoints("10.0.0.1"))));
    return script;
  }

  private static LogEntry[] entries(int count, IntFunction<LogEntry> entry) {
    var entries = new ArrayList<LogEntry>();
    for (int i = 0; i < count; i++) {
      entries.add(entry.apply(i));
    }
    return entries.toArray(LogEntry[]::new);
  }

  private static ServiceKey service(int number) {
    return Worlds.key(A, "service-" + number);
  }

  /** Takes everything, and counts what it is asked. */
  private static final class CountingSink implements Sink {
    private final Map<ServiceKey, Import> standing = new ConcurrentHashMap<>();
    private final AtomicInteger applied = new AtomicInteger();
    private final AtomicInteger removed = new AtomicInteger();
    private final AtomicInteger listed = new AtomicInteger();
    private final AtomicInteger lookedUp = new AtomicInteger();

    @Override
    public void start(Consumer<ServiceKey> touched) {}

    @Override
    public Map<ServiceKey, Ownership> owned() {
      listed.incrementAndGet();
      return Map.of();
    }

    @Override
    public boolean holds(ServiceKey service) {
      lookedUp.incrementAndGet();
      return standing.containsKey(service);
    }

    @Override
    public ApplyOutcome apply(Import desired, WritePermit permit) {
      applied.incrementAndGet();
      boolean written = !desired.equals(standing.put(desired.service(), desired));
      return new ApplyOutcome.Applied(desired.name(), written, List.of());
    }

    @Override
    public boolean remove(ServiceKey service, WritePermit permit) {
      removed.incrementAndGet();
      return standing.remove(service) != null;
    }

    void forgetCounts() {
      List.of(applied, removed, listed, lookedUp).forEach(count -> count.set(0));
    }
  }
}
