package io.meshbridge.adapter.kubernetes;

import io.meshbridge.spi.MeshUnavailableException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Something of a mesh that is started, started anew and ended, from any thread. Whoever uses it
 * sees one that runs, or none.
 *
 * @param <R> what there is while it runs
 */
public final class Lifecycle<R extends Lifecycle.Running> {
  private final String notYet;
  private final ReentrantLock lock = new ReentrantLock();
  // Written under the lock; read by all.
  private volatile @Nullable R running;

  /**
   * Nothing runs yet.
   *
   * @param notYet what users are told while nothing runs
   */
  public Lifecycle(String notYet) {
    this.notYet = notYet;
  }

  /** What there is while it runs. */
  public interface Running {
    /** Ends it. */
    void end();
  }

  /** Makes it run. */
  @FunctionalInterface
  public interface Opening<R> {
    /**
     * Opens all that it needs, or, if it fails, leaves nothing open.
     *
     * @throws MeshUnavailableException if something that it needs could not be read
     */
    R open() throws MeshUnavailableException, InterruptedException;
  }

  /**
   * Starts it; what ran before is ended first.
   *
   * @throws MeshUnavailableException as the opening does; then nothing runs
   */
  public void start(Opening<R> opening) throws MeshUnavailableException, InterruptedException {
    lock.lockInterruptibly();
    try {
      end();
      running = opening.open();
    } finally {
      lock.unlock();
    }
  }

  /**
   * What runs.
   *
   * @throws MeshUnavailableException if nothing does
   */
  public R running() throws MeshUnavailableException {
    var now = running;
    if (now == null) {
      throw new MeshUnavailableException(notYet);
    }
    return now;
  }

  /** Ends what runs, if anything does. */
  public void end() {
    lock.lock();
    try {
      var ended = running;
      running = null;
      if (ended != null) {
        ended.end();
      }
    } finally {
      lock.unlock();
    }
  }
}
