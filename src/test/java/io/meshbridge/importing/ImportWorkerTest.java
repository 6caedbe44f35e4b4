package io.meshbridge.importing;

import static io.meshbridge.importing.Worlds.A;
import static io.meshbridge.importing.Worlds.B;
import static io.meshbridge.importing.Worlds.T;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshbridge.model.Import;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.ApplyOutcome;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.NotLeadingException;
import io.meshbridge.spi.WritePermit;
import io.meshbridge.status.ImportState;
import io.meshbridge.status.ImportStatus;
import io.meshbridge.status.StatusBoard;
import io.meshbridge.testkit.HandClock;
import io.meshbridge.testkit.Samples;
import io.meshbridge.tracing.ImportTracing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImportWorkerTest {
  private static final ServiceKey WEB = Worlds.key(A, "web");
  private static final ServiceKey OTHER = Worlds.key(B, "web");
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  private static final Loss REFUSAL =
      new Loss(Location.of("export"), "access", Loss.Outcome.REFUSED, "unsafe", "");

  private final HandClock clock = HandClock.at(START);
  private final FakeSink sink = new FakeSink(T);
  private final List<String> sent = new ArrayList<>();
  private final StatusBoard board = new StatusBoard((target, key, json) -> sent.add(key));
  private final Counting metrics = new Counting();
  private final ImportWorker worker = worker(WritePermit.ALWAYS);

  @Test
  void saysWhyNoEndpointIsLeft() throws Exception {
    var left =
        new Loss(
            Location.of("export"), "endpoints[127.0.0.1]", Loss.Outcome.DROPPED, "it is ours", "");
    var none = Samples.importNamed("web", WEB);

    worker.carryOut(WEB, new Decision.Apply(none, Instant.EPOCH, "", List.of(), List.of(left)));

    assertThat(status().state()).isEqualTo(ImportState.DEGRADED);
    assertThat(status().reason()).isEqualTo("all of its 1 endpoints are left out: it is ours");
  }

  @Test
  void appliesAndTellsSoOnce() throws Exception {
    worker.carryOut(WEB, apply("web", "10.0.0.1"));
    worker.carryOut(WEB, apply("web", "10.0.0.1"));

    assertThat(sink.journal()).containsExactly("+web a/shop/web");
    assertThat(sent).hasSize(1);
    assertThat(status().state()).isEqualTo(ImportState.APPLIED);
    assertThat(metrics.outcomes).containsExactly("written", "unchanged");
  }

  @Test
  void isDegradedWithoutAnEndpointThatTakesTraffic() throws Exception {
    worker.carryOut(WEB, apply("web"));

    assertThat(status().state()).isEqualTo(ImportState.DEGRADED);
  }

  @Test
  void isDegradedIfTheTargetCanSayNoneOfItsEndpoints() throws Exception {
    sink.answer(WEB, new ApplyOutcome.Applied("web", true, false, List.of()));

    worker.carryOut(WEB, apply("web", "db.example.com"));

    assertThat(status().state()).isEqualTo(ImportState.DEGRADED);
    assertThat(status().reason()).isEqualTo("none of its 1 endpoints can be said in the target");
  }

  @Test
  void isStaleIfItsOriginIsSilentAlsoWithoutEndpoints() throws Exception {
    worker.carryOut(
        WEB, new Decision.Apply(anImport("web"), START, "no heartbeat", List.of(), List.of()));

    assertThat(status().state()).isEqualTo(ImportState.STALE);
    assertThat(status().reason()).isEqualTo("no heartbeat");
  }

  @Test
  void tellsTheLatencyOfAChangeOnce() throws Exception {
    clock.advance(Duration.ofSeconds(10));
    var observed = clock.instant();
    clock.advance(Duration.ofMillis(250));
    worker.carryOut(WEB, applied("10.0.0.1", observed));
    clock.advance(Duration.ofSeconds(30));
    sink.lose(WEB);

    worker.carryOut(WEB, applied("10.0.0.1", observed));

    assertThat(sink.writes()).isEqualTo(2);
    assertThat(metrics.latencies).containsExactly(Duration.ofMillis(250));
    assertThat(status().latencyMs()).isEqualTo(250);
  }

  @Test
  void tellsNoLatencyOfWhatWasObservedBeforeItBegan() throws Exception {
    worker.carryOut(WEB, applied("10.0.0.1", START.minusSeconds(3600)));

    assertThat(metrics.latencies).isEmpty();
    assertThat(status().latencyMs()).isEqualTo(-1);
  }

  @Test
  void tellsNoNegativeLatencyToTheMetrics() throws Exception {
    worker.carryOut(WEB, applied("10.0.0.1", START.plusSeconds(5)));

    assertThat(metrics.latencies).containsExactly(Duration.ZERO);
  }

  @Test
  void removesWithItsStatus() throws Exception {
    worker.carryOut(WEB, apply("web", "10.0.0.1"));

    worker.carryOut(WEB, new Decision.Remove("withdrawn"));
    worker.carryOut(WEB, new Decision.Remove("withdrawn"));

    assertThat(sink.standing()).isEmpty();
    assertThat(sink.writes()).isEqualTo(2);
    assertThat(board.imports(T)).isEmpty();
    assertThat(worker.holderOf("web")).isEmpty();
    assertThat(sent).hasSize(2);
  }

  @Test
  void takesAwayWhatHasBecomeUnsafe() throws Exception {
    worker.carryOut(WEB, apply("web", "10.0.0.1"));

    worker.carryOut(WEB, new Decision.Refuse(REFUSAL, true));

    assertThat(sink.standing()).isEmpty();
    assertThat(status().state()).isEqualTo(ImportState.REFUSED);
    assertThat(status().reason()).isEqualTo("access: unsafe");
    assertThat(status().name()).isEmpty();
  }

  @Test
  void keepsWhatStandsAndCallsItStale() throws Exception {
    worker.carryOut(WEB, apply("web", "10.0.0.1"));

    worker.carryOut(WEB, new Decision.Keep("nobody knows"));

    assertThat(sink.writes()).isEqualTo(1);
    assertThat(status().state()).isEqualTo(ImportState.STALE);
    assertThat(status().name()).isEqualTo("web");
  }

  @Test
  void saysNothingOfWhatNeitherStandsNorWasEverToldOf() throws Exception {
    worker.carryOut(WEB, new Decision.Keep("nobody knows"));

    assertThat(sent).isEmpty();
  }

  @Test
  void yieldsToAStrangerAndLetsGoOfItsFormerName() throws Exception {
    worker.carryOut(WEB, apply("web", "10.0.0.1"));
    sink.takeName("web-2", "Service shop/web-2");

    worker.carryOut(WEB, apply("web-2", "10.0.0.1"));

    assertThat(status().state()).isEqualTo(ImportState.CONFLICT);
    assertThat(status().reason()).contains("Service shop/web-2");
    assertThat(sink.standing()).isEmpty();
    assertThat(worker.holderOf("web")).isEmpty();
  }

  @Test
  void letsGoOfItsNameWhenTheTargetsWordsCannotSayIt() throws Exception {
    worker.carryOut(WEB, apply("web", "10.0.0.1"));
    sink.answer(WEB, new ApplyOutcome.Refused(List.of(REFUSAL)));

    worker.carryOut(WEB, apply("web-2", "10.0.0.1"));

    assertThat(status().state()).isEqualTo(ImportState.REFUSED);
    assertThat(worker.holderOf("web")).isEmpty();
  }

  @Test
  void keepsTheNameOfWhatStandsAlthoughTheTargetRejectedAChange() throws Exception {
    worker.carryOut(WEB, apply("web", "10.0.0.1"));
    sink.answer(WEB, new ApplyOutcome.Rejected("forbidden"));

    worker.carryOut(WEB, apply("web", "10.0.0.2"));

    assertThat(status().state()).isEqualTo(ImportState.REFUSED);
    assertThat(status().reason()).isEqualTo("forbidden");
    assertThat(worker.holderOf("web")).contains(WEB);
  }

  @Test
  void tellsThatWhatCouldNotBeWrittenIsPending() throws Exception {
    sink.failNext(1);
    var decision = apply("web", "10.0.0.1");

    assertThatThrownBy(() -> worker.carryOut(WEB, decision))
        .isInstanceOf(MeshUnavailableException.class);
    worker.postpone(WEB, decision, "the mesh does not answer");

    assertThat(status().state()).isEqualTo(ImportState.PENDING);
    assertThat(metrics.outcomes).containsExactly("retried");
  }

  @Test
  void saysNothingNewOfWhatCouldNotBeRemovedYet() throws Exception {
    worker.carryOut(WEB, apply("web", "10.0.0.1"));
    sent.clear();

    worker.postpone(WEB, new Decision.Remove("withdrawn"), "the mesh does not answer");

    assertThat(sent).isEmpty();
    assertThat(status().state()).isEqualTo(ImportState.APPLIED);
  }

  @Test
  void writesNothingWithoutAPermit() {
    var unpermitted =
        worker(
            () -> {
              throw new NotLeadingException("another leads");
            });

    assertThatThrownBy(() -> unpermitted.carryOut(WEB, apply("web", "10.0.0.1")))
        .isInstanceOf(NotLeadingException.class);
    assertThat(sink.writes()).isZero();
    assertThat(sent).isEmpty();
  }

  @Test
  void remembersSinceWhenAStateHolds() throws Exception {
    worker.carryOut(WEB, apply("web", "10.0.0.1"));
    clock.advance(Duration.ofMinutes(1));
    worker.carryOut(WEB, applied("10.0.0.2", START));
    assertThat(status().since()).isEqualTo(START);

    worker.carryOut(WEB, apply("web"));

    assertThat(status().since()).isEqualTo(START.plusSeconds(60));
  }

  @Test
  void knowsFromTheBoardWhoHasWhichName() {
    board.learn(new ImportStatus(T, OTHER, "web", ImportState.APPLIED, START, -1, "", List.of()));

    assertThat(worker(WritePermit.ALWAYS).holderOf("web")).contains(OTHER);
  }

  private ImportWorker worker(WritePermit permit) {
    return new ImportWorker(T, sink, permit, board, metrics, ImportTracing.NONE, clock);
  }

  private ImportStatus status() {
    return board.find(T, WEB).orElseThrow();
  }

  private static Decision.Apply apply(String name, String... addresses) {
    return new Decision.Apply(anImport(name, addresses), START, "", List.of(), List.of());
  }

  private static Decision.Apply applied(String address, Instant observedAt) {
    return new Decision.Apply(anImport("web", address), observedAt, "", List.of(), List.of());
  }

  private static Import anImport(String name, String... addresses) {
    return Samples.importNamed(name, WEB, addresses);
  }

  private static final class Counting implements ImportMetrics {
    private final List<String> outcomes = new ArrayList<>();
    private final List<Duration> latencies = new ArrayList<>();

    @Override
    public void propagated(MeshId origin, MeshId target, Duration latency) {
      latencies.add(latency);
    }

    @Override
    public void worked(MeshId target, String outcome) {
      outcomes.add(outcome);
    }

    @Override
    public void fenced(MeshId target) {
      outcomes.add("fenced");
    }
  }
}
