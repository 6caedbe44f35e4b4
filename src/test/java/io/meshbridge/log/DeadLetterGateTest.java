package io.meshbridge.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DeadLetterGateTest {
  private final AtomicLong now = new AtomicLong();
  private final DeadLetterGate gate = new DeadLetterGate(now::get);

  @Test
  void letsABurstThroughAndThenATrickle() {
    var burst = admitted(0, 1_000);

    now.addAndGet(DeadLetterGate.TRICKLE.multipliedBy(3).toNanos());

    assertThat(burst).isEqualTo(DeadLetterGate.BURST);
    assertThat(admitted(1_000, 2_000)).isEqualTo(3);
    assertThat(gate.heldBack("topic")).isEqualTo(2_000 - DeadLetterGate.BURST - 3);
  }

  @Test
  void doesNotLetTheSameRecordThroughAgain() {
    gate.admits("topic", 7, "hash");

    assertThat(gate.admits("topic", 7, "hash")).isFalse();
  }

  @Test
  void takesTheSameOffsetWithAnotherValueForAnotherRecord() {
    gate.admits("topic", 7, "hash");

    assertThat(gate.admits("topic", 7, "of a topic created anew")).isTrue();
  }

  @Test
  void doesNotLetOneTopicsFloodHoldBackAnother() {
    admitted(0, 1_000);

    assertThat(gate.admits("other", 0, "hash")).isTrue();
  }

  private long admitted(long from, long to) {
    return LongStream.range(from, to).filter(i -> gate.admits("topic", i, "hash")).count();
  }
}
