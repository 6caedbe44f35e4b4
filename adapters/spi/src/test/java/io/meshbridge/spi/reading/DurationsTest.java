package io.meshbridge.spi.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "1s, PT1S",
    "1.5s, PT1.5S",
    "250ms, PT0.25S",
    "1h2m3s4ms, PT1H2M3.004S",
    "0s, PT0S",
    "0, PT0S",
    ".5m, PT30S",
    "10us, PT0.00001S"
  })
  void readsNumbersWithUnits(String text, Duration expected) {
    assertThat(Durations.parse(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "1.5", "-1s", "1 s", "1d", "s", "1s ", "99999999999h", "1e3s"})
  void findsNoDurationInAnythingElse(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"PT1.5S, 1.5s, 1s500ms", "PT90S, 90s, 1m30s", "PT0S, 0s, 0s", "PT2H, 7200s, 2h"})
  void spellsInSecondsAndInUnits(Duration duration, String seconds, String units) {
    assertThat(Durations.inSeconds(duration)).isEqualTo(seconds);
    assertThat(Durations.inUnits(duration)).isEqualTo(units);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 999_999, 1_000_001})
  void neverTurnsATimeoutIntoNone(long nanos) {
    assertThat(Durations.inUnits(Duration.ofNanos(nanos))).isNotEqualTo("0s");
  }
}
