package io.meshbridge.api;

import io.grpc.stub.ServerCallStreamObserver;
import io.meshbridge.grpc.v1.WatchEvent;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.status.FederationListener;
import io.meshbridge.status.FederationView;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One caller who watches. What waits for it are names of things, each once, so that a slow caller
 * costs little; beyond a bound, or if it takes nothing for too long, it is ended.
 */
final class Watch implements FederationListener {
  private final FederationView view;
  private final Scope scope;
  private final ServerCallStreamObserver<WatchEvent> caller;
  private final int maxWaiting;
  private final Duration patience;

  // Guards all below.
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final SequencedSet<Thing> waiting = new LinkedHashSet<>();
  private boolean overflown;
  private boolean cancelled;

  Watch(
      FederationView view,
      Scope scope,
      ServerCallStreamObserver<WatchEvent> caller,
      int maxWaiting,
      Duration patience) {
    this.view = view;
    this.scope = scope;
    this.caller = caller;
    this.maxWaiting = maxWaiting;
    this.patience = patience;
  }

  /**
   * What a caller wants to see.
   *
   * @param mesh only services of it and imports into it; all if not given
   */
  record Scope(boolean services, boolean imports, Optional<MeshId> mesh) {
    private boolean holds(Thing thing) {
      return switch (thing) {
        case Thing.OfService(var key) -> services && mesh.map(key.mesh()::equals).orElse(true);
        case Thing.OfImport(var target, var key) ->
            imports && mesh.map(target::equals).orElse(true);
      };
    }
  }

  /** What can change. */
  private sealed interface Thing {
    record OfService(ServiceKey key) implements Thing {}

    record OfImport(MeshId target, ServiceKey key) implements Thing {}
  }

  /** Something else than before may hold of a caller: it takes more. */
  void ready() {
    signal(() -> {});
  }

  /** The caller has gone. */
  void cancel() {
    signal(() -> cancelled = true);
  }

  @Override
  public void serviceChanged(ServiceKey service) {
    note(new Thing.OfService(service));
  }

  @Override
  public void importChanged(MeshId target, ServiceKey service) {
    note(new Thing.OfImport(target, service));
  }

  /**
   * Tells all that stands, and then what changes; returns when the caller has gone.
   *
   * @throws RefusedException if the caller is too slow
   */
  void tell() throws InterruptedException {
    for (var service : view.services()) {
      if (!pass(new Thing.OfService(service.export().key()))) {
        return;
      }
    }
    for (var status : view.imports()) {
      if (!pass(new Thing.OfImport(status.target(), status.service()))) {
        return;
      }
    }
    if (isReady()) {
      caller.onNext(
          WatchEvent.newBuilder().setComplete(WatchEvent.Complete.getDefaultInstance()).build());
      while (true) {
        var next = next();
        if (next.isEmpty() || !pass(next.get())) {
          return;
        }
      }
    }
  }

  /** Whether the caller is still there. */
  private boolean pass(Thing thing) throws InterruptedException {
    if (!scope.holds(thing)) {
      return true;
    }
    if (!isReady()) {
      return false;
    }
    caller.onNext(event(thing));
    return true;
  }

  /** Waits until the caller takes more; false if it has gone. */
  private boolean isReady() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = patience.toNanos();
      while (!cancelled && !overflown && !caller.isReady()) {
        if (left <= 0) {
          throw tooSlow("it took nothing for " + patience.toSeconds() + " seconds");
        }
        left = moved.awaitNanos(left);
      }
      requireRoom();
      return !cancelled;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the next thing that changed; empty if the caller has gone. */
  private Optional<Thing> next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!cancelled && !overflown && waiting.isEmpty()) {
        moved.await();
      }
      requireRoom();
      return cancelled ? Optional.empty() : Optional.of(waiting.removeFirst());
    } finally {
      lock.unlock();
    }
  }

  private void requireRoom() {
    if (overflown && !cancelled) {
      throw tooSlow("more than " + maxWaiting + " changes waited for it");
    }
  }

  private static RefusedException tooSlow(String how) {
    return new RefusedException(
        new Refusal(Refusal.Kind.BUSY, "the caller is too slow: " + how + "; watch again"));
  }

  private WatchEvent event(Thing thing) {
    var event = WatchEvent.newBuilder();
    switch (thing) {
      case Thing.OfService(var key) ->
          view.service(key)
              .ifPresentOrElse(
                  found -> event.setService(Messages.of(ServiceView.of(found))),
                  () -> event.setServiceGone(Messages.of(ServiceRef.of(key))));
      case Thing.OfImport(var target, var key) ->
          view.imported(target, key)
              .ifPresentOrElse(
                  found -> event.setImport(Messages.of(ImportView.of(found))),
                  () ->
                      event.setImportGone(
                          WatchEvent.ImportGone.newBuilder()
                              .setTarget(target.value())
                              .setService(Messages.of(ServiceRef.of(key)))));
    }
    return event.build();
  }

  private void note(Thing thing) {
    if (scope.holds(thing)) {
      signal(
          () -> {
            if (waiting.size() < maxWaiting) {
              waiting.add(thing);
            } else if (!waiting.contains(thing)) {
              overflown = true;
              waiting.clear();
            }
          });
    }
  }

  private void signal(Runnable change) {
    lock.lock();
    try {
      change.run();
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
