package io.meshbridge.leadership;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.leadership.GroupPulse.Answers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GroupPulseTest {
  private final GroupPulse pulse = new GroupPulse(Duration.ofNanos(40), 0, beats(0));

  @Test
  void vouchesForThePreviousReadingAndNotForNow() {
    pulse.read(10, beats(0));

    assertThat(pulse.read(20, beats(1))).hasValue(10);
  }

  @Test
  void hearsNothingWhileNothingIsAnswered() {
    assertThat(pulse.read(10, beats(0))).isEmpty();
  }

  @Test
  void doesNotTakeAnAnswerFoundAfterALongStopForAFreshOne() {
    pulse.read(10, beats(1));

    assertThat(pulse.read(1_000, beats(2))).hasValue(10);
  }

  @Test
  void afterSilenceBelievesOnlyTheSecondAnswer() {
    pulse.read(100, beats(0));

    var first = pulse.read(110, beats(1));
    var second = pulse.read(120, beats(2));

    assertThat(first).isEmpty();
    assertThat(second).hasValue(110);
  }

  @Test
  void countsANewLeaseFromTheLastReading() {
    pulse.read(100, beats(0));

    pulse.begin();

    assertThat(pulse.read(110, beats(1))).hasValue(100);
  }

  @Test
  void hearsTheGroupWhileItRebalancesAndNoHeartbeatsAreSent() {
    pulse.read(100, beats(0));

    // Even after silence, since a round is counted only if it took this process in.
    assertThat(pulse.read(110, new Answers(0, 1))).hasValue(100);
  }

  private static Answers beats(int count) {
    return new Answers(count, 0);
  }
}
