package io.meshbridge.adapter.kubernetes;

import io.meshbridge.model.Ownership;
import io.meshbridge.model.ServiceKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The objects of one kind that a sink writes, its own and those of others, as told by the feed and
 * as written by itself. What it wrote counts at once; an event from before its write is known by
 * its older version and passed over.
 */
final class ObjectStore {
  private final ReentrantLock lock = new ReentrantLock();
  // All guarded by the lock.
  private final Map<ResourceKey, WatchedObject> objects = new HashMap<>();
  private final Map<String, Set<ResourceKey>> byClaim = new HashMap<>();
  private final Map<ServiceKey, Set<ResourceKey>> byService = new HashMap<>();
  private final Map<ServiceKey, Want> wants = new HashMap<>();
  private final Map<String, Set<ServiceKey>> wantedClaims = new HashMap<>();
  private final Map<ResourceKey, Set<ServiceKey>> wantedNames = new HashMap<>();
  private final Map<ResourceKey, Long> deleted = new HashMap<>();

  /** What a service's import needs for itself alone. */
  private record Want(Set<String> claims, Set<ResourceKey> names) {}

  /** Takes what the feed says, and returns the services whose imports it may concern. */
  Set<ServiceKey> take(FeedEvent<WatchedObject> event) {
    lock.lock();
    try {
      var touched = new HashSet<ServiceKey>();
      switch (event) {
        case FeedEvent.Listed<WatchedObject> listed -> takeList(listed, touched);
        case FeedEvent.Changed<WatchedObject> changed ->
            takeChange(changed.key(), changed.object(), touched);
        case FeedEvent.Gone<WatchedObject> gone ->
            takeGone(gone.key(), gone.resourceVersion(), touched);
        case FeedEvent.Failed<WatchedObject> ignored -> {}
        case FeedEvent.Unknown<WatchedObject> ignored -> {}
      }
      return touched;
    } finally {
      lock.unlock();
    }
  }

  /** Takes the state that our own write, or a direct read, answered. */
  void wrote(WatchedObject object) {
    lock.lock();
    try {
      takeChange(object.object().key(), object, new HashSet<>());
    } finally {
      lock.unlock();
    }
  }

  /** Notes that this state of an object is gone, by our own delete or by a direct read. */
  void vanished(WatchedObject object) {
    lock.lock();
    try {
      var key = object.object().key();
      deleted.put(key, WatchedObject.versionOf(object.object().version().resourceVersion()));
      remove(key, new HashSet<>());
    } finally {
      lock.unlock();
    }
  }

