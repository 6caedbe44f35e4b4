package io.meshbridge.api;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.meshbridge.grpc.v1.WatchEvent;
import io.meshbridge.grpc.v1.WatchRequest;
import io.meshbridge.model.MeshId;
import io.meshbridge.status.FederationFeed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

/** All who watch just now. */
@Singleton
final class Watches {
  /** At most so many at once. */
  static final int AT_ONCE = 100;

  /** How many changes may wait for one caller; of each thing only the newest state waits. */
  static final int MAX_WAITING = 10_000;

  /** For how long a caller may take nothing while something waits. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ServedFederation federation;
  private final FederationFeed feed;
  private final int maxWaiting;
  private final Duration patience;
  private final Semaphore places = new Semaphore(AT_ONCE);

  @Inject
  Watches(ServedFederation federation, FederationFeed feed) {
    this(federation, feed, MAX_WAITING, PATIENCE);
  }

  Watches(ServedFederation federation, FederationFeed feed, int maxWaiting, Duration patience) {
    this.federation = federation;
    this.feed = feed;
    this.maxWaiting = maxWaiting;
    this.patience = patience;
  }

  /** Tells a caller what stands and what changes, until one of them ends it. */
  void begin(WatchRequest request, ServerCallStreamObserver<WatchEvent> caller) {
    try {
      var scope = scope(request);
      var view = federation.view();
      if (!places.tryAcquire()) {
        throw new BusyException(AT_ONCE + " callers watch already; ask another bridge");
      }
      var watch = new Watch(view, scope, caller, maxWaiting, patience);
      caller.setOnReadyHandler(watch::ready);
      caller.setOnCancelHandler(watch::cancel);
      Thread.ofVirtual().name("watch").start(() -> run(watch, caller));
    } catch (RuntimeException refused) {
      caller.onError(Calls.status(refused).asRuntimeException());
    }
  }

  private void run(Watch watch, ServerCallStreamObserver<WatchEvent> caller) {
    feed.subscribe(watch);
    try {
      // Returns when the caller has gone: there is nobody to be told that it is over.
      watch.tell();
    } catch (RuntimeException tooSlowOrBroken) {
      caller.onError(Calls.status(tooSlowOrBroken).asRuntimeException());
    } catch (InterruptedException ended) {
      caller.onError(Status.UNAVAILABLE.withDescription("the bridge stops").asRuntimeException());
    } finally {
      feed.unsubscribe(watch);
      places.release();
    }
  }

  private static Watch.Scope scope(WatchRequest request) {
    var given =
        request.getMesh().isEmpty()
            ? Map.<String, List<String>>of()
            : Map.of("mesh", List.of(request.getMesh()));
    var query = new Query(given, Set.of("mesh"));
    Optional<MeshId> mesh = query.mesh("mesh").map(MeshId::new);
    query.check();
    return switch (request.getKind()) {
      case KIND_UNSPECIFIED -> new Watch.Scope(true, true, mesh);
      case KIND_SERVICES -> new Watch.Scope(true, false, mesh);
      case KIND_IMPORTS -> new Watch.Scope(false, true, mesh);
      case UNRECOGNIZED ->
          throw new BadParameterException(
              List.of(
                  new Problem.Fault(
                      "kind",
                      String.valueOf(request.getKindValue()),
                      "KIND_SERVICES, KIND_IMPORTS, or nothing for both")));
    };
  }
}
