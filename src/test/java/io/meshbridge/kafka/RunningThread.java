package io.meshbridge.kafka;

/** A blocking {@code run()} on a thread of its own, which ends with the test. */
public final class RunningThread implements AutoCloseable {
  /** What blocks until interrupted. */
  @FunctionalInterface
  public interface Blocking {
    /** Blocks. */
    void run() throws InterruptedException;
  }

  private final Thread thread;

  private RunningThread(Thread thread) {
    this.thread = thread;
  }

  /** Starts it on a platform thread. */
  public static RunningThread start(Blocking blocking) {
    return new RunningThread(
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    blocking.run();
                  } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                  }
                }));
  }

  @Override
  public void close() {
    end();
  }

  /** Interrupts it, and waits until it has ended. */
  public void end() {
    thread.interrupt();
    try {
      thread.join(10_000);
    } catch (InterruptedException impatient) {
      throw new IllegalStateException("interrupted while waiting for " + thread, impatient);
    }
    if (thread.isAlive()) {
      throw new AssertionError("the thread did not end: " + thread);
    }
  }
}
