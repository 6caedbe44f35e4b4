package io.meshbridge.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EventBudgetTest {
  private final AtomicLong now = new AtomicLong();
  private final EventBudget budget = new EventBudget(now::get);

  @Test
  void givesOneObjectABurstAndThenOneAMinute() {
    assertThat(takeAll("web", 100)).isEqualTo(10);

    now.addAndGet(Duration.ofSeconds(59).toNanos());
    assertThat(takeAll("web", 100)).isZero();
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(takeAll("web", 100)).isEqualTo(1);
    now.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(takeAll("web", 100)).isEqualTo(10);
  }

  @Test
  void givesAllObjectsTogetherABurstAndThenTenASecond() {
    int given = 0;
    for (int i = 0; i < 1_000; i++) {
      given += takeAll("web-" + i, 1);
    }
    assertThat(given).isEqualTo(200);

    now.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(takeAll("new-1", 10) + takeAll("new-2", 10) + takeAll("new-3", 10)).isEqualTo(20);
  }

  @Test
  void doesNotChargeAnObjectForWhatAllHaveUsedUp() {
    for (int i = 0; i < 200; i++) {
      takeAll("web-" + i, 1);
    }
    assertThat(takeAll("late", 50)).isZero();

    now.addAndGet(Duration.ofSeconds(30).toNanos());

    assertThat(takeAll("late", 50)).isEqualTo(10);
  }

  private int takeAll(String name, int tries) {
    int given = 0;
    for (int i = 0; i < tries; i++) {
      given += budget.take(new ResourceKey("shop", name)) ? 1 : 0;
    }
    return given;
  }
}
