package io.meshbridge.adapter.kubernetes;

import io.meshbridge.model.MeshId;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.WritePermit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * All that a sink does with the objects of one kind: it watches them, knows which are its own,
 * brings those to what they should be, and removes them, and only those.
 */
public final class ImportObjects {
  private static final int ATTEMPTS = 4;

  private final WrittenKind kind;
  private final ObjectStore store = new ObjectStore();
  private final ImportWriter writer;
  // Those for which the cluster had no room: a deletion may make some.
  private final Set<ServiceKey> crowdedOut = ConcurrentHashMap.newKeySet();
  // Those that found the kind not installed: it may be, later.
  private final Set<ServiceKey> missed = ConcurrentHashMap.newKeySet();
  // Written by the feed's thread, read by writers.
  private volatile boolean installed;

  /**
   * Opens nothing yet.
   *
   * @param createNamespace whether a namespace that is not there is created
   */
  public ImportObjects(
      KubernetesAccess access,
      WrittenKind kind,
      String federation,
      MeshId target,
      boolean createNamespace) {
    this.kind = kind;
    this.writer = new ImportWriter(access, kind, store, federation, target, createNamespace);
  }

  /**
   * Starts to watch.
   *
   * @param touched told, after the first list, whose import a change may concern
   * @return to be waited for: until the first list came, nothing is known
   */
  public FirstEvent watch(FeedGroup feeds, Consumer<ServiceKey> touched) {
    var first = new FirstEvent(kind.notInstalled());
    feeds.start(
        kind.query(),
        writer::watched,
        event -> {
          var concerned = store.take(event);
          // Before anybody is told that there was a list.
          installed |= event instanceof FeedEvent.Listed;
          // What the first list holds is told by owned(), not as a surprise.
          if (!first.note(event)) {
            concerned.forEach(touched);
          }
          if (event instanceof FeedEvent.Gone) {
            crowdedOut.forEach(touched);
          }
          tellMissed(touched);
        });
    return first;
  }

  /**
   * Whether the server knows the kind, and lets us see it.
   *
   * @param wanting whose import is to be told when it does, if it does not
   */
  public boolean isInstalledFor(ServiceKey wanting) {
    if (installed) {
      return true;
    }
    missed.add(wanting);
    // It may have been listed meanwhile, before anybody could be told.
    return installed;
  }

  /**
   * Who else than this service's own import holds one of these claims, such as {@code Service
   * shop/web}.
   */
  public Optional<String> contender(ServiceKey service, Set<String> claims) {
    return store.contender(claims, service).map(holder -> kind.type().kind() + " " + holder);
  }

  /** What is ours, by service. */
  public Map<ServiceKey, Ownership> owned() {
    return store.owned();
  }

  /** Whether any object is ours for a service. */
  public boolean holds(ServiceKey service) {
    return store.holds(service);
  }

  /**
   * Remembers what the import of a service needs for itself alone, so that somebody else's coming
   * and going there is told.
   */
  public void want(ServiceKey service, Set<String> claims, Set<ResourceKey> names) {
    store.want(service, claims, names);
  }

  /** Forgets what a service wanted. */
  public void unwant(ServiceKey service) {
    crowdedOut.remove(service);
    missed.remove(service);
    store.unwant(service);
  }

  /** Who wants a name in a namespace. */
  public Set<ServiceKey> wantedIn(String namespace) {
    return store.wantedIn(namespace);
  }

  /**
   * Who else holds the name of an object, or one of its claims, such as {@code Service shop/web};
   * empty if it could be brought.
   */
  public Optional<String> holder(ServiceKey service, Set<String> claims, ResourceKey key)
      throws MeshUnavailableException, InterruptedException {
    return holderOf(service, claims, key).map(holder -> kind.type().kind() + " " + holder);
  }

