package io.meshbridge.importing;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: doubling from {@code initial} to {@code max}, of which
 * between a half and the whole is waited, so that many who failed at once do not come back at once.
 *
 * @param initial more than zero
 * @param max not less than {@code initial}
 */
public record Backoff(Duration initial, Duration max) {
  /**
   * @throws IllegalArgumentException if the bounds are not in order
   */
  public Backoff {
    if (initial.isZero() || initial.isNegative() || max.compareTo(initial) < 0) {
      throw new IllegalArgumentException(
          "backoff needs 0 < initial <= max, but has " + initial + " and " + max);
    }
  }

  /**
   * The wait before the try after {@code failures} failures.
   *
   * @param failures 1 or more
   */
  public Duration delay(int failures, RandomGenerator random) {
    long ceiling = max.toNanos();
    // Beyond 2^30 the doubling has passed any sensible maximum.
    long factor = 1L << Math.min(failures - 1, 30);
    long full =
        factor > ceiling / initial.toNanos()
            ? ceiling
            : Math.min(ceiling, initial.toNanos() * factor);
    return Duration.ofNanos(full / 2 + random.nextLong(full / 2 + 1));
  }
}
