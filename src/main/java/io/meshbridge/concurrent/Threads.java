package io.meshbridge.concurrent;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiting for threads to end. */
public final class Threads {
  private Threads() {}

  /**
   * Waits before trying again.
   *
   * @throws InterruptedException at once if interrupted
   */
  public static void pause(Duration time) throws InterruptedException {
    // A latch that nobody counts down: there is nothing to wait for but time and interruption.
    boolean never = new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
    assert !never;
  }

  /** Waits until the thread has ended, also if interrupted meanwhile; the interrupt is kept. */
  public static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
