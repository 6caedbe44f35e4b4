package io.meshbridge.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GatheringTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
  private final Gathering<String> gathering = new Gathering<>(nanos::get);

  @Test
  void isDueWhenNoMoreCameForAMoment() {
    gathering.add("a");
    assertThat(gathering.untilDue()).isEqualTo(Duration.ofMillis(100));

    pass(60);
    gathering.add("b");
    assertThat(gathering.untilDue()).isEqualTo(Duration.ofMillis(100));

    pass(100);
    assertThat(gathering.untilDue()).isZero();
    assertThat(gathering.takeAll()).containsExactly("a", "b");
    assertThat(gathering.isEmpty()).isTrue();
  }

  @Test
  void isDueAfterASecondHoweverManyCome() {
    for (int i = 0; i < 20; i++) {
      gathering.add("service " + i);
      pass(50);
    }

    assertThat(gathering.untilDue()).isZero();
  }

  @Test
  void isNotProlongedByWhatIsThereAlready() {
    gathering.add("a");
    pass(60);
    gathering.add("a");

    assertThat(gathering.untilDue()).isEqualTo(Duration.ofMillis(40));
  }

  @Test
  void forgetsWhatDoesNotGoAfterAll() {
    gathering.add("a");
    gathering.add("b");
    gathering.remove("a");

    assertThat(gathering.all()).containsExactly("b");
    gathering.remove("b");
    assertThat(gathering.untilDue()).isGreaterThan(Duration.ofHours(1));
  }

  private void pass(long millis) {
    nanos.addAndGet(Duration.ofMillis(millis).toNanos());
  }
}
