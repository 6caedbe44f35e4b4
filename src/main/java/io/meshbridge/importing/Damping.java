package io.meshbridge.importing;

import java.time.Duration;

/**
 * Lets an import change at once while it changes seldom, and at a steady pace while it flaps, so
 * that one restless service does not keep a whole control plane busy. The newest state wins.
 *
 * @param burst how many changes may come at once, 1 or more
 * @param interval how long one change takes to be forgiven; nothing is damped if it is zero
 */
public record Damping(int burst, Duration interval) {
  /** What is right for most. */
  public static final Damping USUAL = new Damping(20, Duration.ofSeconds(2));

  /**
   * @throws IllegalArgumentException if a value is out of its range
   */
  public Damping {
    if (burst < 1 || interval.isNegative()) {
      throw new IllegalArgumentException(
          "damping needs a burst of 1 or more and an interval of 0 or more, but has "
              + burst
              + " and "
              + interval);
    }
  }

  /**
   * How long the next change has to wait.
   *
   * @param forgivenAt when all changes so far are forgiven, on the same clock as {@code now}
   * @param now nanoseconds of a monotonic clock
   */
  Duration untilNext(long forgivenAt, long now) {
    long room = interval.toNanos() * (burst - 1);
    return Duration.ofNanos(Math.max(0, forgivenAt - now - room));
  }

  /** When all changes are forgiven, after one more at {@code now}. */
  long afterChange(long forgivenAt, long now) {
    return isForgiven(forgivenAt, now) ? now + interval.toNanos() : forgivenAt + interval.toNanos();
  }

  /** Whether nothing need be remembered of an import. */
  boolean isForgiven(long forgivenAt, long now) {
    return forgivenAt - now <= 0;
  }
}
