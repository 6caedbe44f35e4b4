package io.meshbridge.testkit.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LoopbackPortsTest {
  private static final int SEED = 7;

  @Test
  void aPortThatWasFoundIsNotFoundByAnybodyElse() throws Exception {
    var one = new LoopbackPorts(new Random(SEED));
    var another = new LoopbackPorts(new Random(SEED));

    var first = one.free(5);
    var second = another.free(5);

    assertThat(first).doesNotHaveDuplicates();
    assertThat(second).doesNotContainAnyElementsOf(first);
    // Kept until here: what nobody holds may be found again.
    assertThat(one.free(5)).doesNotContainAnyElementsOf(first).doesNotContainAnyElementsOf(second);
    assertThat(another.free(5)).doesNotContainAnyElementsOf(first);
  }
}
