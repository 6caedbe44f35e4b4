package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.FeedEvent;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.ServiceFacts;
import io.meshbridge.adapter.kubernetes.SliceFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * All that the source knows of a mesh, and which services a change touches. Belongs to the thread
 * that runs the source; feeds only hand events over.
 */
final class MeshState {
  private final String rootNamespace;
  private final Table<ServiceFacts> services = new Table<>();
  private final Table<SliceFacts> slices = new Table<>();
  private final Table<EntryFacts> entries = new Table<>();
  private final Table<PeerPolicy> policies = new Table<>();
  private final Table<Boolean> exports = new Table<>();
  private final List<Table<?>> needed = new ArrayList<>();
  // The keys of a Service's slices, by the Service.
  private final Map<ResourceKey, Set<ResourceKey>> slicesOf = new HashMap<>();
  private final Set<ResourceKey> dirty = new TreeSet<>();
  private PeerPolicies rules;

  MeshState(String rootNamespace, boolean serviceExports) {
    this.rootNamespace = rootNamespace;
    this.rules = new PeerPolicies(List.of(), rootNamespace);
    needed.addAll(List.of(services, slices, entries, policies));
    if (serviceExports) {
      needed.add(exports);
    }
  }

  void takeServices(FeedEvent<ServiceFacts> event) {
    services.take(event).forEach(difference -> dirty.add(difference.key()));
  }

  void takeEntries(FeedEvent<EntryFacts> event) {
    entries.take(event).forEach(difference -> dirty.add(difference.key()));
  }

  void takeExports(FeedEvent<Boolean> event) {
    exports.take(event).forEach(difference -> dirty.add(difference.key()));
  }

  void takeSlices(FeedEvent<SliceFacts> event) {
    for (Table.Difference<SliceFacts> difference : slices.take(event)) {
      difference.before().ifPresent(slice -> unlink(slice.service(), difference.key()));
      difference
          .after()
          .ifPresent(
              slice ->
                  slicesOf
                      .computeIfAbsent(slice.service(), k -> new HashSet<>(2))
                      .add(difference.key()));
      difference.before().map(SliceFacts::service).ifPresent(dirty::add);
      difference.after().map(SliceFacts::service).ifPresent(dirty::add);
    }
  }

  void takePolicies(FeedEvent<PeerPolicy> event) {
    var changed = policies.take(event);
    if (changed.isEmpty()) {
      return;
    }
    rules = new PeerPolicies(policies.values(), rootNamespace);
    var namespaces =
        changed.stream().map(d -> d.key().namespace()).collect(java.util.stream.Collectors.toSet());
    // A policy of the root namespace may be the one that all others inherit from.
    boolean all = namespaces.contains(rootNamespace);
    markGuarded(services.keys(), all, namespaces);
    markGuarded(entries.keys(), all, namespaces);
  }

  /** Counts every service as changed. */
  void markAll() {
    dirty.addAll(services.keys());
    dirty.addAll(entries.keys());
  }

  /** The services that changed since the last call. */
  Set<ResourceKey> takeDirty() {
    var taken = new TreeSet<>(dirty);
    dirty.clear();
    return taken;
  }

  /** All services that are marked for export. */
  Set<ResourceKey> marked() {
    var marked = new TreeSet<ResourceKey>();
    services.keys().stream().filter(this::isMarked).forEach(marked::add);
    entries.keys().stream().filter(this::isMarked).forEach(marked::add);
    return marked;
  }

  boolean isMarked(ResourceKey key) {
    return isMarkedService(key) || isMarkedEntry(key);
  }

  /** What a marked service is; a Service wins over a ServiceEntry of its name. */
  ReadResult read(ResourceKey key, OfferReader reader) {
    if (isMarkedService(key)) {
      return services
          .get(key)
          .map(service -> reader.service(service, slicesOf(key), rules))
          .orElseThrow();
    }
    return entries.get(key).map(entry -> reader.entry(entry, rules)).orElseThrow();
  }

  /** Whether everything was read at least once. */
  boolean isComplete() {
    return needed.stream().allMatch(Table::everGood);
  }

  /** Why the mesh cannot be read just now; empty if it can. */
  Optional<String> obstacle() {
    for (Table<?> table : needed) {
      if (table.condition() instanceof Table.Condition.Stale stale) {
        return Optional.of(stale.reason());
      }
    }
    return Optional.empty();
  }

  private boolean isMarkedService(ResourceKey key) {
    return services
        .get(key)
        .filter(service -> service.mirroredBy().isEmpty())
        .filter(service -> service.exported() || exports.get(key).isPresent())
        .isPresent();
  }

  private boolean isMarkedEntry(ResourceKey key) {
    return entries
        .get(key)
        .filter(entry -> entry.mirroredBy().isEmpty() && entry.exported())
        .isPresent();
  }

  private Collection<SliceFacts> slicesOf(ResourceKey service) {
    return slicesOf.getOrDefault(service, Set.of()).stream()
        .sorted()
        .flatMap(slice -> slices.get(slice).stream())
        .toList();
  }

  private void unlink(ResourceKey service, ResourceKey slice) {
    var known = slicesOf.get(service);
    if (known != null && known.remove(slice) && known.isEmpty()) {
      slicesOf.remove(service);
    }
  }

  private void markGuarded(Set<ResourceKey> keys, boolean all, Set<String> namespaces) {
    keys.stream().filter(key -> all || namespaces.contains(key.namespace())).forEach(dirty::add);
  }
}
