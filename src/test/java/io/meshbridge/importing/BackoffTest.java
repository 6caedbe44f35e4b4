package io.meshbridge.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshbridge.testkit.SeededRuns;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  private static final Duration INITIAL = Duration.ofMillis(100);
  private static final Duration MAX = Duration.ofSeconds(30);

  @TestFactory
  Stream<DynamicTest> waitsBetweenHalfAndWholeOfADoublingTime() {
    return SeededRuns.of(100)
        .check(
            random -> {
              var backoff = new Backoff(INITIAL, MAX);
              for (int failures = 1; failures < 70; failures++) {
                long whole =
                    failures > 20
                        ? MAX.toNanos()
                        : Math.min(MAX.toNanos(), INITIAL.toNanos() << (failures - 1));
                assertThat(backoff.delay(failures, random).toNanos()).isBetween(whole / 2, whole);
              }
            });
  }

  @Test
  void holdsForAnyNumberOfFailuresAndTheLongestTimes() {
    var backoff = new Backoff(Duration.ofNanos(1), Duration.ofDays(100_000));

    assertThat(backoff.delay(Integer.MAX_VALUE, new SplittableRandom(1))).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"PT0S, PT1S", "PT-1S, PT1S", "PT2S, PT1S"})
  void refusesBoundsThatAreNotInOrder(Duration initial, Duration max) {
    assertThatThrownBy(() -> new Backoff(initial, max))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(initial.toString())
        .hasMessageContaining(max.toString());
  }
}
