package io.meshbridge.it;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What was measured, for the build's output. */
final class Figures {
  private Figures() {}

  static void print(String what, Object value) {
    System.out.println("[measured] " + what + ": " + value);
  }

  /** The value below which this share of the sorted values lies. */
  static Duration percentile(List<Duration> values, double share) {
    var sorted = values.stream().sorted().toList();
    int index = (int) Math.ceil(share * sorted.size()) - 1;
    return sorted.get(Math.max(0, index));
  }

  static void printLatency(String what, List<Duration> values) {
    print(
        what,
        String.format(
            Locale.ROOT,
            "%d changes, p50 %d ms, p99 %d ms, slowest %d ms",
            values.size(),
            percentile(values, 0.50).toMillis(),
            percentile(values, 0.99).toMillis(),
            percentile(values, 1.0).toMillis()));
  }
}
