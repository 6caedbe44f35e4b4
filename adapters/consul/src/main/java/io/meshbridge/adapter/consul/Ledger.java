package io.meshbridge.adapter.consul;

import io.meshbridge.model.ContentHash;
import io.meshbridge.model.Marks;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.MeshUnavailableException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** What the catalog holds of ours: from one complete read, then from our own writes. */
final class Ledger {
  private final String federation;
  private final MeshId target;
  private final ConcurrentHashMap<ServiceKey, Entry> entries = new ConcurrentHashMap<>();

  /**
   * One import.
   *
   * @param names the Consul services under which it stands
   */
  private record Entry(Ownership ownership, Set<String> names) {}

  Ledger(String federation, MeshId target) {
    this.federation = federation;
    this.target = target;
  }

  /** Reads all of our nodes. */
  void readAll(CatalogApi api) throws MeshUnavailableException, InterruptedException {
    var hashes = new TreeMap<ServiceKey, SortedMap<String, String>>();
    var names = new TreeMap<ServiceKey, Set<String>>();
    var ownerships = new TreeMap<ServiceKey, Ownership>();
    for (var node : api.nodesWith(OwnNode.marksOf(federation, target))) {
      var services = Fields.object(api.node(Fields.text(node, "Node")), "Services");
      for (var service : Fields.objects(List.copyOf(services.values()))) {
        Ownership.fromMarks(Marks.CONSUL, Fields.texts(service, "Meta"))
            .filter(ownership -> ownership.isOf(federation, target))
            .ifPresent(
                ownership -> {
                  var key = ownership.service();
                  ownerships.put(key, ownership);
                  names
                      .computeIfAbsent(key, absent -> new TreeSet<>())
                      .add(Fields.text(service, "Service"));
                  hashes
                      .computeIfAbsent(key, absent -> new TreeMap<>())
                      .put(Fields.text(service, "ID"), ownership.contentHash());
                });
      }
    }
    ownerships.forEach(
        (key, ownership) ->
            entries.put(
                key,
                new Entry(
                    whole(ownership, hashes.getOrDefault(key, new TreeMap<>())),
                    Set.copyOf(names.getOrDefault(key, Set.of())))));
  }

  /** Notes what was written; without instances nothing stands. */
  void wrote(ServiceKey key, Collection<CatalogInstance> instances) {
    var hashes = new TreeMap<String, String>();
    var names = new TreeSet<String>();
    for (CatalogInstance instance : instances) {
      names.add(instance.service());
      hashes.put(instance.id(), instance.meta().getOrDefault(Marks.CONSUL.of("content-hash"), ""));
    }
    instances.stream()
        .findFirst()
        .flatMap(instance -> Ownership.fromMarks(Marks.CONSUL, instance.meta()))
        .ifPresentOrElse(
            ownership -> entries.put(key, new Entry(whole(ownership, hashes), Set.copyOf(names))),
            () -> entries.remove(key));
  }

  /** Notes that the import may stand under these names too: a write of them was begun. */
  void mayStandUnder(ServiceKey key, Collection<CatalogInstance> instances) {
    var names = new TreeSet<>(namesOf(key));
    instances.forEach(instance -> names.add(instance.service()));
    instances.stream()
        .findFirst()
        .flatMap(instance -> Ownership.fromMarks(Marks.CONSUL, instance.meta()))
        .ifPresent(ownership -> entries.put(key, new Entry(ownership, Set.copyOf(names))));
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

  /** An import is many entries, each with its own hash: one for all of them. */
  private static Ownership whole(Ownership of, SortedMap<String, String> hashes) {
    return new Ownership(
        of.federation(), of.target(), of.service(), of.path(), ContentHash.of(hashes));
  }
}
