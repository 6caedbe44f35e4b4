package io.meshbridge.fourth;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How often a connection looks at its file, until it is closed. */
final class Pulse {
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Duration interval;

  Pulse(Duration interval) {
    this.interval = interval;
  }

  /**
   * Waits until it is time to look again.
   *
   * @throws InterruptedException also when the connection was closed
   */
  void await() throws InterruptedException {
    if (stopped.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new InterruptedException("the connection was closed");
    }
  }

  void stop() {
    stopped.countDown();
  }
}
