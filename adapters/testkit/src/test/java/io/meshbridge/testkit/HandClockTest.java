package io.meshbridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class HandClockTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  @Test
  void standsStillUntilItIsMoved() {
    var clock = HandClock.at(START);

    assertThat(clock.instant()).isEqualTo(START).isEqualTo(clock.instant());
    clock.advance(Duration.ofMinutes(5));
    assertThat(clock.instant()).isEqualTo("2026-11-22T10:05:00Z");
    clock.advance(Duration.ofMinutes(-10));
    assertThat(clock.instant()).isEqualTo("2026-11-22T09:55:00Z");
    clock.set(START);
    assertThat(clock.instant()).isEqualTo(START);
  }

  @Test
  void movesItsViewsInOtherZones() {
    var clock = HandClock.at(START);
    var elsewhere = clock.withZone(ZoneId.of("Asia/Tokyo"));

    clock.advance(Duration.ofSeconds(1));

    assertThat(elsewhere.instant()).isEqualTo(clock.instant());
    assertThat(elsewhere.getZone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
  }
}
