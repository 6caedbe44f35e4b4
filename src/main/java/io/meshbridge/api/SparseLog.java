package io.meshbridge.api;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Lines of the log that somebody outside could make us write without end. */
final class SparseLog {
  private final Duration pause;
  private final LongSupplier nanoTime;

  // Guards all below.
  private final ReentrantLock lock = new ReentrantLock();
  private long toldAt;
  private boolean hasTold;
  private long untold;

  /**
   * @param pause the least time from one line to the next
   */
  SparseLog(Duration pause, LongSupplier nanoTime) {
    this.pause = pause;
    this.nanoTime = nanoTime;
  }

  /**
   * Writes a line, unless the latest was just written.
   *
   * @param line writes it; takes how many were left out since the latest
   */
  void tell(LongConsumer line) {
    long leftOut;
    lock.lock();
    try {
      long now = nanoTime.getAsLong();
      if (hasTold && now - toldAt < pause.toNanos()) {
        untold++;
        return;
      }
      hasTold = true;
      toldAt = now;
      leftOut = untold;
      untold = 0;
    } finally {
      lock.unlock();
    }
    line.accept(leftOut);
  }
}
