package io.meshbridge.adapter.consul;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SweepGovernorTest {
  private final SweepGovernor governor = new SweepGovernor(2, Duration.ofMinutes(1));

  @Test
  void sweepsAtOnceWhenAskedForTheFirstTime() {
    // Given
    governor.ask();

    // When, Then
    assertThat(governor.nanosUntilDue(100)).isZero();
    assertThat(governor.begins(100)).isTrue();
    assertThat(governor.begins(101)).isFalse();
  }

  @Test
  void restsInProportionBeforeTheNextSweep() {
    // Given
    governor.ask();
    governor.begins(100);
    governor.ask();

    // When
    governor.over(150);

    // Then
    assertThat(governor.nanosUntilDue(160)).isEqualTo(90);
    assertThat(governor.begins(249)).isFalse();
    assertThat(governor.begins(250)).isTrue();
  }
}
