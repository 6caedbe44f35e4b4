package io.meshbridge.adapter.consul.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WeightsTest {
  @Test
  void keepsRatiosThatHundredthsCanSay() {
    // When
    var weights = Weights.of(List.of(1, 3, 0, 4));

    // Then
    assertThat(weights.hundredths()).containsExactly(1250, 3750, 0, 5000);
    assertThat(weights.exact()).containsOnly(true);
    assertThat(weights.printed(0)).isEqualTo(12.5);
    assertThat(weights.printed(3)).isEqualTo(50);
  }

  @Test
  void givesTheRestToTheLargestRemainders() {
    // When
    var weights = Weights.of(List.of(1, 1, 1));

    // Then
    assertThat(weights.hundredths()).containsExactly(3334, 3333, 3333);
    assertThat(weights.exact()).containsOnly(false);
  }

  @Test
  void alwaysAddsUpToAllOfIt() {
    // Given
    var random = new Random(7);

    // When, Then
    for (int i = 0; i < 1000; i++) {
      var ratios = new ArrayList<Integer>();
      for (int k = 0; k <= random.nextInt(9); k++) {
        ratios.add(random.nextInt(1_000_000) + (k == 0 ? 1 : 0));
      }
      assertThat(Weights.of(ratios).hundredths().stream().mapToInt(Integer::intValue).sum())
          .as("of %s", ratios)
          .isEqualTo(10_000);
    }
  }
}
