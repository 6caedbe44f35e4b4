package io.meshbridge.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshbridge.spi.MeshUnavailableException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private final AtomicLong now = new AtomicLong();
  private final Throttle throttle = new Throttle(now::get, new Random(7));

  @Test
  void isQuietForAsLongAsTheServerAsks() {
    throttle.refused(Duration.ofSeconds(7));

    assertThat(throttle.pause()).isEqualTo(Duration.ofSeconds(7));
    pass(Duration.ofSeconds(7));
    assertThat(throttle.pause()).isZero();
  }

  @Test
  void doesNotBelieveAServerThatAsksForAnHour() {
    throttle.refused(Duration.ofHours(1));

    assertThat(throttle.pause()).isEqualTo(Throttle.LONGEST_PAUSE);
  }

  @Test
  void waitsLongerAfterEachRefusalThatGivesNoTimeUntilARequestIsServed() {
    for (long millis : new long[] {250, 500, 1000, 2000, 4000, 5000, 5000}) {
      throttle.refused(Duration.ZERO);
      assertThat(throttle.pause()).isEqualTo(Duration.ofMillis(millis));
      pass(throttle.pause());
    }

    throttle.served();
    throttle.refused(Duration.ZERO);

    assertThat(throttle.pause()).isEqualTo(Duration.ofMillis(250));
  }

  @Test
  void waitsNoLongerForRequestsThatWereOnTheirWayTogether() {
    for (int i = 0; i < 16; i++) {
      throttle.refused(Duration.ZERO);
    }

    assertThat(throttle.pause()).isEqualTo(Duration.ofMillis(250));
  }

  @Test
  void saysOnceThatTheServerIsAskedTooMuchUntilItWasNotForAMinute() {
    assertThat(throttle.refused(Duration.ofSeconds(1))).isTrue();
    pass(Duration.ofSeconds(59));
    assertThat(throttle.refused(Duration.ofSeconds(1))).isFalse();
    pass(Duration.ofSeconds(60));
    assertThat(throttle.refused(Duration.ofSeconds(1))).isTrue();
  }

  @Test
  void takesAServerThatIsBrokenForOneThatIsAskedTooMuchOnlyIfItSaysSo() {
    assertThat(throttle.isRefusal(429)).isTrue();
    assertThat(throttle.isRefusal(503)).isFalse();

    throttle.refused(Duration.ofSeconds(1));

    assertThat(throttle.isRefusal(503)).isTrue();
    assertThat(throttle.isRefusal(500)).isFalse();
  }

  @Test
  void givesUpWhenItsTurnWouldComeAfterTheDeadline() {
    long deadline = throttle.deadline();
    pass(Throttle.PATIENCE.minusSeconds(1));
    throttle.refused(Duration.ofSeconds(3));

    assertThatThrownBy(() -> throttle.awaitTurn(deadline))
        .isInstanceOf(MeshUnavailableException.class)
        .hasMessageContaining("3 s");
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
