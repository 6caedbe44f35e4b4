package io.meshbridge.spi.reading;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Durations as the meshes spell them: numbers with units, such as {@code 1m30s}. */
public final class Durations {
  private static final Pattern WHOLE = Pattern.compile("([0-9]*\\.?[0-9]+(ns|us|µs|ms|s|m|h))+");
  private static final Pattern TERM = Pattern.compile("([0-9]*\\.?[0-9]+)(ns|us|µs|ms|s|m|h)");
  private static final int MAX_LENGTH = 64;
  private static final BigDecimal MAX_NANOS = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final Map<String, BigDecimal> NANOS =
      Map.of(
          "ns", BigDecimal.ONE,
          "us", BigDecimal.valueOf(1_000),
          "µs", BigDecimal.valueOf(1_000),
          "ms", BigDecimal.valueOf(1_000_000),
          "s", BigDecimal.valueOf(1_000_000_000L),
          "m", BigDecimal.valueOf(60_000_000_000L),
          "h", BigDecimal.valueOf(3_600_000_000_000L));

  private Durations() {}

  /**
   * Reads a duration that is not negative; empty if it is none, for instance for lack of a unit.
   */
  public static Optional<Duration> parse(String text) {
    if (text.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    if (text.length() > MAX_LENGTH || !WHOLE.matcher(text).matches()) {
      return Optional.empty();
    }
    var nanos = BigDecimal.ZERO;
    var terms = TERM.matcher(text);
    while (terms.find()) {
      var unit = NANOS.getOrDefault(terms.group(2), BigDecimal.ONE);
      nanos = nanos.add(new BigDecimal(terms.group(1)).multiply(unit));
    }
    return nanos.compareTo(MAX_NANOS) > 0
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(nanos.longValue()));
  }

  /** In seconds, with a fraction if need be, such as {@code 1.5s}. */
  public static String inSeconds(Duration duration) {
    return BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros().toPlainString() + "s";
  }

  /**
   * In whole numbers of units down to the millisecond, such as {@code 1m30s} (Gateway API,
   * GEP-2257). What is below a millisecond is rounded up, so that no timeout becomes none.
   */
  public static String inUnits(Duration duration) {
    long millis = duration.plusNanos(999_999).toMillis();
    if (millis == 0) {
      return "0s";
    }
    var text = new StringBuilder();
    append(text, millis / 3_600_000, "h");
    append(text, millis / 60_000 % 60, "m");
    append(text, millis / 1_000 % 60, "s");
    append(text, millis % 1_000, "ms");
    return text.toString();
  }

  private static void append(StringBuilder text, long number, String unit) {
    if (number > 0) {
      text.append(number).append(unit);
    }
  }
}
