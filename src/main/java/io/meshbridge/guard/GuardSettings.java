package io.meshbridge.guard;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How many services may go within a time before the guard holds them.
 *
 * @param sharePercent of all that were there, 1 to 100; with 100 nothing is ever held
 * @param floor so many may always go, 0 or more
 * @param window the time, more than zero
 */
public record GuardSettings(int sharePercent, int floor, Duration window) {
  /** What is usual. */
  public static final GuardSettings USUAL = new GuardSettings(50, 10, Duration.ofMinutes(10));

  /**
   * @throws IllegalArgumentException if a value is out of its range
   */
  public GuardSettings {
    if (sharePercent < 1 || sharePercent > 100 || floor < 0 || !window.isPositive()) {
      throw new IllegalArgumentException(
          "the guard's share must be 1 to 100, its floor 0 or more and its window more than zero,"
              + " but they are %d, %d and %s".formatted(sharePercent, floor, window));
    }
  }

  /**
   * Whether so many may be gone.
   *
   * @param gone those that went within the window, and those that are to go
   * @param all those that were there before
   */
  public boolean admits(int gone, int all) {
    return gone <= floor || gone * 100L <= (long) sharePercent * all;
  }

  /**
   * Whether an operator's word covers what is to go. It covers what was held when it was given, and
   * what follows within a window: what goes in numbers rarely goes at once.
   *
   * @param confirmedAt when it was given, if it was
   * @param since since when the service is to go
   */
  public boolean isConfirmed(Optional<Instant> confirmedAt, Instant since) {
    return confirmedAt.filter(at -> !since.isAfter(at.plus(window))).isPresent();
  }
}
