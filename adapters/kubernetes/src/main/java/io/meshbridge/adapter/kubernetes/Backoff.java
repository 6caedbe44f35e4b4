package io.meshbridge.adapter.kubernetes;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/** Waits longer after each failure in a row, with jitter, so that many bridges do not march. */
final class Backoff {
  private final Duration first;
  private final Duration most;
  private final RandomGenerator random;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition never = lock.newCondition();
  private int failures;

  Backoff(Duration first, Duration most, RandomGenerator random) {
    this.first = first;
    this.most = most;
    this.random = random;
  }

  void reset() {
    failures = 0;
  }

  /** Waits between half of the current delay and all of it. */
  void await() throws InterruptedException {
    long nanos = nextDelay().toNanos();
    lock.lockInterruptibly();
    try {
      // Nobody signals: the condition is a wait that an interrupt ends and a spurious wake-up does
      // not shorten.
      while (nanos > 0) {
        nanos = never.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  Duration nextDelay() {
    long full = first.toMillis() << Math.min(failures, 20);
    failures++;
    long capped = Math.min(full, most.toMillis());
    return Duration.of(
        capped / 2 + random.nextLong(capped / 2 + 1), TimeUnit.MILLISECONDS.toChronoUnit());
  }
}
