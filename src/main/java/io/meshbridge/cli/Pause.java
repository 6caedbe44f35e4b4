package io.meshbridge.cli;

import java.time.Duration;

/** Waits for some time; given from outside so that tests need not. */
@FunctionalInterface
interface Pause {
  /** Returns when the time is over; throws when the process is told to end. */
  void await(Duration time) throws InterruptedException;
}
