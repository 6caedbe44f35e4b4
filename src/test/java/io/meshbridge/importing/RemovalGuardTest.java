package io.meshbridge.importing;

import static io.meshbridge.importing.Worlds.A;
import static io.meshbridge.importing.Worlds.B;
import static io.meshbridge.importing.Worlds.T;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.guard.Confirmations;
import io.meshbridge.guard.Guard;
import io.meshbridge.guard.GuardSettings;
import io.meshbridge.importing.RemovalGuard.Verdict;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.testkit.HandClock;
import io.meshbridge.testkit.SeededRuns;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RemovalGuardTest {
  private static final Duration WINDOW = Duration.ofMinutes(10);
  // What is judged together waits this long; whoever counts must not be stricter than that.
  private static final Duration SLACK = Duration.ofSeconds(3);

  private final Target target = new Target(new GuardSettings(50, 10, WINDOW));

  @Test
  void holdsSixtyOfAHundredAlsoAfterARestartUntilTheyAreConfirmed() throws Exception {
    target.apply(A, 0, 100);

    target.remove(A, 0, 60);
    assertThat(target.standing).hasSize(100);
    assertThat(target.held).hasSize(60);
    assertThat(target.held.values())
        .containsOnly(
            "60 of 100 imports from a would be gone within 600 s; if that is right: meshbridge"
                + " confirm a --target t");

    target.restart();
    target.pass(Duration.ofHours(1));
    assertThat(target.standing).hasSize(100);

    target.confirm(A);
    assertThat(target.standing).hasSize(40);
    assertThat(target.held).isEmpty();
  }

  @Test
  void forgetsWhatIsBack() throws Exception {
    target.apply(A, 0, 100);
    target.remove(A, 0, 60);

    target.apply(A, 0, 60);

    assertThat(target.held).isEmpty();
    target.remove(A, 0, 50);
    assertThat(target.standing).hasSize(50);
  }

  @Test
  void countsEachOriginAlone() throws Exception {
    target.apply(A, 0, 100);
    target.apply(B, 0, 100);

    target.remove(A, 0, 50);
    target.remove(B, 0, 50);

    assertThat(target.standing).hasSize(100);
    target.remove(B, 50, 51);
    assertThat(target.held.keySet()).containsExactly(Worlds.key(B, "s50"));
  }

  @Test
  void holdsADripBeyondTheShareWithinTheWindowAlsoAcrossARestart() throws Exception {
    target.apply(A, 0, 40);
    for (int i = 0; i < 15; i++) {
      target.remove(A, i, i + 1);
      target.pass(Duration.ofSeconds(10));
    }
    target.restart();
    for (int i = 15; i < 22; i++) {
      target.remove(A, i, i + 1);
      target.pass(Duration.ofSeconds(10));
    }

    assertThat(target.standing).hasSize(20);
    assertThat(target.held).hasSize(2);
  }

  @Test
  void letsOneOfTwoGo() throws Exception {
    target.apply(A, 0, 2);

    target.remove(A, 0, 1);

    assertThat(target.standing).hasSize(1);
    assertThat(target.held).isEmpty();
  }

  @Test
  void countsAnImportThatStandsWithoutEndpointsOnce() throws Exception {
    target.apply(A, 0, 40);

    // Their endpoints go, but they stand, so they are still among the forty.
    for (int i = 0; i < 20; i++) {
      assertThat(target.judge(Worlds.key(A, "s" + i))).isInstanceOf(Verdict.Goes.class);
    }

    assertThat(target.judge(Worlds.key(A, "s20"))).isInstanceOf(Verdict.Held.class);
  }

  @Test
  void remembersWhatItAdmittedUntilItIsGone() throws Exception {
    target.apply(A, 0, 40);
    var first = Worlds.key(A, "s0");
    assertThat(target.judge(first)).isInstanceOf(Verdict.Goes.class);
    target.remove(A, 1, 40);

    // The target did not answer when it was to be removed.
    assertThat(target.guard.judge(first, target)).isInstanceOf(Verdict.Goes.class);
    assertThat(target.held).hasSize(39);
  }

  @Test
  void goesByTheTimeOfAWithdrawalWhenItLooksForAConfirmation() throws Exception {
    target.apply(A, 0, 100);
    target.removeUnseen(A, 0, 60);
    target.confirm(A);

    // This target was away when the others removed them.
    target.pass(Duration.ofHours(3));

    assertThat(target.standing).hasSize(40);
  }

  @TestFactory
  Stream<DynamicTest> neverMoreGoesWithinAWindowThanIsAllowedAndNothingIsHeldForEver() {
    return SeededRuns.of(200).checkScript(RemovalGuardTest::script, RemovalGuardTest::play);
  }

  private sealed interface Step {
    record Apply(int from, int to) implements Step {}

    record Remove(int from, int to) implements Step {}

    record Pass(Duration time) implements Step {}

    record Restart() implements Step {}

    record Confirm() implements Step {}
  }

  private static List<Step> script(RandomGenerator random) {
    var steps = new ArrayList<Step>();
    for (int i = 0; i < 60; i++) {
      int from = random.nextInt(40);
      int to = Math.min(40, from + 1 + random.nextInt(random.nextInt(4) == 0 ? 30 : 4));
      steps.add(
          switch (random.nextInt(12)) {
            case 0, 1, 2 -> new Step.Apply(from, to);
            case 3, 4, 5, 6 -> new Step.Remove(from, to);
            case 7, 8 -> new Step.Pass(Duration.ofSeconds(random.nextInt(400)));
            case 9 -> new Step.Restart();
            default -> random.nextInt(8) == 0 ? new Step.Confirm() : new Step.Apply(from, to);
          });
    }
    return steps;
  }

  private static void play(List<Step> script) throws Exception {
    var target = new Target(new GuardSettings(30, 4, WINDOW));
    for (Step step : script) {
      switch (step) {
        case Step.Apply(int from, int to) -> target.apply(A, from, to);
        case Step.Remove(int from, int to) -> target.remove(A, from, to);
        case Step.Pass(var time) -> target.pass(time);
        case Step.Restart() -> target.restart();
        case Step.Confirm() -> target.confirm(A);
      }
    }
    target.apply(A, 0, 40);
    assertThat(target.held).isEmpty();
    assertThat(target.standing).hasSize(40);
  }

  /** What a session does with the guard, without its threads; it checks each removal. */
  private static final class Target implements RemovalGuard.Count, Confirmations {
    private final GuardSettings settings;
    private final HandClock clock = HandClock.at("2026-11-26T12:00:00Z");
    private final Set<ServiceKey> wanted = new TreeSet<>();
    private final Set<ServiceKey> standing = new TreeSet<>();
    private final Map<ServiceKey, Instant> withdrawn = new HashMap<>();
    private final Map<ServiceKey, String> held = new HashMap<>();
    private final Map<ServiceKey, Instant> heldSince = new HashMap<>();
    private final Map<ServiceKey, Instant> goneUnconfirmed = new HashMap<>();
    private final Map<MeshId, Instant> confirmed = new HashMap<>();
    private RemovalGuard guard;

    Target(GuardSettings settings) {
      this.settings = settings;
      this.guard = newGuard();
    }

    void apply(MeshId origin, int from, int to) throws MeshUnavailableException {
      for (ServiceKey service : keys(origin, from, to)) {
        wanted.add(service);
        standing.add(service);
        withdrawn.remove(service);
        goneUnconfirmed.remove(service);
        held.remove(service);
        heldSince.remove(service);
        assertThat(guard.stays(service)).isInstanceOf(Verdict.Goes.class);
      }
      settle();
    }

    void remove(MeshId origin, int from, int to) throws MeshUnavailableException {
      removeUnseen(origin, from, to);
      settle();
    }

    void removeUnseen(MeshId origin, int from, int to) {
      for (ServiceKey service : keys(origin, from, to)) {
        if (wanted.remove(service)) {
          withdrawn.put(service, clock.instant());
        }
      }
    }

    void pass(Duration time) throws MeshUnavailableException {
      clock.advance(time);
      settle();
    }

    void restart() throws MeshUnavailableException {
      guard = newGuard();
      heldSince.forEach((service, since) -> guard.remember(service, since, held.get(service)));
      settle();
    }

    void confirm(MeshId origin) throws MeshUnavailableException {
      confirmed.put(origin, clock.instant());
      settle();
    }

    /** Asks until the guard has made up its mind. */
    Verdict judge(ServiceKey service) throws MeshUnavailableException {
      var verdict = guard.judge(service, this);
      while (verdict instanceof Verdict.Waits(var time)) {
        clock.advance(time);
        verdict = guard.judge(service, this);
      }
      return verdict;
    }

    private void settle() throws MeshUnavailableException {
      var going = new TreeSet<>(standing);
      going.removeAll(wanted);
      for (ServiceKey service : going) {
        // They come together, and are asked about again one after the other.
        assertThat(guard.judge(service, this)).isNotNull();
      }
      for (ServiceKey service : going) {
        switch (judge(service)) {
          case Verdict.Held(var reason) -> {
            held.put(service, reason);
            heldSince.putIfAbsent(service, clock.instant());
          }
          case Verdict.Goes ignored -> gone(service);
          case Verdict.Waits ignored -> throw new IllegalStateException("undecided");
        }
      }
    }

    private void gone(ServiceKey service) {
      var since = heldSince.getOrDefault(service, withdrawn.get(service));
      boolean isConfirmed = settings.isConfirmed(ofRemovals(service.mesh(), T), since);
      held.remove(service);
      heldSince.remove(service);
      standing.remove(service);
      if (!isConfirmed) {
        goneUnconfirmed.put(service, clock.instant());
        checkBounds(service.mesh());
      }
    }

    private void checkBounds(MeshId origin) {
      var began = clock.instant().minus(settings.window()).plus(SLACK);
      var gone =
          goneUnconfirmed.entrySet().stream()
              .filter(entry -> entry.getKey().mesh().equals(origin))
              .filter(entry -> entry.getValue().isAfter(began))
              .count();
      long all = withdrawn.size() + wanted.size();
      assertThat(gone)
          .isLessThanOrEqualTo(Math.max(settings.floor(), settings.sharePercent() * all / 100));
    }

    private RemovalGuard newGuard() {
      return new RemovalGuard(T, new Guard(settings, this), clock, this::nanos);
    }

    private long nanos() {
      return Duration.between(Instant.EPOCH, clock.instant()).toNanos();
    }

    @Override
    public Set<ServiceKey> standing(MeshId origin) {
      return standing.stream()
          .filter(service -> service.mesh().equals(origin))
          .collect(Collectors.toSet());
    }

    @Override
    public Set<ServiceKey> withdrawnBetween(MeshId origin, Instant begin, Instant end) {
      return withdrawn.entrySet().stream()
          .filter(entry -> entry.getKey().mesh().equals(origin))
          .filter(entry -> entry.getValue().isAfter(begin) && !entry.getValue().isAfter(end))
          .map(Map.Entry::getKey)
          .collect(Collectors.toSet());
    }

    @Override
    public Optional<Instant> withdrawnAt(ServiceKey service) {
      return Optional.ofNullable(withdrawn.get(service));
    }

    @Override
    public Optional<Instant> ofWithdrawals(MeshId origin) {
      return Optional.ofNullable(confirmed.get(origin));
    }

    @Override
    public Optional<Instant> ofRemovals(MeshId origin, MeshId target) {
      return ofWithdrawals(origin);
    }

    private static Set<ServiceKey> keys(MeshId origin, int from, int to) {
      return IntStream.range(from, to)
          .mapToObj(number -> Worlds.key(origin, "s" + number))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
