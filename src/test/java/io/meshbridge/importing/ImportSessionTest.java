package io.meshbridge.importing;

import static io.meshbridge.importing.Worlds.A;
import static io.meshbridge.importing.Worlds.B;
import static io.meshbridge.importing.Worlds.T;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meshbridge.catalog.CatalogScript;
import io.meshbridge.catalog.LogEntries;
import io.meshbridge.guard.Confirmations;
import io.meshbridge.guard.Guard;
import io.meshbridge.guard.GuardSettings;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.orders.Order;
import io.meshbridge.orders.SignedOrder;
import io.meshbridge.orders.StandingOrders;
import io.meshbridge.spi.NotLeadingException;
import io.meshbridge.spi.WritePermit;
import io.meshbridge.status.ImportState;
import io.meshbridge.status.ImportStatus;
import io.meshbridge.status.StatusBoard;
import io.meshbridge.testkit.Samples;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ImportSessionTest {
  private static final ServiceKey WEB = Worlds.key(A, "web");
  private static final ServiceKey API = Worlds.key(A, "api");
  private static final ServiceKey RIVAL = Worlds.key(B, "web");
  private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATE = Instant.parse("2026-02-01T00:00:00Z");

  private final CatalogScript script = Worlds.federation();
  private final FakeSink sink = new FakeSink(T);
  private final List<String> sent = new CopyOnWriteArrayList<>();
  private StatusBoard board = new StatusBoard((target, key, json) -> sent.add(key + json));
  private final AtomicBoolean leading = new AtomicBoolean(true);
  private final AtomicReference<SignedOrder> pause = new AtomicReference<>();
  private final AtomicReference<SignedOrder> leave = new AtomicReference<>();
  private final AtomicReference<Instant> confirmedAt = new AtomicReference<>();
  private ImportSession session = session(Duration.ofHours(1));

  @AfterEach
  void closeTheSession() {
    session.close();
    assertThat(sink.faults()).isEmpty();
  }

  @Test
  void bringsTheTargetToWhatTheCatalogSaysAndFollowsIt() {
    offer(WEB, "10.0.0.1");
    start();
    awaitState(WEB, ImportState.APPLIED);

    session.catalogChanged(script.withdrawn(WEB));
    session.catalogChanged(script.offered(Samples.export(API), Samples.endpoints("10.0.0.2")));

    awaitState(API, ImportState.APPLIED);
    await().untilAsserted(() -> assertThat(sink.standing().keySet()).containsExactly(API));
    assertThat(session.backlog()).isZero();
  }

  @Test
  void triesAgainUntilTheTargetAnswers() {
    offer(WEB, "10.0.0.1");
    sink.failNext(4);

    start();

    awaitState(WEB, ImportState.APPLIED);
    assertThat(sink.calls()).isGreaterThanOrEqualTo(6);
    assertThat(sink.writes()).isEqualTo(1);
  }

  @Test
  void saysPendingWhileTheTargetDoesNotAnswer() {
    start();
    await().untilAsserted(() -> assertThat(sink.calls()).isEqualTo(1));
    sink.failNext(Integer.MAX_VALUE);

    session.catalogChanged(script.offered(Samples.export(WEB), Samples.endpoints("10.0.0.1")));

    awaitState(WEB, ImportState.PENDING);
    sink.failNext(0);
    awaitState(WEB, ImportState.APPLIED);
  }

  @Test
  void whatFailedDoesNotWaitOnceTheTargetAnswersAgain() {
    session = session(Duration.ofHours(1), new Backoff(Duration.ofHours(1), Duration.ofHours(1)));
    start();
    await().untilAsserted(() -> assertThat(sink.calls()).isEqualTo(1));
    sink.failNext(1);
    session.catalogChanged(script.offered(Samples.export(WEB), Samples.endpoints("10.0.0.1")));
    awaitState(WEB, ImportState.PENDING);

    session.catalogChanged(script.offered(Samples.export(API), Samples.endpoints("10.0.0.2")));

    awaitState(WEB, ImportState.APPLIED);
  }

  @Test
  void writesNothingWhileItDoesNotLeadAndThenCatchesUp() {
    leading.set(false);
    offer(WEB, "10.0.0.1");
    start();
    await().untilAsserted(() -> assertThat(sink.calls()).isGreaterThanOrEqualTo(2));
    assertThat(sink.writes()).isZero();

    leading.set(true);

    awaitState(WEB, ImportState.APPLIED);
  }

  @Test
  void aRestartWritesNothingAndTellsNothing() {
    offer(WEB, "10.0.0.1");
    offer(API);
    script.offered(Worlds.export(RIVAL, LATE), Samples.endpoints("10.0.0.3"));
    start();
    awaitState(WEB, ImportState.APPLIED);
    awaitState(API, ImportState.DEGRADED);
    awaitState(RIVAL, ImportState.APPLIED);
    session.close();
    int writes = sink.writes();
    int calls = sink.calls();
    sent.clear();

    var learnt = board.imports();
    board = new StatusBoard((target, key, json) -> sent.add(key + json));
    learnt.forEach(board::learn);
    session = session(Duration.ofHours(1));
    start();

    // One call to start, and one for each of the three.
    await().untilAsserted(() -> assertThat(sink.calls()).isGreaterThanOrEqualTo(calls + 4));
    session.close();
    assertThat(sink.writes()).isEqualTo(writes);
    assertThat(sent).isEmpty();
  }

  @Test
  void handsANameOverOnlyAfterItsFormerHolderHasLeftIt() {
    script.offered(Worlds.export(RIVAL, LATE), Samples.endpoints("10.0.0.2"));
    start();
    awaitState(RIVAL, ImportState.APPLIED);
    var gate = new CountDownLatch(1);
    sink.hold(RIVAL, gate);

    session.catalogChanged(
        script.offered(Worlds.export(WEB, EARLY), Samples.endpoints("10.0.0.1")));
    await().until(() -> sink.isBusyWith(RIVAL));
    assertThat(sink.standing()).doesNotContainKey(WEB);
    gate.countDown();

    awaitState(WEB, ImportState.APPLIED);
    assertThat(sink.standing().get(WEB).name()).isEqualTo("web");
    assertThat(sink.standing().get(RIVAL).name()).startsWith("web-");
    assertThat(sink.journal())
        .satisfiesExactly(
            first -> assertThat(first).isEqualTo("+web b/shop/web"),
            moved -> assertThat(moved).startsWith("+web-").endsWith(" b/shop/web"),
            taken -> assertThat(taken).isEqualTo("+web a/shop/web"));
  }

  @Test
  void keepsStaleImportsOfAMeshThatIsNoLongerListedAndRemovesThoseOfARetiredOne() {
    offer(WEB, "10.0.0.1");
    script.offered(Worlds.export(Worlds.key(B, "db"), LATE), Samples.endpoints("10.0.0.2"));
    start();
    awaitState(WEB, ImportState.APPLIED);
    awaitState(Worlds.key(B, "db"), ImportState.APPLIED);

    session.catalogChanged(script.members(Member.active(B, "consul").retired()));

    awaitState(WEB, ImportState.STALE);
    await().untilAsserted(() -> assertThat(sink.standing().keySet()).containsExactly(WEB));
    assertThat(board.find(T, Worlds.key(B, "db"))).isEmpty();
  }

  @Test
  void doesNotWaitForANameWhoseHolderIsKept() {
    script.offered(Worlds.export(WEB, EARLY), Samples.endpoints("10.0.0.1"));
    script.offered(Worlds.export(RIVAL, LATE), Samples.endpoints("10.0.0.2"));
    start();
    awaitState(WEB, ImportState.APPLIED);
    awaitState(RIVAL, ImportState.APPLIED);
    session.catalogChanged(script.members(Member.active(B, "consul"), Member.active(T, "istio")));
    awaitState(WEB, ImportState.STALE);

    session.catalogChanged(
        script.tell(B, LogEntries.endpoints(RIVAL, Samples.endpoints("10.0.0.9"))));

    await()
        .untilAsserted(
            () ->
                assertThat(sink.standing().get(RIVAL).endpoints())
                    .isEqualTo(Samples.endpoints("10.0.0.9")));
    assertThat(sink.standing().get(WEB).name()).isEqualTo("web");
  }

  @Test
  void repairsWhatSomebodyElseRemoved() {
    offer(WEB, "10.0.0.1");
    start();
    awaitState(WEB, ImportState.APPLIED);

    sink.lose(WEB);

    await().untilAsserted(() -> assertThat(sink.standing()).containsKey(WEB));
  }

  @Test
  void removesAtRepairWhatStandsWithoutAnybodyKnowingOfIt() throws Exception {
    sink.apply(Samples.importNamed("old", Worlds.key(A, "old"), "10.0.0.1"), WritePermit.ALWAYS);
    session = session(Duration.ofMillis(20));
    start();
    await().untilAsserted(() -> assertThat(sink.calls()).isGreaterThanOrEqualTo(2));
    assertThat(sink.standing()).hasSize(1);

    // Only now does a snapshot say that it is gone; the catalog has never heard of it.
    session.catalogChanged(script.marked(A));

    await().untilAsserted(() -> assertThat(sink.standing()).isEmpty());
  }

  @Test
  void yieldsAlsoToAStrangerWhoComesLater() {
    offer(WEB, "10.0.0.1");
    start();
    awaitState(WEB, ImportState.APPLIED);

    sink.takeName("web", "Service shop/web");
    awaitState(WEB, ImportState.CONFLICT);
    assertThat(sink.standing()).isEmpty();
    sink.freeName("web");

    awaitState(WEB, ImportState.APPLIED);
  }

  @Test
  void saysStaleWhileTheOriginIsSilentAndWritesNothing() {
    offer(WEB, "10.0.0.1");
    start();
    awaitState(WEB, ImportState.APPLIED);

    session.silenceChanged(Map.of(A, "no heartbeat for 30 s"));
    awaitState(WEB, ImportState.STALE);
    session.silenceChanged(Map.of());
    awaitState(WEB, ImportState.APPLIED);

    assertThat(sink.writes()).isEqualTo(1);
  }

  @Test
  void aSlowImportHoldsUpNoOther() {
    var gate = new CountDownLatch(1);
    sink.hold(WEB, gate);
    offer(WEB, "10.0.0.1");
    offer(API, "10.0.0.2");

    start();

    awaitState(API, ImportState.APPLIED);
    assertThat(sink.standing()).doesNotContainKey(WEB);
    gate.countDown();
    awaitState(WEB, ImportState.APPLIED);
  }

  @Test
  void closesWhileACallHangsAndMayBeClosedTwice() {
    sink.hold(WEB, new CountDownLatch(1));
    offer(WEB, "10.0.0.1");
    start();
    await().until(() -> sink.isBusyWith(WEB));

    session.close();
    session.close();

    assertThat(sink.writes()).isZero();
  }

  @Test
  void holdsRemovalsBeyondTheShareAlsoAfterARestartUntilTheyAreConfirmed() {
    offerMany(6);
    start();
    awaitAll(6, ImportState.APPLIED);

    withdrawMany(4);
    awaitAll(4, ImportState.HELD);
    assertThat(sink.standing()).hasSize(6);
    assertThat(board.find(T, many(0)).orElseThrow().reason())
        .isEqualTo(
            "4 of 6 imports from a would be gone within 600 s; if that is right: meshbridge"
                + " confirm a --target t");

    session.close();
    session = session(Duration.ofMillis(20));
    start();
    int calls = sink.calls();
    await().untilAsserted(() -> assertThat(sink.calls()).isGreaterThan(calls + 10));
    awaitAll(4, ImportState.HELD);
    assertThat(sink.standing()).hasSize(6);

    confirmedAt.set(Instant.now());
    session.ordersChanged();

    await().untilAsserted(() -> assertThat(sink.standing()).hasSize(2));
    awaitAll(0, ImportState.HELD);
  }

  @Test
  void letsHeldImportsGoOnWhenTheirServicesAreBack() {
    offerMany(6);
    start();
    awaitAll(6, ImportState.APPLIED);
    withdrawMany(4);
    awaitAll(4, ImportState.HELD);

    for (int i = 0; i < 4; i++) {
      session.catalogChanged(
          script.offered(Samples.export(many(i)), Samples.endpoints("10.0.1." + i)));
    }

    awaitAll(6, ImportState.APPLIED);
    assertThat(sink.standing().get(many(0)).endpoints()).isEqualTo(Samples.endpoints("10.0.1.0"));
  }

  @Test
  void holdsLossesOfTheLastEndpointBeyondTheShare() {
    offerMany(6);
    start();
    awaitAll(6, ImportState.APPLIED);

    for (int i = 0; i < 4; i++) {
      session.catalogChanged(script.tell(A, LogEntries.endpoints(many(i), Samples.endpoints())));
    }

    awaitAll(4, ImportState.HELD);
    assertThat(sink.standing().get(many(0)).endpoints().size()).isEqualTo(1);
  }

  @Test
  void importsThatNeverHadAnEndpointAreNotHeld() {
    session = session(Duration.ofMillis(20));
    for (int i = 0; i < 6; i++) {
      script.offered(Samples.export(many(i)), Samples.endpoints());
    }
    start();
    awaitAll(6, ImportState.DEGRADED);
    session.silenceChanged(Map.of(A, "no heartbeat for 30 s"));
    awaitAll(6, ImportState.STALE);

    session.silenceChanged(Map.of());

    awaitAll(6, ImportState.DEGRADED);
    int calls = sink.calls();
    await().untilAsserted(() -> assertThat(sink.calls()).isGreaterThan(calls + 20));
    awaitAll(6, ImportState.DEGRADED);
  }

  @Test
  void saysHeldWhileNothingIsKnownOfTheOrigin() {
    offerMany(6);
    start();
    awaitAll(6, ImportState.APPLIED);
    withdrawMany(4);
    awaitAll(4, ImportState.HELD);

    session.catalogChanged(script.members(Member.active(T, "istio")));

    awaitAll(2, ImportState.STALE);
    awaitAll(4, ImportState.HELD);
  }

  @Test
  void removesTheImportsOfARetiredMemberHoweverManyTheyAre() {
    offerMany(6);
    start();
    awaitAll(6, ImportState.APPLIED);

    session.catalogChanged(
        script.members(Member.active(A, "istio").retired(), Member.active(T, "istio")));

    await().untilAsserted(() -> assertThat(sink.standing()).isEmpty());
  }

  @Test
  void leavesPausedImportsAsTheyStandUntilTheyAreResumed() {
    offer(WEB, "10.0.0.1");
    offer(API, "10.0.0.2");
    start();
    awaitState(WEB, ImportState.APPLIED);
    awaitState(API, ImportState.APPLIED);
    int writes = sink.writes();

    pause.set(
        new SignedOrder(new Order.Pause(T, Optional.empty()), "anna", "freeze", Instant.now()));
    session.ordersChanged();
    awaitState(WEB, ImportState.PAUSED);
    assertThat(board.find(T, WEB).orElseThrow().reason()).isEqualTo("paused by anna: freeze");
    session.catalogChanged(script.withdrawn(WEB));
    offer(API, "10.0.0.9");
    session.catalogChanged(script.everything());
    offer(RIVAL, "10.0.0.3");
    session.catalogChanged(script.everything());
    awaitState(RIVAL, ImportState.PAUSED);
    assertThat(sink.writes()).isEqualTo(writes);

    pause.set(null);
    session.ordersChanged();

    awaitState(RIVAL, ImportState.APPLIED);
    await().untilAsserted(() -> assertThat(sink.standing()).doesNotContainKey(WEB));
    await()
        .untilAsserted(
            () ->
                assertThat(sink.standing().get(API).endpoints())
                    .isEqualTo(Samples.endpoints("10.0.0.9")));
  }

  @Test
  void dropsItsImportsWhenItLeavesAndTakesThemBackWhenItDoesNot() {
    offerMany(6);
    start();
    awaitAll(6, ImportState.APPLIED);

    leave.set(new SignedOrder(new Order.Leave(T), "anna", "moves", Instant.now()));
    session.ordersChanged();
    await().untilAsserted(() -> assertThat(sink.standing()).isEmpty());
    assertThat(board.imports(T)).isEmpty();
    session.catalogChanged(script.offered(Samples.export(WEB), Samples.endpoints("10.0.0.1")));
    await().untilAsserted(() -> assertThat(session.backlog()).isZero());
    assertThat(sink.standing()).isEmpty();

    leave.set(null);
    session.ordersChanged();

    awaitAll(7, ImportState.APPLIED);
  }

  /** As the test orders, for every mesh. */
  private final class Ordered implements StandingOrders {
    @Override
    public Optional<SignedOrder> pause(MeshId target, ServiceKey service) {
      return Optional.ofNullable(pause.get());
    }

    @Override
    public Optional<SignedOrder> leave(MeshId mesh) {
      return Optional.ofNullable(leave.get());
    }
  }

  /** Confirmed by the test, for every mesh. */
  private final class Confirmed implements Confirmations {
    @Override
    public Optional<Instant> ofWithdrawals(MeshId origin) {
      return Optional.ofNullable(confirmedAt.get());
    }

    @Override
    public Optional<Instant> ofRemovals(MeshId origin, MeshId target) {
      return Optional.ofNullable(confirmedAt.get());
    }
  }

  private static ServiceKey many(int number) {
    return Worlds.key(A, "s" + number);
  }

  private void offerMany(int count) {
    for (int i = 0; i < count; i++) {
      offer(many(i), "10.0.0." + i);
    }
  }

  private void withdrawMany(int count) {
    for (int i = 0; i < count; i++) {
      session.catalogChanged(script.withdrawn(many(i)));
    }
  }

  private void awaitAll(int count, ImportState state) {
    await()
        .untilAsserted(
            () ->
                assertThat(board.imports(T).stream().filter(status -> status.state() == state))
                    .hasSize(count));
  }

  private void start() {
    session.start(script.everything(), Map.of());
  }

  private void offer(ServiceKey service, String... addresses) {
    script.offered(Samples.export(service), Samples.endpoints(addresses));
  }

  private void awaitState(ServiceKey service, ImportState state) {
    await()
        .untilAsserted(
            () ->
                assertThat(board.find(T, service).map(ImportStatus::state))
                    .as("the state of %s", service)
                    .contains(state));
  }

  private ImportSession session(Duration repairInterval) {
    return session(repairInterval, new Backoff(Duration.ofMillis(2), Duration.ofMillis(20)));
  }

  private ImportSession session(Duration repairInterval, Backoff backoff) {
    return new ImportSession(
        Worlds.TARGET,
        sink,
        this::checkLeading,
        board,
        ImportMetrics.NONE,
        new Guard(new GuardSettings(50, 2, Duration.ofMinutes(10)), new Confirmed()),
        new Ordered(),
        new ImportSession.Tuning(4, backoff, repairInterval),
        Clock.systemUTC(),
        System::nanoTime,
        new SplittableRandom(1));
  }

  private void checkLeading() {
    if (!leading.get()) {
      throw new NotLeadingException("another leads");
    }
  }
}
