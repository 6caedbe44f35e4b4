package io.meshbridge.adapter.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.adapter.files.Exported.Step;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Observation;
import io.meshbridge.spi.Observation.Complete;
import io.meshbridge.spi.Observation.Interrupted;
import io.meshbridge.spi.Observation.Offered;
import io.meshbridge.spi.Observation.Unreadable;
import io.meshbridge.spi.Observation.Withdrawn;
import io.meshbridge.spi.Offer;
import io.meshbridge.spi.Reading;
import io.meshbridge.testkit.ModelGenerators;
import io.meshbridge.testkit.Samples;
import io.meshbridge.testkit.SeededRuns;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ExportedTest {
  private static final Instant AT = Samples.FIRST_SEEN;
  private static final ServiceKey WEB = Samples.key("git", "shop", "web");
  private static final Offer OFFER = Samples.offer(WEB, "10.0.0.1");

  @Test
  void saysEqualStateOnce() {
    var first = Exported.NOTHING_YET.after(offers(OFFER), true, AT);
    var second = first.next().after(offers(OFFER), true, AT);

    assertThat(first.observations())
        .containsExactly(new Offered(OFFER, AT), new Complete(Set.of(WEB), AT));
    assertThat(second.observations()).isEmpty();
  }

  @Test
  void withdrawsOnlyWhatAWholeReadingLacks() {
    var known = Exported.NOTHING_YET.after(offers(OFFER), true, AT).next();

    var partial = known.after(offers(), false, AT);
    var whole = partial.next().after(offers(), true, AT);

    assertThat(partial.observations()).isEmpty();
    assertThat(whole.observations())
        .containsExactly(new Withdrawn(WEB, AT), new Complete(Set.of(), AT));
  }

  @Test
  void keepsUnreadableServicesAmongThoseThatAreThere() {
    var broken =
        new Reading(List.of(), new TreeMap<>(Map.of(WEB, "no port")), List.of(), new TreeMap<>());

    assertThat(Exported.NOTHING_YET.after(broken, true, AT).observations())
        .containsExactly(new Unreadable(WEB, "no port", AT), new Complete(Set.of(WEB), AT));
  }

  @Test
  void saysOnceThatItIsInterruptedAndOnceThatItIsCompleteAgain() {
    var known = Exported.NOTHING_YET.after(offers(OFFER), true, AT).next();

    var interrupted = known.interrupted("gone", AT);
    var still = interrupted.next().interrupted("still gone", AT);
    var partial = still.next().after(offers(OFFER), false, AT);
    var whole = partial.next().after(offers(OFFER), true, AT);

    assertThat(interrupted.observations()).containsExactly(new Interrupted("gone", AT));
    assertThat(still.observations()).isEmpty();
    assertThat(partial.observations()).isEmpty();
    assertThat(whole.observations()).containsExactly(new Complete(Set.of(WEB), AT));
  }

  /** One round of a folder's life. */
  private record Round(Set<String> services, boolean whole, boolean readable) {}

  @TestFactory
  Stream<DynamicTest> whoeverListensKnowsTheFolderAfterEachWholeReading() {
    return SeededRuns.of(200)
        .checkScript(
            random -> {
              var any = new ModelGenerators(random);
              return any.listOf(
                  1,
                  20,
                  () ->
                      new Round(
                          Set.copyOf(any.listOf(0, 3, () -> any.oneOf("a", "b", "c"))),
                          random.nextInt(3) != 0,
                          random.nextInt(5) != 0));
            },
            ExportedTest::listen);
  }

  private static void listen(List<Round> rounds) {
    var state = Exported.NOTHING_YET;
    var listener = new HashSet<ServiceKey>();
    for (Round round : rounds) {
      var keys = round.services().stream().map(name -> Samples.key("git", "shop", name)).toList();
      var reading =
          offers(keys.stream().map(key -> Samples.offer(key, "10.0.0.1")).toArray(Offer[]::new));
      Step step =
          round.readable() ? state.after(reading, round.whole(), AT) : state.interrupted("", AT);
      boolean conclusive = round.readable() && round.whole();

      for (Observation said : step.observations()) {
        switch (said) {
          case Offered offered -> listener.add(offered.offer().key());
          case Withdrawn withdrawn -> {
            assertThat(conclusive).as("withdrawn by a whole reading").isTrue();
            assertThat(listener.remove(withdrawn.service())).isTrue();
          }
          case Complete complete -> {
            assertThat(conclusive).as("complete after a whole reading").isTrue();
            assertThat(complete.services()).containsExactlyInAnyOrderElementsOf(keys);
          }
          case Interrupted ignored -> assertThat(round.readable()).isFalse();
          case Unreadable ignored -> throw new AssertionError("all can be read");
          case Observation.Described ignored -> throw new AssertionError("nothing new");
          case Observation.Trusted ignored -> throw new AssertionError("nothing new");
        }
      }
      if (conclusive) {
        assertThat(listener).containsExactlyInAnyOrderElementsOf(keys);
      }
      state = step.next();
    }
  }

  private static Reading offers(Offer... offers) {
    return new Reading(List.of(offers), new TreeMap<>(), List.of(), new TreeMap<>());
  }
}
