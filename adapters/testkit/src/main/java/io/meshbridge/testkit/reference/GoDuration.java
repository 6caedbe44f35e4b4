package io.meshbridge.testkit.reference;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Durations as Go spells them, which all three meshes do. */
final class GoDuration {
  private static final Pattern TERM = Pattern.compile("([0-9.]+)(ns|us|ms|s|m|h)");

  private GoDuration() {}

  /** Empty if there is none; a number without a unit counts nanoseconds, as in Go's JSON. */
  static Optional<Duration> of(Native field) {
    return field.text().isEmpty() ? Optional.empty() : Optional.of(parse(field.text()));
  }

  /** Empty if there is none, or if it is zero. */
  static Optional<Duration> ofLimit(Native field) {
    return of(field).filter(duration -> !duration.isZero());
  }

  static Duration parse(String text) {
    if (text.matches("-?[0-9]+")) {
      return Duration.ofNanos(Long.parseLong(text));
    }
    if (text.startsWith("-")) {
      return parse(text.substring(1)).negated();
    }
    var terms = TERM.matcher(text);
    var nanos = BigDecimal.ZERO;
    int end = 0;
    while (terms.find() && terms.start() == end) {
      nanos = nanos.add(new BigDecimal(terms.group(1)).multiply(nanosIn(terms.group(2))));
      end = terms.end();
    }
    if (end != text.length() || end == 0) {
      throw new IllegalArgumentException("'" + text + "' is no duration");
    }
    return Duration.ofNanos(nanos.longValueExact());
  }

  private static BigDecimal nanosIn(String unit) {
    return BigDecimal.valueOf(
        switch (unit) {
          case "h" -> 3_600_000_000_000L;
          case "m" -> 60_000_000_000L;
          case "s" -> 1_000_000_000L;
          case "ms" -> 1_000_000L;
          case "us" -> 1_000L;
          default -> 1L;
        });
  }
}
