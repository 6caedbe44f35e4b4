package io.meshbridge.adapter.consul;

import java.util.function.DoubleSupplier;

/**
 * When to read a set of services again. A sweep asked for while one runs comes after it, and after
 * a rest in proportion to how long it took: under steady change a sweep takes a bounded share of
 * the agent, and a single change is swept for at once. Pure; times are in nanoseconds.
 */
final class SweepGovernor {
  private static final long LONGEST_REST = 5_000_000_000L;

  private final DoubleSupplier restPerWork;
  private boolean asked;
  private boolean running;
  private long startedAt;
  private long earliest = Long.MIN_VALUE;

  /**
   * @param restPerWork how long to rest for each unit of time that a sweep took; asked after each
   */
  SweepGovernor(DoubleSupplier restPerWork) {
    this.restPerWork = restPerWork;
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
      earliest =
          now + Math.min(LONGEST_REST, (long) ((now - startedAt) * restPerWork.getAsDouble()));
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
