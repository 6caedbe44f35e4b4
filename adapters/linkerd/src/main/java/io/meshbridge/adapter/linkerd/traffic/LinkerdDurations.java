package io.meshbridge.adapter.linkerd.traffic;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Durations as Linkerd's annotations spell them: one whole number with one unit ({@code
 * parse_duration} of its policy controller).
 */
final class LinkerdDurations {
  private static final Pattern TERM = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d)");

  private LinkerdDurations() {}

  /** Reads one; empty if it is none. */
  static Optional<Duration> parse(String text) {
    var trimmed = text.strip();
    if (trimmed.matches("0+")) {
      return Optional.of(Duration.ZERO);
    }
    var term = TERM.matcher(trimmed);
    if (!term.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(term.group(1));
    return Optional.of(
        switch (term.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        });
  }

  /** Spells one, rounded up to milliseconds, so that no timeout becomes none. */
  static String spell(Duration duration) {
    long millis = duration.plusNanos(999_999).toMillis();
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }
}
