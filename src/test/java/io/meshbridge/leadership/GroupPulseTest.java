package io.meshbridge.leadership;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GroupPulseTest {
  private final GroupPulse pulse = new GroupPulse(Duration.ofNanos(40), 0, 0);

  @Test
  void vouchesForThePreviousReadingAndNotForNow() {
    pulse.read(10, 0);

    assertThat(pulse.read(20, 1)).hasValue(10);
  }

  @Test
  void hearsNothingWhileNothingIsAnswered() {
    assertThat(pulse.read(10, 0)).isEmpty();
  }

  @Test
  void doesNotTakeAnAnswerFoundAfterALongStopForAFreshOne() {
    pulse.read(10, 1);

    assertThat(pulse.read(1_000, 2)).hasValue(10);
  }

  @Test
  void afterSilenceBelievesOnlyTheSecondAnswer() {
    pulse.read(100, 0);

    var first = pulse.read(110, 1);
    var second = pulse.read(120, 2);

    assertThat(first).isEmpty();
    assertThat(second).hasValue(110);
  }

  @Test
  void countsANewLeaseFromTheLastReading() {
    pulse.read(100, 0);

    pulse.begin();

    assertThat(pulse.read(110, 1)).hasValue(100);
  }
}
