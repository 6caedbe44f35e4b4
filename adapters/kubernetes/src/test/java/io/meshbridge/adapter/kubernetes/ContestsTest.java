package io.meshbridge.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ContestsTest {
  private static final ResourceKey WEB = new ResourceKey("shop", "web");

  private final AtomicLong now = new AtomicLong();
  private final Contests contests = new Contests(now::get);

  @Test
  void isNewsOnceHoweverOftenFieldsAreTakenBack() {
    assertThat(contests.takeBack(WEB)).isTrue();
    for (int round = 0; round < 100; round++) {
      // Between two rounds the object is as it should be.
      assertThat(contests.calm(WEB)).isEmpty();
      pass(Duration.ofSeconds(2));
      assertThat(contests.takeBack(WEB)).isFalse();
    }
  }

  @Test
  void isOverWhenNothingWasTakenBackForAMinute() {
    contests.takeBack(WEB);
    contests.takeBack(WEB);

    pass(Duration.ofSeconds(59));
    assertThat(contests.calm(WEB)).isEmpty();
    assertThat(contests.isOn(WEB)).isTrue();

    pass(Duration.ofSeconds(1));
    assertThat(contests.calm(WEB)).hasValue(2);
    assertThat(contests.isOn(WEB)).isFalse();
    assertThat(contests.takeBack(WEB)).isTrue();
  }

  @Test
  void knowsNothingMoreOfAnObjectThatIsGone() {
    contests.takeBack(WEB);

    contests.forget(WEB);

    assertThat(contests.isOn(WEB)).isFalse();
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
