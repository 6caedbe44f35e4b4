package io.meshbridge.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.AnyNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.meshbridge.spi.MeshUnavailableException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Reads the objects of one kind and keeps watching them, for as long as its thread lives.
 *
 * <p>This is a list and a watch of our own rather than a shared informer, because an informer does
 * not say when it has read everything again after a failure, keeps whole objects, and goes on in
 * silence when it cannot reconnect. Here a list counts only when its last page has arrived; a
 * failure is told at once; a watch that ends is resumed where it stood; and history that the server
 * has forgotten (410) leads to a new list, not to a failure.
 *
 * @param <T> what is kept of an object
 */
public final class ResourceFeed<T> {
  private static final long PAGE = 500;
  private static final Duration FIRST_DELAY = Duration.ofMillis(200);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(15);

  private final KubernetesAccess access;
  private final List<ResourceQuery> queries;
  private final Function<KubeObject, T> trim;
  private final Consumer<FeedEvent<T>> listener;
  private final Backoff backoff;
  private final RandomGenerator random;
  private boolean everListed;
  // Which of the queries the server answers; belongs to the feed's thread.
  private int current;

  /**
   * Opens nothing yet.
   *
   * @param queries one for each version in which the kind may be served, the best first
   * @param trim keeps what is needed of an object; total, and called on the feed's thread
   * @param listener told on the feed's thread; may block to slow the feed down
   * @param random spreads retries
   */
  public ResourceFeed(
      KubernetesAccess access,
      List<ResourceQuery> queries,
      Function<KubeObject, T> trim,
      Consumer<FeedEvent<T>> listener,
      RandomGenerator random) {
    this.access = access;
    this.queries = List.copyOf(queries);
    this.trim = trim;
    this.listener = listener;
    this.random = random;
    this.backoff = new Backoff(FIRST_DELAY, LONGEST_DELAY, random);
  }

  /**
   * Reads and watches until interrupted.
   *
   * @throws InterruptedException the only way in which this method ends
   */
  public void run() throws InterruptedException {
    while (true) {
      try {
        watchFrom(list());
      } catch (MeshUnavailableException unusable) {
        listener.accept(new FeedEvent.Failed<>(String.valueOf(unusable.getMessage())));
        backoff.await();
      } catch (RuntimeException failure) {
        if (Thread.interrupted() || failure.getCause() instanceof InterruptedException) {
          throw new InterruptedException("stopped reading " + query());
        }
        if (isOtherVersionWorthATry(failure)) {
          continue;
        }
        listener.accept(eventOf(failure));
        backoff.await();
      }
    }
  }

  /** Reads all pages before it tells any of them, so that a cut list says nothing. */
  private String list() throws MeshUnavailableException, InterruptedException {
    var objects = new HashMap<ResourceKey, T>();
    var options = query().options();
    options.setLimit(PAGE);
    GenericKubernetesResourceList page;
    do {
      page = page(options);
      for (GenericKubernetesResource item : page.getItems()) {
        var object = KubeObject.of(query().type(), item);
        objects.put(object.key(), trim.apply(object));
      }
      options.setContinue(page.getMetadata().getContinue());
    } while (options.getContinue() != null && !options.getContinue().isEmpty());
    everListed = true;
    var resourceVersion = page.getMetadata().getResourceVersion();
    listener.accept(new FeedEvent.Listed<>(objects, resourceVersion));
    return resourceVersion;
  }

  /** Returns when the server has forgotten the history from which the watch would go on. */
  private void watchFrom(String listed) throws MeshUnavailableException, InterruptedException {
    var position = listed;
    while (true) {
      try (var watch = open(position)) {
        var end = watch.drain(this::tell);
        if (end.historyIsGone()) {
          return;
        }
        position = end.position();
        if (!end.barren()) {
          backoff.reset();
        }
      }
      // A server that opens watches only to end them must not be asked in a tight circle.
      backoff.await();
      probe();
    }
  }

  /** A watch that is refused says only that; which right is missing has to be added. */
  private WatchSession open(String position) throws MeshUnavailableException, InterruptedException {
    var operation = operation();
    try {
      return access
          .throttle()
          .patiently(() -> WatchSession.open(operation, query(), position, random));
    } catch (KubernetesClientException refused) {
      if (!isForbidden(refused)) {
        throw refused;
      }
      var status = new Status();
      status.setCode(HttpURLConnection.HTTP_FORBIDDEN);
      status.setMessage("missing right to watch " + query().type().resource());
      throw new KubernetesClientException(status);
    }
  }

  /**
   * Fails at once if the server is down. The client opens a watch in the background and waits as
   * long as a request may take before it says that it could not.
   */
  private void probe() throws MeshUnavailableException, InterruptedException {
    var options = query().options();
    options.setLimit(1L);
    options.setResourceVersion("0");
    page(options);
  }

  /**
   * A page that a server under load refuses is asked for again: the list begins anew without it.
   */
  private GenericKubernetesResourceList page(ListOptions options)
      throws MeshUnavailableException, InterruptedException {
    var operation = operation();
    return access.throttle().patiently(() -> operation.list(options));
  }

  private void tell(WatchSession.Change change) {
    var object = KubeObject.of(query().type(), change.resource());
    listener.accept(
        change.deleted()
            ? new FeedEvent.Gone<>(object.key(), object.version().resourceVersion())
            : new FeedEvent.Changed<>(object.key(), trim.apply(object)));
  }

  private AnyNamespaceOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      operation() throws MeshUnavailableException {
    var resources = access.client().genericKubernetesResources(query().type().context());
    return query().namespace().isEmpty()
        ? resources.inAnyNamespace()
        : resources.inNamespace(query().namespace());
  }

  private ResourceQuery query() {
    return queries.get(current);
  }

  /** A server that does not know the kind in one version may know it in another. */
  private boolean isOtherVersionWorthATry(RuntimeException failure) {
    if (!isNotFound(failure)) {
      return false;
    }
    current = (current + 1) % queries.size();
    return current != 0;
  }

  private static boolean isNotFound(RuntimeException failure) {
    return failure instanceof KubernetesClientException answer
        && answer.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
  }

  private static boolean isForbidden(RuntimeException failure) {
    return failure instanceof KubernetesClientException answer
        && answer.getCode() == HttpURLConnection.HTTP_FORBIDDEN;
  }

  /**
   * A kind that the server has never known is not installed. One that was there before and is not
   * now is a failed read: a custom resource definition that is being replaced must not look like a
   * mesh whose every object was deleted.
   */
  private FeedEvent<T> eventOf(RuntimeException failure) {
    if (isNotFound(failure) && !everListed) {
      return new FeedEvent.Unknown<>();
    }
    return new FeedEvent.Failed<>(
        "cannot read " + query() + ": " + ApiFailures.reasonOf(failure), isForbidden(failure));
  }
}
