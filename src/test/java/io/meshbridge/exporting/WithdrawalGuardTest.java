package io.meshbridge.exporting;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.catalog.MeshFold;
import io.meshbridge.exporting.WithdrawalGuard.Verdict;
import io.meshbridge.guard.GuardSettings;
import io.meshbridge.log.RecordCodec;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.testkit.Samples;
import io.meshbridge.testkit.SeededRuns;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class WithdrawalGuardTest {
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
  private static final Duration WINDOW = Duration.ofMinutes(10);

  private final Exporter exporter = new Exporter(new GuardSettings(50, 10, WINDOW));

  @Test
  void holdsSixtyOfAHundredUntilTheyAreConfirmed() {
    exporter.offer(0, 100);

    exporter.withdraw(0, 60);
    assertThat(exporter.published.exportCount()).isEqualTo(100);
    assertThat(exporter.published.holds()).hasSize(60);
    assertThat(exporter.published.holds().values())
        .extracting("reason")
        .containsOnly(
            "60 of 100 services of m would be gone within 600 s; if that is right: meshbridge"
                + " confirm m");

    exporter.pass(Duration.ofHours(5));
    assertThat(exporter.published.exportCount()).isEqualTo(100);

    exporter.confirm();
    assertThat(exporter.published.exportCount()).isEqualTo(40);
    assertThat(exporter.published.holds()).isEmpty();
  }

  @Test
  void letsHeldServicesGoOnWhenTheyAreBack() {
    exporter.offer(0, 100);
    exporter.withdraw(0, 60);

    exporter.offer(0, 60);

    assertThat(exporter.published.holds()).isEmpty();
    assertThat(exporter.published.exportCount()).isEqualTo(100);
  }

  @Test
  void holdsASlowDripOnceItIsBeyondTheShareWithinTheWindow() {
    exporter.offer(0, 40);
    for (int i = 0; i < 22; i++) {
      exporter.withdraw(i, i + 1);
      exporter.pass(Duration.ofSeconds(20));
    }

    assertThat(exporter.published.exportCount()).isEqualTo(20);
    assertThat(exporter.published.holds()).hasSize(2);
  }

  @Test
  void doesNotHoldADripThatIsSlowerThanTheWindow() {
    exporter.offer(0, 40);
    for (int i = 0; i < 40; i++) {
      exporter.withdraw(i, i + 1);
      exporter.pass(Duration.ofMinutes(2));
    }

    assertThat(exporter.published.exportCount()).isZero();
  }

  @Test
  void letsAFewGoWhateverTheirShare() {
    exporter.offer(0, 2);

    exporter.withdraw(0, 1);

    assertThat(exporter.published.exportCount()).isEqualTo(1);
    assertThat(exporter.published.holds()).isEmpty();
  }

  @Test
  void holdsNothingNewBesidesWhatIsHeldAlreadyAndTellsEachOnce() {
    exporter.offer(0, 100);
    exporter.withdraw(0, 60);

    var verdict = exporter.withdraw(60, 61);

    assertThat(verdict.held()).containsExactly(key(60));
    assertThat(verdict.going()).isEmpty();
    assertThat(exporter.published.holds()).hasSize(61);
  }

  @Test
  void coversWhatFollowsAConfirmationWithinAWindowAndNothingLater() {
    exporter.offer(0, 100);
    exporter.confirm();
    exporter.withdraw(0, 60);
    assertThat(exporter.published.exportCount()).isEqualTo(40);

    exporter.pass(WINDOW.plusSeconds(1));
    exporter.withdraw(60, 100);

    assertThat(exporter.published.exportCount()).isEqualTo(40);
    assertThat(exporter.published.holds()).hasSize(40);
  }

  @TestFactory
  Stream<DynamicTest> neverMoreGoesWithinAWindowThanIsAllowedAndNothingIsHeldForEver() {
    return SeededRuns.of(200).checkScript(WithdrawalGuardTest::script, WithdrawalGuardTest::play);
  }

  private sealed interface Step {
    record Offer(int from, int to) implements Step {}

    record Withdraw(int from, int to) implements Step {}

    record Pass(Duration time) implements Step {}

    record Confirm() implements Step {}
  }

  private static List<Step> script(RandomGenerator random) {
    var steps = new ArrayList<Step>();
    for (int i = 0; i < 60; i++) {
      int from = random.nextInt(40);
      int to = Math.min(40, from + 1 + random.nextInt(random.nextInt(4) == 0 ? 30 : 4));
      steps.add(
          switch (random.nextInt(10)) {
            case 0, 1, 2 -> new Step.Offer(from, to);
            case 3, 4, 5, 6 -> new Step.Withdraw(from, to);
            case 7, 8 -> new Step.Pass(Duration.ofSeconds(random.nextInt(400)));
            default -> random.nextInt(4) == 0 ? new Step.Confirm() : new Step.Offer(from, to);
          });
    }
    return steps;
  }

  private static void play(List<Step> script) {
    var exporter = new Exporter(new GuardSettings(30, 4, WINDOW));
    for (Step step : script) {
      switch (step) {
        case Step.Offer(int from, int to) -> exporter.offer(from, to);
        case Step.Withdraw(int from, int to) -> exporter.withdraw(from, to);
        case Step.Pass(var time) -> exporter.pass(time);
        case Step.Confirm() -> exporter.confirm();
      }
    }
    exporter.offer(0, 40);
    assertThat(exporter.published.holds()).isEmpty();
    assertThat(exporter.published.exported()).hasSize(40);
  }

  private static ServiceKey key(int number) {
    return Samples.key("m", "shop", "s" + number);
  }

  /** What a session does with the guard, without its threads; it checks each step. */
  private static final class Exporter {
    private final ExportPlanner planner = new ExportPlanner(new RecordCodec(), false);
    private final GuardSettings settings;
    private final WithdrawalGuard guard;
    private final Set<ServiceKey> offered = new HashSet<>();
    // What went, and when, until it is back.
    private final Map<ServiceKey, Instant> gone = new HashMap<>();
    private MeshFold published = MeshFold.EMPTY;
    private Optional<Instant> confirmedAt = Optional.empty();
    private Instant now = NOON;

    Exporter(GuardSettings settings) {
      this.settings = settings;
      this.guard = new WithdrawalGuard(new MeshId("m"), settings);
    }

    void offer(int from, int to) {
      for (ServiceKey service : keys(from, to)) {
        offered.add(service);
        gone.remove(service);
        published =
            Folded.after(
                published,
                planner.offered(published, Samples.offer(service, "10.0.0.1"), now, now));
      }
      turn();
    }

    Verdict withdraw(int from, int to) {
      offered.removeAll(keys(from, to));
      return turn();
    }

    void pass(Duration time) {
      now = now.plus(time);
      turn();
    }

    void confirm() {
      confirmedAt = Optional.of(now);
      turn();
    }

    private Verdict turn() {
      var leaving = new HashSet<>(published.exported());
      leaving.removeAll(offered);
      var verdict = guard.judge(published, leaving, confirmedAt, now);
      verdict.going().forEach(this::withdraw);
      verdict
          .held()
          .forEach(
              service ->
                  published =
                      Folded.after(published, planner.held(published, service, verdict.hold())));
      assertThat(published.holds().keySet()).noneMatch(offered::contains);
      assertThat(published.exported()).containsAll(published.holds().keySet());
      if (!verdict.going().isEmpty() && !settings.isConfirmed(confirmedAt, now)) {
        checkBounds(verdict);
      }
      return verdict;
    }

    private void withdraw(ServiceKey service) {
      published = Folded.after(published, planner.withdrawn(published, service, now));
      gone.put(service, now);
    }

    private void checkBounds(Verdict verdict) {
      long recent =
          gone.values().stream().filter(at -> at.isAfter(now.minus(settings.window()))).count();
      long all = published.exportCount() + recent;
      assertThat(recent)
          .as("gone within the window after %s", verdict.going())
          .isLessThanOrEqualTo(Math.max(settings.floor(), settings.sharePercent() * all / 100));
    }

    private static Set<ServiceKey> keys(int from, int to) {
      return IntStream.range(from, to)
          .mapToObj(WithdrawalGuardTest::key)
          .collect(Collectors.toSet());
    }
  }
}
