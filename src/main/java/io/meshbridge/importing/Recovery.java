package io.meshbridge.importing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Notices that a target answers again after it did not. Not too often: a single import that never
 * succeeds must not be tried again with each one that does. Safe for any thread.
 */
final class Recovery {
  private final long intervalNanos;
  private final LongSupplier nanoTime;
  private final AtomicBoolean hasFailed = new AtomicBoolean();
  private final AtomicLong lastAt;

  /**
   * Of a target that answers.
   *
   * @param interval the shortest time between two recoveries
   * @param nanoTime a monotonic clock
   */
  Recovery(Duration interval, LongSupplier nanoTime) {
    this.intervalNanos = interval.toNanos();
    this.nanoTime = nanoTime;
    this.lastAt = new AtomicLong(nanoTime.getAsLong() - intervalNanos);
  }

  /** It did not answer. */
  void failed() {
    hasFailed.set(true);
  }

  /** It answered; true if that is news. */
  boolean succeeded() {
    long now = nanoTime.getAsLong();
    long last = lastAt.get();
    return hasFailed.get()
        && now - last >= intervalNanos
        && lastAt.compareAndSet(last, now)
        && hasFailed.compareAndSet(true, false);
  }
}
