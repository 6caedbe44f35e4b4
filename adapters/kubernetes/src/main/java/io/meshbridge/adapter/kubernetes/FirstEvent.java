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

  /**
   * Returns if the first event was a complete list, or that there will be none: the server does not
   * know the kind, or does not let us see it.
   */
  public void awaitListOrNone() throws MeshUnavailableException, InterruptedException {
    heard.await();
    var told = event.get();
    boolean none =
        told instanceof FeedEvent.Unknown
            || (told instanceof FeedEvent.Failed<?> failed && failed.denied());
    if (!none) {
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
