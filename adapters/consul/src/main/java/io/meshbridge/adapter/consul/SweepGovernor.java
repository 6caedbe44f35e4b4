package io.meshbridge.adapter.consul;

import java.time.Duration;

/**
 * When to read a set of services again. A sweep asked for while one runs comes after it, and after
 * a rest in proportion to how long it took: under steady change a sweep takes a bounded share of
 * the agent, and a single change is swept for at once. Pure; times are in nanoseconds.
 */
final class SweepGovernor {
  private final double restPerWork;
  private final long longestRest;
  private boolean asked;
  private boolean running;
  private long startedAt;
  private long earliest = Long.MIN_VALUE;

  /**
   * @param restPerWork how long to rest for each unit of time that a sweep took
   * @param longestRest bounds that rest
   */
  SweepGovernor(double restPerWork, Duration longestRest) {
    this.restPerWork = restPerWork;
    this.longestRest = longestRest.toNanos();
  }

  void ask() {
    asked = true;
  }

  /** Whether to begin a sweep now; if so, it has begun. */
  boolean begins(long now) {
    if (!asked || running || (earliest != Long.MIN_VALUE && now - earliest < 0)) {
      return false;
    }
    asked = false;
    running = true;
    startedAt = now;
    return true;
  }

  /** The sweep that runs, if any, is over. */
  void over(long now) {
    if (running) {
      running = false;
      earliest = now + Math.min(longestRest, (long) ((now - startedAt) * restPerWork));
    }
  }

  boolean isRunning() {
    return running;
  }

  /** How long until {@link #begins} may say yes; very long if nothing was asked for. */
  long nanosUntilDue(long now) {
    if (!asked || running) {
      return Long.MAX_VALUE;
    }
    return earliest == Long.MIN_VALUE ? 0 : Math.max(0, earliest - now);
  }
}
