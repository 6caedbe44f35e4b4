package io.meshbridge.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SparseLogTest {
  private final List<Long> lines = new ArrayList<>();
  private long now = -5;

  @Test
  void tellsOneLineAtATimeAndHowManyItLeftOut() {
    var log = new SparseLog(Duration.ofNanos(10), () -> now);
    for (int i = 0; i < 21; i++) {
      log.tell(lines::add);
      now++;
    }

    assertThat(lines).containsExactly(0L, 9L, 9L);
  }
}
