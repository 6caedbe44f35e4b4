package io.meshbridge.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Requests that cost something: only some at once, and each only for some time. */
@Singleton
final class Errands {
  /** At most so many at once. */
  static final int AT_ONCE = 8;

  /** Nobody waits longer for an answer. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Semaphore places;
  private final Duration patience;

  @Inject
  Errands() {
    this(AT_ONCE, PATIENCE);
  }

  Errands(int places, Duration patience) {
    this.places = new Semaphore(places);
    this.patience = patience;
  }

  /**
   * Runs one. Its place is taken until it has really ended, also if nobody waits for it any more.
   *
   * @throws BusyException if all places are taken
   * @throws RefusedException if it takes too long
   */
  <T> T run(Callable<T> errand) throws Exception {
    if (!places.tryAcquire()) {
      throw new BusyException("too many requests of this kind just now; ask again in a moment");
    }
    var task =
        new FutureTask<>(
            () -> {
              try {
                return errand.call();
              } finally {
                places.release();
              }
            });
    var thread = Thread.ofVirtual().name("errand").start(task);
    try {
      return task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException tooLong) {
      throw new RefusedException(
          new Refusal(
              Refusal.Kind.TOO_LONG,
              "no answer within " + patience.toSeconds() + " seconds; ask for less at once"));
    } catch (ExecutionException failed) {
      throw cause(failed);
    } finally {
      thread.interrupt();
    }
  }

  private static Exception cause(ExecutionException failed) {
    return failed.getCause() instanceof Exception exception ? exception : failed;
  }
}
