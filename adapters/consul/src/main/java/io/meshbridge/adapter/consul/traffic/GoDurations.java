package io.meshbridge.adapter.consul.traffic;

import java.math.BigDecimal;
import java.time.Duration;

/** Durations exactly as a server writes them back, so that what stands equals what was written. */
final class GoDurations {
  private static final long SECOND = 1_000_000_000L;

  private GoDurations() {}

  /** Such as {@code 1m30s}, {@code 1.5s}, {@code 250ms}. */
  static String text(Duration duration) {
    long nanos = duration.toNanos();
    if (nanos == 0) {
      return "0s";
    }
    if (nanos < 1_000) {
      return nanos + "ns";
    }
    if (nanos < 1_000_000) {
      return decimal(nanos, 3) + "µs";
    }
    if (nanos < SECOND) {
      return decimal(nanos, 6) + "ms";
    }
    long hours = duration.toHours();
    int minutes = duration.toMinutesPart();
    var seconds = decimal(nanos % (60 * SECOND), 9) + "s";
    if (hours > 0) {
      return hours + "h" + minutes + "m" + seconds;
    }
    return minutes > 0 ? minutes + "m" + seconds : seconds;
  }

  private static String decimal(long nanos, int scale) {
    var number = BigDecimal.valueOf(nanos, scale);
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
