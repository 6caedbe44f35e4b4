package io.meshbridge.adapter.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.meshbridge.spi.MeshUnavailableException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Keeps a connection quiet for as long as its server asks for it: by 429, or by 503 with {@code
 * Retry-After}. All requests wait together, since the server counts them together, by their user.
 * Safe for any thread.
 *
 * <p>A refused request was not carried out, so it is made again as it was; nothing is told of it
 * unless the server keeps refusing for longer than {@link #PATIENCE}.
 */
final class Throttle {
  /** The longest that a server is believed; a longer {@code Retry-After} counts as this one. */
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** How long one request is made again and again. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  // Ours, where the server gives no time, or gives one after the other.
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_OWN_PAUSE = Duration.ofSeconds(5);
  private static final int MOST_DOUBLINGS = 10;
  private static final Duration CALM = Duration.ofMinutes(1);
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;

  private final LongSupplier nanoTime;
  private final RandomGenerator random;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition never = lock.newCondition();
  // All guarded by the lock.
  private int pausesInARow;
  private long quietUntil;
  private long calmAt;

  /**
   * Of a server that has refused nothing yet.
   *
   * @param nanoTime a monotonic clock
   * @param random spreads those who waited
   */
  Throttle(LongSupplier nanoTime, RandomGenerator random) {
    this.nanoTime = nanoTime;
    this.random = random;
    this.quietUntil = nanoTime.getAsLong();
    this.calmAt = quietUntil;
  }

  /**
   * The server is asked too much.
   *
   * @param asked how long it wants not to be asked; zero if it does not say
   * @return whether this is news, after a minute without
   */
  boolean refused(Duration asked) {
    lock.lock();
    try {
      long now = nanoTime.getAsLong();
      boolean news = now - calmAt >= 0;
      calmAt = now + CALM.toNanos();
      long pause = Math.min(asked.toNanos(), LONGEST_PAUSE.toNanos());
      // What was on its way when the pause began is no reason for a longer one.
      if (now - quietUntil >= 0) {
        pause = Math.max(pause, ownPause());
        pausesInARow++;
      }
      if (now + pause - quietUntil > 0) {
        quietUntil = now + pause;
      }
      return news;
    } finally {
      lock.unlock();
    }
  }

  /** The server has served a request. */
  void served() {
    lock.lock();
    try {
      pausesInARow = 0;
    } finally {
      lock.unlock();
    }
  }

  /** How long the server is not to be asked, from now; zero if it may be. */
  Duration pause() {
    lock.lock();
    try {
      return Duration.ofNanos(Math.max(0, quietUntil - nanoTime.getAsLong()));
    } finally {
      lock.unlock();
    }
  }

  /** Whether an answer of this code asks for a pause; a mere 503 says that something is broken. */
  boolean isRefusal(int code) {
    return code == TOO_MANY_REQUESTS || (code == UNAVAILABLE && !pause().isZero());
  }

  /** Until when a request that is made first now is made again, on this object's clock. */
  long deadline() {
    return nanoTime.getAsLong() + PATIENCE.toNanos();
  }

  /**
   * Waits until the server may be asked.
   *
   * @throws MeshUnavailableException if that is after the deadline
   */
  void awaitTurn(long deadline) throws MeshUnavailableException, InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = quietUntil - nanoTime.getAsLong();
      while (left > 0) {
        if (quietUntil - deadline > 0) {
          throw new MeshUnavailableException(
              "the API server is asked too much, and wants a pause of "
                  + Math.max(1, TimeUnit.NANOSECONDS.toSeconds(left))
                  + " s more");
        }
        // Nobody signals. Not all come back at once, so that the first ones can be refused alone.
        await(left + random.nextLong(left / 4 + 1));
        left = quietUntil - nanoTime.getAsLong();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes a request, and makes it again after a pause if the server asks for one.
   *
   * @throws KubernetesClientException if it fails for another reason
   * @throws MeshUnavailableException if the server keeps refusing
   */
  <T> T patiently(Supplier<T> request) throws MeshUnavailableException, InterruptedException {
    long deadline = deadline();
    while (true) {
      awaitTurn(deadline);
      try {
        return request.get();
      } catch (KubernetesClientException failure) {
        if (!isRefusal(failure.getCode())) {
          throw failure;
        }
      }
    }
  }

  private void await(long nanos) throws InterruptedException {
    long left = nanos;
    while (left > 0) {
      left = never.awaitNanos(left);
    }
  }

  private long ownPause() {
    long doubled = FIRST_PAUSE.toNanos() << Math.min(pausesInARow, MOST_DOUBLINGS);
    return Math.min(doubled, LONGEST_OWN_PAUSE.toNanos());
  }
}
