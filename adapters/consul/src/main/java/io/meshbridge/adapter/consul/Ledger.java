package io.meshbridge.adapter.consul;

import io.meshbridge.adapter.consul.traffic.WantedEntry;
import io.meshbridge.model.ContentHash;
import io.meshbridge.model.Marks;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.MeshUnavailableException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What the catalog holds of ours: from one complete read, then from our own writes. */
final class Ledger {
  private final String federation;
  private final MeshId target;
  private final ConcurrentHashMap<ServiceKey, Entry> entries = new ConcurrentHashMap<>();

  /**
   * One import.
   *
   * @param names the Consul services under which it stands
   * @param entries its config entries
   */
  private record Entry(Ownership ownership, Set<String> names, Set<EntryId> entries) {}

  /** What is found of one import. */
  private static final class Found {
    private final TreeMap<String, String> hashes = new TreeMap<>();
    private final TreeSet<String> names = new TreeSet<>();
    private final TreeSet<EntryId> entries = new TreeSet<>();
  }

  Ledger(String federation, MeshId target) {
    this.federation = federation;
    this.target = target;
  }

  /** Reads all of our nodes and all config entries. */
  void readAll(CatalogApi api, ConfigApi config)
      throws MeshUnavailableException, InterruptedException {
    var found = new TreeMap<ServiceKey, Found>();
    var ownerships = new TreeMap<ServiceKey, Ownership>();
    for (var node : api.nodesWith(OwnNode.marksOf(federation, target))) {
      var services = Fields.object(api.node(Fields.text(node, "Node")), "Services");
      for (var service : Fields.objects(List.copyOf(services.values()))) {
        own(Ownership.fromMarks(Marks.CONSUL, Fields.texts(service, "Meta")))
            .ifPresent(
                ownership -> {
                  ownerships.put(ownership.service(), ownership);
                  var of = found.computeIfAbsent(ownership.service(), absent -> new Found());
                  of.names.add(Fields.text(service, "Service"));
                  of.hashes.put(Fields.text(service, "ID"), ownership.contentHash());
                });
      }
    }
    for (StandingEntry entry : config.all()) {
      own(entry.ownership())
          .ifPresent(
              ownership -> {
                ownerships.putIfAbsent(ownership.service(), ownership);
                var of = found.computeIfAbsent(ownership.service(), absent -> new Found());
                of.entries.add(entry.id());
                of.hashes.put(entry.id().toString(), ownership.contentHash());
              });
    }
    found.forEach(
        (key, of) ->
            entries.put(
                key,
                new Entry(
                    whole(Objects.requireNonNull(ownerships.get(key)), of.hashes),
                    Set.copyOf(of.names),
                    Set.copyOf(of.entries))));
  }

  private Optional<Ownership> own(Optional<Ownership> ownership) {
    return ownership.filter(o -> o.isOf(federation, target));
  }

  /** Notes what was written; without anything nothing stands. */
  void wrote(
      ServiceKey key, Collection<CatalogInstance> instances, Collection<WantedEntry> written) {
    var of = new Found();
    for (CatalogInstance instance : instances) {
      of.names.add(instance.service());
      of.hashes.put(instance.id(), hashIn(instance.meta()));
    }
    for (WantedEntry entry : written) {
      of.entries.add(EntryId.of(entry));
      of.hashes.put(EntryId.of(entry).toString(), hashIn(entry.meta()));
    }
    ownershipOf(instances, written)
        .ifPresentOrElse(
            ownership ->
                entries.put(
                    key,
                    new Entry(
                        whole(ownership, of.hashes), Set.copyOf(of.names), Set.copyOf(of.entries))),
            () -> entries.remove(key));
  }

  /** Notes that the import may stand as these too: a write of them was begun. */
  void mayStandAs(
      ServiceKey key, Collection<CatalogInstance> instances, Collection<WantedEntry> begun) {
    var names = new TreeSet<>(namesOf(key));
    instances.forEach(instance -> names.add(instance.service()));
    var ids = new TreeSet<>(entriesOf(key));
    begun.forEach(entry -> ids.add(EntryId.of(entry)));
    ownershipOf(instances, begun)
        .ifPresent(
            ownership ->
                entries.put(key, new Entry(ownership, Set.copyOf(names), Set.copyOf(ids))));
  }

  private static Optional<Ownership> ownershipOf(
      Collection<CatalogInstance> instances, Collection<WantedEntry> written) {
    return Stream.concat(
            instances.stream().map(CatalogInstance::meta), written.stream().map(WantedEntry::meta))
        .findFirst()
        .flatMap(meta -> Ownership.fromMarks(Marks.CONSUL, meta));
  }

  private static String hashIn(Map<String, String> meta) {
    return meta.getOrDefault(Marks.CONSUL.of("content-hash"), "");
  }

  Set<EntryId> entriesOf(ServiceKey key) {
    var entry = entries.get(key);
    return entry == null ? Set.of() : entry.entries();
  }

  Set<String> namesOf(ServiceKey key) {
    var entry = entries.get(key);
    return entry == null ? Set.of() : entry.names();
  }

  /** Whether anything of a mesh stands. */
  boolean holdsAnythingFrom(MeshId origin) {
    return entries.keySet().stream().anyMatch(key -> key.mesh().equals(origin));
  }

  Map<ServiceKey, Ownership> owned() {
    var owned = new TreeMap<ServiceKey, Ownership>();
    entries.forEach((key, entry) -> owned.put(key, entry.ownership()));
    return owned;
  }

  boolean holds(ServiceKey key) {
    return entries.containsKey(key);
  }

  /** An import is many entries, each with its own hash: one for all of them. */
  private static Ownership whole(Ownership of, SortedMap<String, String> hashes) {
    return new Ownership(
        of.federation(), of.target(), of.service(), of.path(), ContentHash.of(hashes));
  }
}
