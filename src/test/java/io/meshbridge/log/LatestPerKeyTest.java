package io.meshbridge.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LatestPerKeyTest {
  private final LatestPerKey<String, Integer> waiting = new LatestPerKey<>("test", 2);

  @Test
  void keepsOnlyTheLatestOfAKey() throws Exception {
    waiting.put("a", 1);
    waiting.put("a", 2);

    assertThat(waiting.take(10)).containsExactly(Map.entry("a", 2));
  }

  @Test
  void doesNotPutBackWhatANewerValueHasReplaced() throws Exception {
    waiting.put("a", 2);

    waiting.putBack("a", 1);

    assertThat(waiting.take(10)).containsExactly(Map.entry("a", 2));
  }

  @Test
  void dropsTheLongestWaitingWhenItIsFull() throws Exception {
    waiting.put("a", 1);
    waiting.put("b", 2);
    waiting.put("c", 3);

    assertThat(waiting.take(10)).containsExactly(Map.entry("b", 2), Map.entry("c", 3));
  }

  @Test
  void handsOutNoMoreThanIsAskedFor() throws Exception {
    waiting.put("a", 1);
    waiting.put("b", 2);

    assertThat(waiting.take(1)).containsExactly(Map.entry("a", 1));
    assertThat(waiting.size()).isEqualTo(1);
  }
}
