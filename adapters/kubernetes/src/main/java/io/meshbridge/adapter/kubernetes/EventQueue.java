package io.meshbridge.adapter.kubernetes;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Between the feeds of a source, each on a thread that only enqueues, and the one thread that
 * applies what they say, so that there is one order.
 */
public final class EventQueue {
  private static final int WAITING_EVENTS = 4096;
  // Long enough for the several events of one change to meet, short enough not to be noticed.
  private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final BlockingQueue<Runnable> events = new ArrayBlockingQueue<>(WAITING_EVENTS);
  private final LongSupplier nanoTime;

  /** Empty; {@code nanoTime} tells how long a burst lasts. */
  public EventQueue(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Hands events over to the thread that takes; a full queue slows the feed down. */
  public <T> Consumer<FeedEvent<T>> into(Consumer<FeedEvent<T>> state) {
    return event -> {
      try {
        events.put(() -> state.accept(event));
      } catch (InterruptedException ending) {
        // The feed notices at its next wait; the event is lost with the run that it belonged to.
        Thread.currentThread().interrupt();
      }
    };
  }

  /** Waits for an event, and applies it and those that come with it. */
  public void takeBurst() throws InterruptedException {
    events.take().run();
    long end = nanoTime.getAsLong() + BURST_NANOS;
    long left = BURST_NANOS;
    while (left > 0) {
      var next = events.poll(left, TimeUnit.NANOSECONDS);
      if (next == null) {
        return;
      }
      next.run();
      left = end - nanoTime.getAsLong();
    }
  }
}
