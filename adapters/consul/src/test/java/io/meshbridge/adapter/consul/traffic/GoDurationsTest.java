package io.meshbridge.adapter.consul.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.spi.reading.Durations;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GoDurationsTest {
  @Test
  void writesDurationsAsTheServerDoes() {
    assertThat(GoDurations.text(Duration.ZERO)).isEqualTo("0s");
    assertThat(GoDurations.text(Duration.ofNanos(7))).isEqualTo("7ns");
    assertThat(GoDurations.text(Duration.ofNanos(1_500))).isEqualTo("1.5µs");
    assertThat(GoDurations.text(Duration.ofMillis(250))).isEqualTo("250ms");
    assertThat(GoDurations.text(Duration.ofMillis(1_500))).isEqualTo("1.5s");
    assertThat(GoDurations.text(Duration.ofSeconds(60))).isEqualTo("1m0s");
    assertThat(GoDurations.text(Duration.ofHours(8_760))).isEqualTo("8760h0m0s");
  }

  @Test
  void losesNothing() {
    var random = new Random(3);
    for (int i = 0; i < 1000; i++) {
      var duration = Duration.ofNanos(random.nextLong(1L << random.nextInt(1, 55)));
      assertThat(Durations.parse(GoDurations.text(duration))).contains(duration);
    }
  }
}
