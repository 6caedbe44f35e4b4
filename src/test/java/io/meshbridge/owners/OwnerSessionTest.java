package io.meshbridge.owners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meshbridge.catalog.CatalogKeeper;
import io.meshbridge.catalog.LogEntries;
import io.meshbridge.importing.Backoff;
import io.meshbridge.log.Heartbeat;
import io.meshbridge.log.Heartbeat.SourceState;
import io.meshbridge.log.LogEntry;
import io.meshbridge.log.LogEvent;
import io.meshbridge.log.MeshRecord;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Arrival;
import io.meshbridge.spi.ExportNews;
import io.meshbridge.spi.ExportReport;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.NotLeadingException;
import io.meshbridge.spi.Owners;
import io.meshbridge.spi.WritePermit;
import io.meshbridge.status.FederationFeed;
import io.meshbridge.status.FederationListener;
import io.meshbridge.status.FederationListeners;
import io.meshbridge.status.ImportState;
import io.meshbridge.status.ImportStatus;
import io.meshbridge.status.StatusBoard;
import io.meshbridge.testkit.HandClock;
import io.meshbridge.testkit.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OwnerSessionTest {
  private static final MeshId EAST = new MeshId("east");
  private static final MeshId WEST = new MeshId("west");
  private static final ServiceKey WEB = Samples.key("east", "shop", "web");
  private static final ServiceKey API = Samples.key("east", "shop", "api");

  private final HandClock clock = HandClock.at("2026-11-22T12:00:00Z");
  private final FederationListeners listeners = new FederationListeners();
  private final CatalogKeeper catalog = new CatalogKeeper();
  private final StatusBoard board = new StatusBoard((target, key, json) -> {}, listeners);
  private final Map<ServiceKey, String> faults = new ConcurrentHashMap<>();
  private final AtomicBoolean leading = new AtomicBoolean(true);
  private final Told owners = new Told();
  private OwnerSession session = session(Duration.ofMillis(1), Duration.ofHours(1));

  @BeforeEach
  void federate() {
    catalog.members(
        Map.of(EAST, Member.active(EAST, "istio"), WEST, Member.active(WEST, "consul")));
    for (MeshId mesh : List.of(EAST, WEST)) {
      catalog.accept(new LogEvent.Restarted(mesh, "test"));
      catalog.accept(new LogEvent.CaughtUp(mesh));
    }
    catalog.subscribe(first -> {}, change -> change.services().forEach(listeners::serviceChanged));
  }

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void whatStandsWhenTheMeshHasBeenReadIsNoNews() {
    export(WEB);
    imported(WEB, ImportState.APPLIED, "");

    session.start();
    live();

    var news = awaitNews(WEB);
    assertThat(news.now().published()).isTrue();
    assertThat(news.now().arrivals())
        .containsExactly(Map.entry(WEST, new Arrival(Arrival.State.IMPORTED, "web-east", "")));
    assertThat(news.before()).isEqualTo(news.now());
  }

  @Test
  void tellsNothingBeforeTheMeshHasBeenReadInThisTerm() {
    export(WEB);
    live();
    clock.advance(Duration.ofSeconds(1));
    session.start();
    tell(new MeshRecord.Beat(beat(SourceState.STARTING)));
    await().until(() -> owners.starts.get() == 1);
    imported(WEB, ImportState.APPLIED, "");

    await().during(Duration.ofMillis(200)).untilAsserted(() -> assertThat(owners.news).isEmpty());

    live();
    awaitNews(WEB);
  }

  @Test
  void tellsEachOwnerWhatHappensToHisExportAndNobodyElse() {
    export(WEB);
    export(API);
    session.start();
    live();
    awaitNews(WEB);
    awaitNews(API);
    owners.news.clear();

    imported(WEB, ImportState.REFUSED, "nobody may call it");

    var news = awaitNews(WEB);
    assertThat(news.before().arrivals()).isEmpty();
    assertThat(news.now().arrivals())
        .containsExactly(
            Map.entry(WEST, new Arrival(Arrival.State.REFUSED, "", "nobody may call it")));
    assertThat(owners.news).hasSize(1);
  }

  @Test
  void aServiceThatIsNewComesFromNothingAndOneThatGoesEndsThere() {
    session.start();
    live();
    await().until(() -> owners.starts.get() == 1);

    export(WEB);
    var came = awaitNews(WEB);
    assertThat(came.before()).isEqualTo(ExportReport.nothing(WEB));
    assertThat(came.now().published()).isTrue();
    owners.news.clear();

    tell(new MeshRecord.ExportGone(WEB));
    await()
        .untilAsserted(
            () ->
                assertThat(owners.news)
                    .last()
                    .extracting(ExportNews::now)
                    .isEqualTo(ExportReport.nothing(WEB)));
    assertThat(owners.news.getFirst().before()).isEqualTo(came.now());
  }

  @Test
  void saysWhyAServiceCannotBeExportedAlsoIfItNeverWas() {
    session.start();
    live();

    tell(new MeshRecord.Faulty(WEB, "Service shop/web has no port"));

    var news = awaitNews(WEB);
    assertThat(news.now().published()).isFalse();
    assertThat(news.now().fault()).isEqualTo("Service shop/web has no port");

    faults.put(API, "its record is too large");
    owners.touch(API);
    assertThat(awaitNews(API).now().fault()).isEqualTo("its record is too large");
  }

  @Test
  void changesThatFollowAtOnceAreToldTogether() {
    session = session(Duration.ofMillis(300), Duration.ofHours(1));
    export(WEB);
    session.start();
    live();
    awaitNews(WEB);
    owners.news.clear();

    for (int i = 0; i < 50; i++) {
      imported(WEB, ImportState.REFUSED, "because " + i);
    }

    assertThat(awaitNews(WEB).now().arrivals().get(WEST).reason()).isEqualTo("because 49");
    await().during(Duration.ofMillis(500)).untilAsserted(() -> assertThat(owners.news).hasSize(1));
  }

  @Test
  void triesAgainWithTheSameNewsUntilTheMeshTakesThem() {
    export(WEB);
    session.start();
    live();
    awaitNews(WEB);
    owners.news.clear();
    owners.failing.set(3);

    imported(WEB, ImportState.CONFLICT, "held by theirs");

    await().untilAsserted(() -> assertThat(owners.news).hasSize(1));
    var news = owners.news.getFirst();
    assertThat(news.before().arrivals()).isEmpty();
    assertThat(owners.tried).filteredOn(one -> one.now().equals(news.now())).hasSize(4);
    assertThat(owners.tried)
        .filteredOn(one -> one.now().equals(news.now()))
        .extracting(ExportNews::seenAt)
        .containsOnly(news.seenAt());
  }

  @Test
  void startsAgainUntilTheMeshCanBeRead() {
    export(WEB);
    owners.closedStarts.set(2);

    session.start();
    live();

    awaitNews(WEB);
    assertThat(owners.starts.get()).isEqualTo(3);
  }

  @Test
  void writesNothingWhileItDoesNotLeadAndGoesOnWhenItDoes() {
    export(WEB);
    leading.set(false);
    session.start();
    live();
    await().until(() -> !owners.tried.isEmpty());
    assertThat(owners.news).isEmpty();

    leading.set(true);

    awaitNews(WEB);
  }

  @Test
  void comparesAgainAfterAWhileAlthoughNothingWasHeard() {
    session = session(Duration.ofMillis(1), Duration.ofMillis(100));
    export(WEB);
    session.start();
    live();
    awaitNews(WEB);
    owners.news.clear();
    faults.put(WEB, "its record is too large");

    await()
        .untilAsserted(
            () ->
                assertThat(owners.news)
                    .extracting(news -> news.now().fault())
                    .contains("its record is too large"));
  }

  @Test
  void hearsNothingMoreOnceItIsClosed() {
    export(WEB);
    session.start();
    live();
    awaitNews(WEB);

    session.close();
    owners.news.clear();
    imported(WEB, ImportState.REFUSED, "nobody may call it");

    assertThat(owners.closed).isTrue();
    await().during(Duration.ofMillis(100)).untilAsserted(() -> assertThat(owners.news).isEmpty());
  }

  private ExportNews awaitNews(ServiceKey service) {
    await().until(() -> owners.of(service).size() > 0);
    return owners.of(service).getLast();
  }

  private void export(ServiceKey service) {
    tell(new MeshRecord.Exported(Samples.export(service)));
  }

  private void live() {
    tell(new MeshRecord.Beat(beat(SourceState.LIVE)));
  }

  private Heartbeat beat(SourceState state) {
    return new Heartbeat(clock.instant(), "bridge", "test", state, "");
  }

  private void tell(MeshRecord record) {
    LogEntry entry = LogEntries.entry(EAST, record, LogEntries.AT);
    catalog.accept(new LogEvent.Entries(EAST, List.of(entry)));
  }

  private void imported(ServiceKey service, ImportState state, String reason) {
    board.tell(
        new ImportStatus(
            WEST, service, service.name() + "-east", state, clock.instant(), 1, reason, List.of()));
  }

  private OwnerSession session(Duration settling, Duration repairInterval) {
    var feed =
        new FederationFeed() {
          @Override
          public void subscribe(FederationListener listener) {
            listeners.add(listener);
          }

          @Override
          public void unsubscribe(FederationListener listener) {
            listeners.remove(listener);
          }
        };
    WritePermit permit =
        () -> {
          if (!leading.get()) {
            throw new NotLeadingException("another process leads");
          }
        };
    return new OwnerSession(
        EAST,
        owners,
        catalog,
        board,
        () -> Map.copyOf(faults),
        feed,
        permit,
        new OwnerSession.Tuning(
            settling, new Backoff(Duration.ofMillis(1), Duration.ofMillis(5)), repairInterval),
        clock,
        System::nanoTime,
        new SplittableRandom(7));
  }

  /** Keeps what it was told. */
  private static final class Told implements Owners {
    private final List<ExportNews> tried = new CopyOnWriteArrayList<>();
    private final List<ExportNews> news = new CopyOnWriteArrayList<>();
    private final AtomicInteger starts = new AtomicInteger();
    private final AtomicInteger closedStarts = new AtomicInteger();
    private final AtomicInteger failing = new AtomicInteger();
    private final AtomicReference<Consumer<ServiceKey>> touched = new AtomicReference<>();
    private volatile boolean closed;

    @Override
    public void start(Consumer<ServiceKey> toTouch) throws MeshUnavailableException {
      if (starts.getAndIncrement() < closedStarts.get()) {
        throw new MeshUnavailableException("not yet");
      }
      touched.set(toTouch);
    }

    @Override
    public void tell(ExportNews told, WritePermit permit) throws MeshUnavailableException {
      tried.add(told);
      permit.check();
      if (failing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new MeshUnavailableException("not now");
      }
      news.add(told);
    }

    void touch(ServiceKey service) {
      touched.get().accept(service);
    }

    List<ExportNews> of(ServiceKey service) {
      return new ArrayList<>(
          news.stream().filter(one -> one.now().service().equals(service)).toList());
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
