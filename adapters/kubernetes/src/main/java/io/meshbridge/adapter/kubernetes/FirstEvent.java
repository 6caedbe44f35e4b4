package io.meshbridge.adapter.kubernetes;

import io.meshbridge.spi.MeshUnavailableException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Waits for what a feed says first. */
public final class FirstEvent {
  private final String unknown;
  private final AtomicReference<@Nullable FeedEvent<?>> event = new AtomicReference<>();
  private final CountDownLatch heard = new CountDownLatch(1);

  /**
   * Waits for nothing yet.
   *
   * @param unknown what to tell somebody whose server does not know the kind
   */
  public FirstEvent(String unknown) {
    this.unknown = unknown;
  }

  /** Takes an event, and says whether it was the first. */
  public boolean note(FeedEvent<?> told) {
    boolean first = event.compareAndSet(null, told);
    heard.countDown();
    return first;
  }

  /** Returns if the first event was a complete list, or that the server does not know the kind. */
  public void awaitListOrUnknown() throws MeshUnavailableException, InterruptedException {
    heard.await();
    if (!(event.get() instanceof FeedEvent.Unknown)) {
      awaitList();
    }
  }

  /** Returns if the first event was a complete list. */
  public void awaitList() throws MeshUnavailableException, InterruptedException {
    heard.await();
    switch (Objects.requireNonNull(event.get(), "the event was heard")) {
      case FeedEvent.Failed<?> failed -> throw new MeshUnavailableException(failed.reason());
      case FeedEvent.Unknown<?> ignored -> throw new MeshUnavailableException(unknown);
      case FeedEvent.Listed<?> ignored -> {}
      case FeedEvent.Changed<?> ignored -> {}
      case FeedEvent.Gone<?> ignored -> {}
    }
  }
}
