package io.meshbridge.adapter.consul;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * A thread's waiting between attempts: growing with each failure, spread by chance so that many
 * bridges do not come back at once; and a limit on the rate of loops. Interruptible. One per
 * thread.
 */
final class Pause {
  private static final long FIRST_MILLIS = 200;
  private static final long BURST = 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition never = lock.newCondition();
  private final RandomGenerator random;
  private final LongSupplier nanoTime;
  private int failures;
  private double allowance = BURST;
  private long lastTurn;

  Pause(RandomGenerator random, LongSupplier nanoTime) {
    this.random = random;
    this.nanoTime = nanoTime;
    this.lastTurn = nanoTime.getAsLong();
  }

  /** After a failure: waits up to twice as long as the last time, at least half of that. */
  void backOff(long maxMillis) throws InterruptedException {
    var full = Math.min(maxMillis, FIRST_MILLIS << Math.min(failures, 20));
    failures++;
    forMillis(full / 2 + random.nextLong(full / 2 + 1));
  }

  /** After a success. */
  void reset() {
    failures = 0;
  }

  /**
   * Lets short bursts through at once, and holds a loop to this many turns in a second over time.
   */
  void takeTurn(int perSecond) throws InterruptedException {
    var now = nanoTime.getAsLong();
    allowance = Math.min(BURST, allowance + (now - lastTurn) / 1e9 * perSecond) - 1;
    lastTurn = now;
    if (allowance < 0) {
      forMillis((long) Math.ceil(-allowance * 1000 / perSecond));
    }
  }

  void forMillis(long millis) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var left = millis * 1_000_000;
      while (left > 0) {
        left = never.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
