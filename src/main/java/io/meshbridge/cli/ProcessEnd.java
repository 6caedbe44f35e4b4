package io.meshbridge.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Gives the process its exit code, also when a signal ends it: a bridge that was told to go and
 * went in order has succeeded, whereas Java by itself answers a signal with 128 and its number.
 */
final class ProcessEnd {
  /** Longer than the bridge may take to close, see {@link RunningBridge}. */
  private static final Duration PATIENCE = Duration.ofSeconds(25);

  private final Runtime runtime;
  private final CountDownLatch ended = new CountDownLatch(1);
  // Both are written by the main thread and read by the hook.
  private volatile boolean exiting;
  private volatile int code = ExitCode.OK;

  ProcessEnd(Runtime runtime) {
    this.runtime = runtime;
    runtime.addShutdownHook(new Thread(this::afterSignal, "process-end"));
  }

  /** The framework has stopped. During a signal's shutdown this never returns. */
  void exit(int exitCode, Throwable ignoredSinceLogged) {
    code = exitCode;
    exiting = true;
    ended.countDown();
    runtime.exit(exitCode);
  }

  private void afterSignal() {
    // The process ends by itself, with its own code; other hooks may take their time.
    if (exiting) {
      return;
    }
    try {
      if (ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        // Everything is stopped and closed; a plain end of this hook would answer 143.
        runtime.halt(code);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