  /**
   * Brings one object of a service's import to what its manifest says, unless somebody else holds
   * its name or one of its claims.
   *
   * @throws MeshUnavailableException if the server cannot be reached, or the object keeps changing
   */
  public Standing bring(
      ServiceKey service,
      Set<String> claims,
      ResourceKey key,
      Map<String, Object> manifest,
      WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    crowdedOut.remove(service);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var holder = holder(service, claims, key);
      if (holder.isPresent()) {
        return new Standing.Held(holder.orElseThrow());
      }
      var live = ours(key, service);
      if (live.isPresent() && writer.holds(manifest, live.orElseThrow())) {
        return new Standing.Good(live.orElseThrow().object(), false);
      }
      var result =
          live.isPresent()
              ? writer.apply(key, manifest, live.orElseThrow(), permit)
              : writer.create(key, manifest, permit);
      switch (result) {
        case WriteResult.Done done -> {
          return new Standing.Good(done.object(), true);
        }
        case WriteResult.Denied denied -> {
          if (ApiFailures.isExhaustion(denied.reason())) {
            crowdedOut.add(service);
          }
          return new Standing.Denied(denied.reason());
        }
        case WriteResult.Missing missing -> {
          // An object that went while we changed it is created in the next attempt.
          if (live.isEmpty()) {
            return new Standing.Homeless(missing.message());
          }
        }
        // Something changed under us: the store knows it by now, so decide again.
        case WriteResult.Taken ignored -> {}
        case WriteResult.Outdated ignored -> {}
        case WriteResult.Contested ignored -> {}
      }
    }
    throw new MeshUnavailableException(
        kind.type().kind() + " " + key + " changed during " + ATTEMPTS + " attempts to write it");
  }

  /**
   * Removes what stands for a service, but for some; each in the very state in which it bore our
   * marks.
   *
   * @return whether there was anything
   * @throws MeshUnavailableException if the server cannot be reached, or objects keep changing
   */
  public boolean removeAllBut(Set<ResourceKey> kept, ServiceKey service, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    boolean removed = false;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var surplus =
          store.of(service).stream().filter(object -> !kept.contains(keyOf(object))).toList();
      if (surplus.isEmpty()) {
        return removed;
      }
      for (WatchedObject object : surplus) {
        removed |= remove(object, permit);
      }
    }
    throw new MeshUnavailableException(
        "the " + kind.type().kind() + " for " + service + " keeps changing");
  }

  /** Removes all that stands for a service, and says whether there was anything. */
  public boolean removeAll(ServiceKey service, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    return removeAllBut(Set.of(), service, permit);
  }

  /** False if it had changed or gone. */
  private boolean remove(WatchedObject object, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    return switch (writer.delete(object, permit)) {
      case WriteResult.Done ignored -> true;
      case WriteResult.Missing ignored -> false;
      case WriteResult.Outdated ignored -> false;
      case WriteResult.Taken ignored -> false;
      case WriteResult.Contested ignored -> false;
      case WriteResult.Denied denied ->
          throw new MeshUnavailableException(
              "cannot remove " + object.object().reference() + ": " + denied.reason());
    };
  }

  private void tellMissed(Consumer<ServiceKey> touched) {
    if (!installed) {
      return;
    }
    for (ServiceKey service : Set.copyOf(missed)) {
      missed.remove(service);
      touched.accept(service);
    }
  }

  private Optional<ResourceKey> holderOf(ServiceKey service, Set<String> claims, ResourceKey key)
      throws MeshUnavailableException, InterruptedException {
    var holder = store.holderOf(claims, key, service);
    if (holder.isPresent() && kind.isFiltered()) {
      // The feed does not tell when an object goes that it never showed.
      writer.refresh(holder.orElseThrow());
      return store.holderOf(claims, key, service);
    }
    return holder;
  }

  private Optional<WatchedObject> ours(ResourceKey key, ServiceKey service) {
    return store
        .at(key)
        .filter(object -> object.ownership().filter(o -> o.service().equals(service)).isPresent());
  }

  private static ResourceKey keyOf(WatchedObject object) {
    return object.object().key();
  }
}
