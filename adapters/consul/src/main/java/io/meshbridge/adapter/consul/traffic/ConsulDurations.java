package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.spi.reading.Durations;
import io.meshbridge.spi.reading.TracedFields;
import java.time.Duration;
import java.util.Optional;

/**
 * Durations in config entries: texts with units, or whole numbers of nanoseconds, which is what the
 * server takes a number for.
 */
final class ConsulDurations {
  private ConsulDurations() {}

  /** A duration that must not be negative; zero says as little as nothing. */
  static Optional<Duration> read(TracedFields fields, String name) {
    return parse(fields, name)
        .flatMap(
            duration -> {
              if (duration.isNegative()) {
                fields.error(name, "must not be negative, but is '" + text(fields, name) + "'");
                return Optional.empty();
              }
              return duration.isZero() ? Optional.empty() : Optional.of(duration);
            });
  }

  /**
   * A timeout of a route. Below zero it switches the timeout off (from Consul 1.18 on); zero says
   * as little as nothing.
   */
  static Optional<Duration> readTimeout(TracedFields fields, String name) {
    return parse(fields, name)
        .filter(duration -> !duration.isZero())
        .map(duration -> duration.isNegative() ? Duration.ZERO : duration);
  }

  private static Optional<Duration> parse(TracedFields fields, String name) {
    var text = text(fields, name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    var negative = text.startsWith("-");
    var amount = negative ? text.substring(1) : text;
    var duration =
        fields.isNumber(name) && amount.matches("\\d{1,18}")
            ? Optional.of(Duration.ofNanos(Long.parseLong(amount)))
            : Durations.parse(amount);
    if (duration.isEmpty()) {
      fields.error(
          name, "must be a duration with a unit, such as 1.5s or 2m, but is '" + text + "'");
    }
    return duration.map(length -> negative ? length.negated() : length);
  }

  private static String text(TracedFields fields, String name) {
    return fields.text(name).orElse("");
  }
}
