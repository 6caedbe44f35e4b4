package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.FeedEvent;
import io.meshbridge.spi.MeshUnavailableException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Waits for what a feed says first. */
final class FirstEvent {
  private final AtomicReference<@Nullable FeedEvent<?>> event = new AtomicReference<>();
  private final CountDownLatch heard = new CountDownLatch(1);

  /** Takes an event, and says whether it was the first. */
  boolean note(FeedEvent<?> told) {
    boolean first = event.compareAndSet(null, told);
    heard.countDown();
    return first;
  }

  /** Returns if the first event was a complete list. */
  void awaitList() throws MeshUnavailableException, InterruptedException {
    heard.await();
    switch (Objects.requireNonNull(event.get(), "the event was heard")) {
      case FeedEvent.Failed<?> failed -> throw new MeshUnavailableException(failed.reason());
      case FeedEvent.Unknown<?> ignored ->
          throw new MeshUnavailableException(
              "the API server does not know ServiceEntries of networking.istio.io/v1; install"
                  + " Istio's custom resource definitions (Istio 1.22 or newer)");
      case FeedEvent.Listed<?> ignored -> {}
      case FeedEvent.Changed<?> ignored -> {}
      case FeedEvent.Gone<?> ignored -> {}
    }
  }
}
