package io.meshbridge.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Watchable;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * One watch request, from its opening to its end. The server is asked to end it after some minutes;
 * a watch that outlives that is a connection that died in silence.
 */
final class WatchSession implements AutoCloseable {
  private static final long SHORTEST_SECONDS = 240;
  private static final long SPREAD_SECONDS = 120;
  private static final long GRACE_SECONDS = 30;
  private static final int WAITING_CHANGES = 1024;

  private final BlockingQueue<Signal> signals = new ArrayBlockingQueue<>(WAITING_CHANGES);
  private final long longestSilenceSeconds;
  private final Watch watch;
  // Written by the feed's thread, read by the client's: a callback must not wait for room in a
  // queue
  // that nobody empties any more.
  private volatile boolean closed;
  private String position;

  private sealed interface Signal {}

  /** What the watch says of one object. */
  record Change(GenericKubernetesResource resource, boolean deleted) implements Signal {}

  private record Bookmark(String position) implements Signal {}

  private record Closed(boolean historyIsGone) implements Signal {}

  /**
   * How the watch ended.
   *
   * @param historyIsGone whether only a new list helps
   * @param position from where the next watch goes on
   * @param barren whether it ended without having said anything
   */
  record End(boolean historyIsGone, String position, boolean barren) {}

  private WatchSession(
      Watchable<GenericKubernetesResource> watchable,
      ResourceQuery query,
      String from,
      RandomGenerator random) {
    long seconds = SHORTEST_SECONDS + random.nextLong(SPREAD_SECONDS);
    this.longestSilenceSeconds = seconds + GRACE_SECONDS;
    this.position = from;
    var options = query.options();
    options.setResourceVersion(from);
    options.setAllowWatchBookmarks(true);
    options.setTimeoutSeconds(seconds);
    this.watch = watchable.watch(options, new Enqueueing());
  }

  /**
   * Opens a watch.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException if the server refuses or cannot
   *     be reached
   */
  static WatchSession open(
      Watchable<GenericKubernetesResource> watchable,
      ResourceQuery query,
      String from,
      RandomGenerator random) {
    return new WatchSession(watchable, query, from, random);
  }

  /** Hands on every change until the watch ends. */
  End drain(Consumer<Change> changes) throws InterruptedException {
    boolean barren = true;
    while (true) {
      switch (signals.poll(longestSilenceSeconds, TimeUnit.SECONDS)) {
        case Change change -> {
          changes.accept(change);
          position = change.resource().getMetadata().getResourceVersion();
          barren = false;
        }
        case Bookmark bookmark -> {
          position = bookmark.position();
          barren = false;
        }
        case Closed end -> {
          return new End(end.historyIsGone(), position, barren);
        }
        case null -> {
          return new End(false, position, barren);
        }
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    watch.close();
  }

  /** Runs on the client's threads, so it only enqueues; a full queue slows the server down. */
  private final class Enqueueing implements Watcher<GenericKubernetesResource> {
    @Override
    public void eventReceived(Action action, GenericKubernetesResource resource) {
      switch (action) {
        case ADDED, MODIFIED -> put(new Change(resource, false));
        case DELETED -> put(new Change(resource, true));
        case BOOKMARK -> put(new Bookmark(resource.getMetadata().getResourceVersion()));
        case ERROR -> put(new Closed(false));
      }
    }

    @Override
    public void onClose() {
      put(new Closed(false));
    }

    @Override
    public void onClose(WatcherException cause) {
      put(new Closed(cause.isHttpGone()));
    }

    private void put(Signal signal) {
      try {
        while (!closed && !signals.offer(signal, 1, TimeUnit.SECONDS)) {
          Thread.onSpinWait();
        }
      } catch (InterruptedException closing) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
