package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.FeedEvent;
import io.meshbridge.adapter.kubernetes.ResourceKey;
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
 * All ServiceEntries of the cluster, as told by the feed and as written by ourselves. What we wrote
 * counts at once; an event from before our write is known by its older version and passed over.
 */
final class EntryStore {
  private final ReentrantLock lock = new ReentrantLock();
  // All guarded by the lock.
  private final Map<ResourceKey, Entry> entries = new HashMap<>();
  private final Map<String, Set<ResourceKey>> byHost = new HashMap<>();
  private final Map<ServiceKey, Set<ResourceKey>> byService = new HashMap<>();
  private final Map<ServiceKey, Want> wants = new HashMap<>();
  private final Map<String, Set<ServiceKey>> wantedHosts = new HashMap<>();
  private final Map<ResourceKey, ServiceKey> wantedNames = new HashMap<>();
  private final Map<ResourceKey, Long> deleted = new HashMap<>();

  /** What a service's import needs for itself alone. */
  private record Want(String host, ResourceKey name) {}

  /** Takes what the feed says, and returns the services whose imports it may concern. */
  Set<ServiceKey> take(FeedEvent<Entry> event) {
    lock.lock();
    try {
      var touched = new HashSet<ServiceKey>();
      switch (event) {
        case FeedEvent.Listed<Entry> listed -> takeList(listed, touched);
        case FeedEvent.Changed<Entry> changed ->
            takeChange(changed.key(), changed.object(), touched);
        case FeedEvent.Gone<Entry> gone -> takeGone(gone.key(), gone.resourceVersion(), touched);
        case FeedEvent.Failed<Entry> ignored -> {}
        case FeedEvent.Unknown<Entry> ignored -> {}
      }
      return touched;
    } finally {
      lock.unlock();
    }
  }

  /** Takes the state that our own write, or a direct read, answered. */
  void wrote(Entry entry) {
    lock.lock();
    try {
      takeChange(entry.object().key(), entry, new HashSet<>());
    } finally {
      lock.unlock();
    }
  }

  /** Notes that this state of an object is gone, by our own delete or by a direct read. */
  void vanished(Entry entry) {
    lock.lock();
    try {
      var key = entry.object().key();
      deleted.put(key, Entry.versionOf(entry.object().version().resourceVersion()));
      remove(key, new HashSet<>());
    } finally {
      lock.unlock();
    }
  }

  /** Remembers who wants a host and a name, so that a holder's coming and going can be told. */
  void want(ServiceKey service, String host, ResourceKey name) {
    lock.lock();
    try {
      unwant(service);
      wants.put(service, new Want(host, name));
      wantedHosts.computeIfAbsent(host, h -> new HashSet<>(2)).add(service);
      wantedNames.put(name, service);
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
        removeFrom(wantedHosts, want.host(), service);
        wantedNames.remove(want.name(), service);
      }
    } finally {
      lock.unlock();
    }
  }

  Optional<Entry> at(ResourceKey key) {
    lock.lock();
    try {
      return Optional.ofNullable(entries.get(key));
    } finally {
      lock.unlock();
    }
  }

  /** Our objects for a service, in the order of their names. */
  List<Entry> of(ServiceKey service) {
    lock.lock();
    try {
      return byService.getOrDefault(service, Set.of()).stream()
          .sorted()
          .flatMap(key -> Optional.ofNullable(entries.get(key)).stream())
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /** Who else than this service's own import holds the host or the name; the first by name. */
  Optional<ResourceKey> holderOf(String host, ResourceKey name, ServiceKey service) {
    lock.lock();
    try {
      var candidates = new TreeSet<>(byHost.getOrDefault(host, Set.of()));
      candidates.add(name);
      return candidates.stream()
          .filter(key -> entries.containsKey(key) && !isImportOf(key, service))
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
                  .flatMap(key -> Optional.ofNullable(entries.get(key)).stream())
                  .flatMap(entry -> entry.ownership().stream())
                  .findFirst()
                  .ifPresent(ownership -> owned.put(service, ownership)));
      return owned;
    } finally {
      lock.unlock();
    }
  }

  private void takeList(FeedEvent.Listed<Entry> listed, Set<ServiceKey> touched) {
    long listVersion = Entry.versionOf(listed.resourceVersion());
    for (ResourceKey key : Set.copyOf(entries.keySet())) {
      var known = entries.get(key);
      // What we wrote after the list was read cannot be in it.
      if (known != null
          && !listed.objects().containsKey(key)
          && Entry.versionOf(known.object().version().resourceVersion()) <= listVersion) {
        remove(key, touched);
      }
    }
    deleted.keySet().retainAll(listed.objects().keySet());
    listed.objects().forEach((key, entry) -> takeChange(key, entry, touched));
  }

  private void takeChange(ResourceKey key, Entry entry, Set<ServiceKey> touched) {
    var known = entries.get(key);
    if (known != null && !entry.isNewerThan(known)) {
      return;
    }
    var gone = deleted.get(key);
    if (gone != null && Entry.versionOf(entry.object().version().resourceVersion()) <= gone) {
      return;
    }
    deleted.remove(key);
    remove(key, touched);
    entries.put(key, entry);
    entry.hosts().forEach(h -> byHost.computeIfAbsent(h, k -> new HashSet<>(2)).add(key));
    entry
        .ownership()
        .ifPresent(o -> byService.computeIfAbsent(o.service(), k -> new HashSet<>(2)).add(key));
    touch(entry, touched);
  }

  private void takeGone(ResourceKey key, String resourceVersion, Set<ServiceKey> touched) {
    var known = entries.get(key);
    // The name may be in use again already, by ourselves.
    if (known != null
        && Entry.versionOf(known.object().version().resourceVersion())
            <= Entry.versionOf(resourceVersion)) {
      remove(key, touched);
    }
    deleted.remove(key);
  }

  private void remove(ResourceKey key, Set<ServiceKey> touched) {
    var known = entries.remove(key);
    if (known == null) {
      return;
    }
    known.hosts().forEach(host -> removeFrom(byHost, host, key));
    known.ownership().ifPresent(o -> removeFrom(byService, o.service(), key));
    touch(known, touched);
  }

  /** Whose import it is, and everyone who shares or wants one of its hosts. */
  private void touch(Entry entry, Set<ServiceKey> touched) {
    entry.ownership().map(Ownership::service).ifPresent(touched::add);
    var wanting = wantedNames.get(entry.object().key());
    if (wanting != null) {
      touched.add(wanting);
    }
    for (String host : entry.hosts()) {
      touched.addAll(wantedHosts.getOrDefault(host, Set.of()));
      for (ResourceKey sharing : byHost.getOrDefault(host, Set.of())) {
        var other = entries.get(sharing);
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
