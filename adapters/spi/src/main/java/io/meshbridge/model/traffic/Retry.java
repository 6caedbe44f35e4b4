package io.meshbridge.model.traffic;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * When and how often a rule tries again.
 *
 * @param attempts how often after the first try; 0 for never
 * @param conditions the failures after which it tries again
 * @param statusCodes the HTTP statuses after which it tries again, 400 to 599
 * @param backoff the least time between two tries; empty for the mesh's default
 * @param budget bounds retries in proportion to requests; empty for none
 * @param implied whether its owner did not say it, but left it to the mesh's default: then nobody
 *     loses what another mesh cannot say of it
 */
public record Retry(
    int attempts,
    SortedSet<RetryCondition> conditions,
    SortedSet<Integer> statusCodes,
    Optional<Duration> backoff,
    Optional<Budget> budget,
    boolean implied) {
  /** Never again. */
  public static final Retry NEVER =
      new Retry(0, new TreeSet<>(), new TreeSet<>(), Optional.empty(), Optional.empty(), true);

  /**
   * A bound on all retries of a service's clients.
   *
   * @param percent of the requests that may be retries, 0 to 100
   * @param minPerSecond retries that are allowed whatever the percentage is
   * @param interval over which requests are counted
   */
  public record Budget(
      BigDecimal percent, Optional<Integer> minPerSecond, Optional<Duration> interval) {
    /**
     * @throws IllegalArgumentException if the percentage is below 0 or above 100
     */
    public Budget {
      percent = Decimals.percent(percent);
    }
  }

  /**
   * @throws IllegalArgumentException if the number of attempts is negative
   */
  public Retry {
    if (attempts < 0) {
      throw new IllegalArgumentException("retries must not be negative, but are " + attempts);
    }
    conditions = Collections.unmodifiableSortedSet(new TreeSet<>(conditions));
    statusCodes = Collections.unmodifiableSortedSet(new TreeSet<>(statusCodes));
  }
}
