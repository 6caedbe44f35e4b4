package io.meshbridge.adapter.consul;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.adapter.consul.WorkQueue.Urgency;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
  private final WorkQueue queue = new WorkQueue();

  @Test
  void givesTheMostPressingFirstAndEachOnce() throws Exception {
    // Given
    queue.add(Urgency.OTHER, List.of("c", "a"));
    queue.add(Urgency.EXPORTED, List.of("b", "a"));
    queue.add(Urgency.CHANGED, List.of("a"));

    // When, Then
    assertThat(List.of(queue.take(), queue.take(), queue.take())).containsExactly("a", "b", "c");
    assertThat(queue.isEmptyUpTo(Urgency.OTHER)).isTrue();
  }

  @Test
  void neverHasTwoLanesOnOneService() throws Exception {
    // Given
    queue.add(Urgency.CHANGED, List.of("a"));
    queue.take();
    queue.add(Urgency.CHANGED, List.of("a"));
    queue.add(Urgency.OTHER, List.of("b"));

    // When
    var meanwhile = queue.take();
    queue.done("a");
    var after = queue.take();

    // Then
    assertThat(meanwhile).isEqualTo("b");
    assertThat(after).isEqualTo("a");
  }
}