  /** Remembers who wants which names, so that a holder's coming and going can be told. */
  void want(ServiceKey service, Set<String> claims, Set<ResourceKey> names) {
    lock.lock();
    try {
      unwant(service);
      wants.put(service, new Want(Set.copyOf(claims), Set.copyOf(names)));
      claims.forEach(c -> wantedClaims.computeIfAbsent(c, k -> new HashSet<>(2)).add(service));
      names.forEach(n -> wantedNames.computeIfAbsent(n, k -> new HashSet<>(2)).add(service));
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what a service wanted. */
  void unwant(ServiceKey service) {
    lock.lock();
    try {
      var want = wants.remove(service);
      if (want != null) {
        want.claims().forEach(claim -> removeFrom(wantedClaims, claim, service));
        want.names().forEach(name -> removeFrom(wantedNames, name, service));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Who wants a name in a namespace. */
  Set<ServiceKey> wantedIn(String namespace) {
    lock.lock();
    try {
      var services = new TreeSet<ServiceKey>();
      wantedNames.forEach(
          (name, wanting) -> {
            if (name.namespace().equals(namespace)) {
              services.addAll(wanting);
            }
          });
      return services;
    } finally {
      lock.unlock();
    }
  }

  Optional<WatchedObject> at(ResourceKey key) {
    lock.lock();
    try {
      return Optional.ofNullable(objects.get(key));
    } finally {
      lock.unlock();
    }
  }

  /** Our objects for a service, in the order of their names. */
  List<WatchedObject> of(ServiceKey service) {
    lock.lock();
    try {
      return byService.getOrDefault(service, Set.of()).stream()
          .sorted()
          .flatMap(key -> Optional.ofNullable(objects.get(key)).stream())
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /** Who else than this service's own import holds one of the names; the first by name. */
  Optional<ResourceKey> holderOf(Set<String> claims, ResourceKey name, ServiceKey service) {
    lock.lock();
    try {
      var candidates = new TreeSet<ResourceKey>();
      claims.forEach(claim -> candidates.addAll(byClaim.getOrDefault(claim, Set.of())));
      candidates.add(name);
      return candidates.stream()
          .filter(key -> objects.containsKey(key) && !isImportOf(key, service))
          .findFirst();
    } finally {
      lock.unlock();
    }
  }

  /** Who else than this service's own import holds one of the claims; the first by name. */
  Optional<ResourceKey> contender(Set<String> claims, ServiceKey service) {
    lock.lock();
    try {
      return claims.stream()
          .flatMap(claim -> byClaim.getOrDefault(claim, Set.of()).stream())
          .filter(key -> !isImportOf(key, service))
          .sorted()
          .findFirst();
    } finally {
      lock.unlock();
    }
  }

  /** What is ours, by service. */
  Map<ServiceKey, Ownership> owned() {
    lock.lock();
    try {
      var owned = new TreeMap<ServiceKey, Ownership>();
      byService.forEach(
          (service, keys) ->
              keys.stream()
                  .sorted()
                  .flatMap(key -> Optional.ofNullable(objects.get(key)).stream())
                  .flatMap(object -> object.ownership().stream())
                  .findFirst()
                  .ifPresent(ownership -> owned.put(service, ownership)));
      return owned;
    } finally {
      lock.unlock();
    }
  }

  boolean holds(ServiceKey service) {
    lock.lock();
    try {
      return byService.getOrDefault(service, Set.of()).stream()
          .flatMap(key -> Optional.ofNullable(objects.get(key)).stream())
          .anyMatch(object -> object.ownership().isPresent());
    } finally {
      lock.unlock();
    }
  }

  private void takeList(FeedEvent.Listed<WatchedObject> listed, Set<ServiceKey> touched) {
    long listVersion = WatchedObject.versionOf(listed.resourceVersion());
    for (ResourceKey key : Set.copyOf(objects.keySet())) {
      var known = objects.get(key);
      // What we wrote after the list was read cannot be in it.
      if (known != null
          && !listed.objects().containsKey(key)
          && WatchedObject.versionOf(known.object().version().resourceVersion()) <= listVersion) {
        remove(key, touched);
      }
    }
    deleted.keySet().retainAll(listed.objects().keySet());
    listed.objects().forEach((key, object) -> takeChange(key, object, touched));
  }

  private void takeChange(ResourceKey key, WatchedObject object, Set<ServiceKey> touched) {
    var known = objects.get(key);
    if (known != null && !object.isNewerThan(known)) {
      return;
    }
    var gone = deleted.get(key);
    if (gone != null
        && WatchedObject.versionOf(object.object().version().resourceVersion()) <= gone) {
      return;
    }
    deleted.remove(key);
    remove(key, touched);
    objects.put(key, object);
    object.claims().forEach(c -> byClaim.computeIfAbsent(c, k -> new HashSet<>(2)).add(key));
    object
        .ownership()
        .ifPresent(o -> byService.computeIfAbsent(o.service(), k -> new HashSet<>(2)).add(key));
    touch(object, touched);
  }

  private void takeGone(ResourceKey key, String resourceVersion, Set<ServiceKey> touched) {
    var known = objects.get(key);
    // The name may be in use again already, by ourselves.
    if (known != null
        && WatchedObject.versionOf(known.object().version().resourceVersion())
            <= WatchedObject.versionOf(resourceVersion)) {
      remove(key, touched);
    }
    deleted.remove(key);
  }

  private void remove(ResourceKey key, Set<ServiceKey> touched) {
    var known = objects.remove(key);
    if (known == null) {
      return;
    }
    known.claims().forEach(claim -> removeFrom(byClaim, claim, key));
    known.ownership().ifPresent(o -> removeFrom(byService, o.service(), key));
    touch(known, touched);
  }

  /** Whose import it is, and everyone who shares or wants one of its names. */
  private void touch(WatchedObject object, Set<ServiceKey> touched) {
    object.ownership().map(Ownership::service).ifPresent(touched::add);
    touched.addAll(wantedNames.getOrDefault(object.object().key(), Set.of()));
    for (String claim : object.claims()) {
      touched.addAll(wantedClaims.getOrDefault(claim, Set.of()));
      for (ResourceKey sharing : byClaim.getOrDefault(claim, Set.of())) {
        var other = objects.get(sharing);
        if (other != null) {
          other.ownership().map(Ownership::service).ifPresent(touched::add);
        }
      }
    }
  }

  private boolean isImportOf(ResourceKey key, ServiceKey service) {
    return byService.getOrDefault(service, Set.of()).contains(key);
  }

  private static <K, V> void removeFrom(Map<K, Set<V>> index, K key, V value) {
    var values = index.get(key);
    if (values != null && values.remove(value) && values.isEmpty()) {
      index.remove(key);
    }
  }
}
