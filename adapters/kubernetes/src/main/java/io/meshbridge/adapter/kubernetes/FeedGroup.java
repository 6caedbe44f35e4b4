package io.meshbridge.adapter.kubernetes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** The feeds of one reader, each on a virtual thread of its own, ended together. */
public final class FeedGroup implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(FeedGroup.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String mesh;
  private final KubernetesAccess access;
  private final RandomGenerator random;
  private final List<Thread> threads = new ArrayList<>();

  /**
   * No feeds yet.
   *
   * @param mesh names the mesh in logs
   */
  public FeedGroup(String mesh, KubernetesAccess access, RandomGenerator random) {
    this.mesh = mesh;
    this.access = access;
    this.random = random;
  }

  /**
   * Starts a feed. Its events come on its own thread.
   *
   * @param trim keeps what is needed of an object; total
   * @param listener may block to slow the feed down
   */
  public <T> void start(
      ResourceQuery query, Function<KubeObject, T> trim, Consumer<FeedEvent<T>> listener) {
    start(List.of(query), trim, listener);
  }

  /**
   * Starts a feed of a kind that may be served in several versions.
   *
   * @param queries one for each version, the best first
   */
  public <T> void start(
      List<ResourceQuery> queries, Function<KubeObject, T> trim, Consumer<FeedEvent<T>> listener) {
    var query = queries.getFirst();
    var log = new Transitions(mesh, query);
    var feed =
        new ResourceFeed<T>(
            access,
            queries,
            trim,
            event -> {
              log.note(event);
              listener.accept(event);
            },
            random);
    threads.add(
        Thread.ofVirtual()
            .name("feed-" + mesh + "-" + query.type().plural())
            .start(
                () -> {
                  try {
                    feed.run();
                  } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                  }
                }));
  }

  /** Ends all feeds; after it returned no listener is called any more. */
  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    boolean interrupted = false;
    for (Thread thread : threads) {
      try {
        if (!thread.join(PATIENCE)) {
          LOG.warnf("feed did not end mesh=%s thread=%s", mesh, thread.getName());
        }
      } catch (InterruptedException again) {
        // The host cancels while we clean up: finish cleaning, and tell it afterwards.
        interrupted = true;
      }
    }
    threads.clear();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** One line per change of what a feed can do, not one per attempt. */
  private static final class Transitions {
    private final String mesh;
    private final ResourceQuery query;
    private boolean troubled;

    Transitions(String mesh, ResourceQuery query) {
      this.mesh = mesh;
      this.query = query;
    }

    void note(FeedEvent<?> event) {
      switch (event) {
        case FeedEvent.Failed<?> failed when !troubled -> {
          LOG.warnf("reading failed mesh=%s kind=%s error=%s", mesh, query, failed.reason());
          troubled = true;
        }
        case FeedEvent.Unknown<?> ignored when !troubled -> {
          LOG.infof("kind is not installed mesh=%s kind=%s", mesh, query);
          troubled = true;
        }
        case FeedEvent.Listed<?> listed when troubled -> {
          LOG.infof(
              "reading works again mesh=%s kind=%s objects=%d",
              mesh, query, listed.objects().size());
          troubled = false;
        }
        case FeedEvent.Failed<?> ignored -> {}
        case FeedEvent.Unknown<?> ignored -> {}
        case FeedEvent.Listed<?> ignored -> {}
        case FeedEvent.Changed<?> ignored -> {}
        case FeedEvent.Gone<?> ignored -> {}
      }
    }
  }
}
