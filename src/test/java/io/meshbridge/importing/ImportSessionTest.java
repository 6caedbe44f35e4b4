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
import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.Export;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.orders.Order;
import io.meshbridge.orders.SignedOrder;
import io.meshbridge.orders.StandingOrders;
import io.meshbridge.spi.NotLeadingException;
import io.meshbridge.spi.Sink;
import io.meshbridge.spi.WritePermit;
import io.meshbridge.status.ImportState;
import io.meshbridge.status.ImportStatus;
import io.meshbridge.status.StatusBoard;
import io.meshbridge.testkit.Samples;
import io.meshbridge.tracing.ImportTracing;
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

  private static final Loss UNTOLD =
      new Loss(Location.of("export"), "traffic.http[0]", Loss.Outcome.DROPPED, "unsaid", "");

  private final CatalogScript script = Worlds.federation();
  private final FakeSink sink = new FakeSink(T);
  private final List<String> outcomes = new CopyOnWriteArrayList<>();
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
  void removesWhatBecomesUnsafeAlsoWhilePausedAndHoweverManyItIs() {
    offerMany(6);
    start();
    awaitAll(6, ImportState.APPLIED);
    pause.set(
        new SignedOrder(new Order.Pause(T, Optional.empty()), "anna", "freeze", Instant.now()));
    session.ordersChanged();
    awaitAll(6, ImportState.PAUSED);

    for (int i = 0; i < 6; i++) {
      session.catalogChanged(script.tell(A, LogEntries.exported(guarded(many(i)))));
    }

    awaitAll(6, ImportState.REFUSED);
    assertThat(sink.standing()).isEmpty();
  }

  @Test
  void holdsRefusalsThatAreNotUnsafeBeyondTheShare() {
    session = session(Worlds.target("net-2", "{service}"), sink, Damping.USUAL);
    offerMany(6);
    start();
    awaitAll(6, ImportState.APPLIED);

    session.catalogChanged(
        script.tell(A, LogEntries.described(new MeshDescriptor(A, "istio", "", "", "net-1"))));

    awaitAll(6, ImportState.HELD);
    assertThat(sink.standing()).hasSize(6);
  }

  @Test
  void leavesPausedImportsToAMeshThatLeaves() {
    offer(WEB, "10.0.0.1");
    start();
    awaitState(WEB, ImportState.APPLIED);
    pause.set(
        new SignedOrder(new Order.Pause(T, Optional.empty()), "anna", "freeze", Instant.now()));
    session.ordersChanged();
    awaitState(WEB, ImportState.PAUSED);

    leave.set(new SignedOrder(new Order.Leave(T), "anna", "moves", Instant.now()));
    session.ordersChanged();

    await().untilAsserted(() -> assertThat(sink.standing()).isEmpty());
  }

  @Test
  void writesAFlappingImportAtASteadyPaceAndEndsAtItsNewestState() {
    var damping = new Damping(3, Duration.ofMillis(200));
    session = session(Worlds.TARGET, sink, damping);
    offer(WEB, "10.0.0.0");
    start();
    awaitState(WEB, ImportState.APPLIED);
    long begin = System.nanoTime();

    for (int i = 1; i <= 50; i++) {
      int before = outcomes.size();
      session.catalogChanged(
          script.tell(A, LogEntries.endpoints(WEB, Samples.endpoints("10.0.1." + i))));
      await()
          .pollInterval(Duration.ofMillis(1))
          .untilAsserted(() -> assertThat(outcomes).hasSizeGreaterThan(before));
    }

    await()
        .untilAsserted(
            () ->
                assertThat(sink.standing().get(WEB).endpoints())
                    .isEqualTo(Samples.endpoints("10.0.1.50")));
    var passed = Duration.ofNanos(System.nanoTime() - begin);
    assertThat(sink.writes())
        .isLessThanOrEqualTo(damping.burst() + 1 + (int) passed.dividedBy(damping.interval()));
  }

  @Test
  void writesNothingIntoAMeshThatIsOnlyObservedAndSaysWhatIsDue() throws Exception {
    sink.apply(Samples.importNamed("old", Worlds.key(A, "old"), "10.0.0.1"), WritePermit.ALWAYS);
    int writes = sink.writes();
    sink.takeName("api", "Service shop/api");
    session = session(Worlds.TARGET, observed(), Damping.USUAL);
    offer(WEB, "10.0.0.1");
    offer(API, "10.0.0.2");
    script.marked(A);

    start();

    awaitState(WEB, ImportState.OBSERVED);
    assertThat(board.find(T, WEB).orElseThrow())
        .satisfies(
            told -> {
              assertThat(told.name()).isEqualTo("web");
              assertThat(told.reason()).isEqualTo("would be written");
              assertThat(told.losses()).contains(UNTOLD);
            });
    awaitState(API, ImportState.CONFLICT);
    awaitState(Worlds.key(A, "old"), ImportState.OBSERVED);
    assertThat(board.find(T, Worlds.key(A, "old")).orElseThrow().reason())
        .startsWith("would be removed: ");
    assertThat(sink.writes()).isEqualTo(writes);
  }

  @Test
  void saysAppliedOfWhatStandsInAMeshThatIsOnlyObservedAsItShould() {
    offer(WEB, "10.0.0.1");
    start();
    awaitState(WEB, ImportState.APPLIED);
    session.close();

    session = session(Worlds.TARGET, observed(), Damping.USUAL);
    start();
    session.catalogChanged(
        script.tell(A, LogEntries.endpoints(WEB, Samples.endpoints("10.0.0.9"))));

    awaitState(WEB, ImportState.OBSERVED);
    session.catalogChanged(
        script.tell(A, LogEntries.endpoints(WEB, Samples.endpoints("10.0.0.1"))));
    awaitState(WEB, ImportState.APPLIED);
    assertThat(sink.writes()).isEqualTo(1);
  }

  @Test
  void anObservedMeshOfWhichItDoesNotSpeakIsNotToldOf() {
    leading.set(false);
    session = session(Worlds.TARGET, observed(), Damping.USUAL);
    offer(WEB, "10.0.0.1");

    start();

    await().untilAsserted(() -> assertThat(sink.calls()).isGreaterThanOrEqualTo(3));
    assertThat(board.find(T, WEB)).isEmpty();
  }

  @Test
  void rewritesSlowlyWhatStandsAlthoughNothingWasHeardOfItAndLetsNoChangeWaitForThat() {
    offerMany(30);
    start();
    awaitAll(30, ImportState.APPLIED);
    session.close();
    // Another version of the bridge would say each of them in other words.
    sink.forgetWords();
    int writes = sink.writes();
    session = session(rewritingEvery(Duration.ofHours(1)));

    start();
    session.catalogChanged(
        script.tell(A, LogEntries.endpoints(many(29), Samples.endpoints("10.0.1.1"))));
    session.catalogChanged(script.offered(Samples.export(WEB), Samples.endpoints("10.0.1.2")));

    awaitState(WEB, ImportState.APPLIED);
    await()
        .untilAsserted(
            () ->
                assertThat(sink.standing().get(many(29)).endpoints())
                    .isEqualTo(Samples.endpoints("10.0.1.1")));
    // One of each worker at most before the first one slows all down.
    assertThat(sink.writes()).isLessThanOrEqualTo(writes + 2 + 4);

    session.close();
    session = session(rewritingEvery(Duration.ofMillis(1)));
    start();
    await().until(() -> !sink.hasOldWords());
    // One that changed may have been rewritten before its change was heard of.
    assertThat(sink.writes()).isBetween(writes + 31, writes + 32);
  }

  private static ImportSession.Tuning rewritingEvery(Duration interval) {
    return new ImportSession.Tuning(
        4,
        new Backoff(Duration.ofMillis(2), Duration.ofMillis(20)),
        Damping.USUAL,
        interval,
        Duration.ofHours(1));
  }

  private ImportSession session(ImportSession.Tuning tuning) {
    return session(Worlds.TARGET, sink, tuning);
  }

  private ObservedSink observed() {
    return new ObservedSink(sink, desired -> List.of(UNTOLD));
  }

  private static Export guarded(ServiceKey service) {
    return Worlds.export(
        service,
        EARLY,
        FederationPath.startingAt(A),
        AccessPolicy.meshIdentityRequired("PeerAuthentication shop/default is STRICT"));
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

  /** Keeps them in their order. */
  private final class Outcomes implements ImportMetrics {
    @Override
    public void propagated(MeshId origin, MeshId target, Duration latency) {}

    @Override
    public void worked(MeshId target, String outcome) {
      outcomes.add(outcome);
    }

    @Override
    public void fenced(MeshId target) {
      outcomes.add("fenced");
    }
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
    var tuning = new ImportSession.Tuning(4, backoff, Damping.USUAL, Duration.ZERO, repairInterval);
    return session(Worlds.TARGET, sink, tuning);
  }

  private ImportSession session(TargetMesh target, Sink into, Damping damping) {
    var backoff = new Backoff(Duration.ofMillis(2), Duration.ofMillis(20));
    return session(
        target,
        into,
        new ImportSession.Tuning(4, backoff, damping, Duration.ZERO, Duration.ofHours(1)));
  }

  private ImportSession session(TargetMesh target, Sink into, ImportSession.Tuning tuning) {
    return new ImportSession(
        target,
        into,
        this::checkLeading,
        board,
        new Outcomes(),
        ImportTracing.NONE,
        new Guard(new GuardSettings(50, 2, Duration.ofMinutes(10)), new Confirmed()),
        new Ordered(),
        tuning,
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
