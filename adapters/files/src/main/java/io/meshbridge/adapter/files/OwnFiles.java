package io.meshbridge.adapter.files;

import io.meshbridge.adapter.files.Occupant.Ours;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.ServiceKey;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which files of ours were last seen, by path and by service. Guarded by its user's lock. */
final class OwnFiles {
  private final SortedMap<Path, Ours> byPath = new TreeMap<>();
  private final Map<ServiceKey, SortedSet<Path>> byService = new HashMap<>();

  /** Notes a file that was written. */
  void put(Path path, Ours file) {
    remove(path);
    byPath.put(path, file);
    byService.computeIfAbsent(serviceOf(file), service -> new TreeSet<>()).add(path);
  }

  /** Notes that no file of ours stands there. */
  void remove(Path path) {
    var before = byPath.remove(path);
    if (before != null) {
      byService.computeIfPresent(
          serviceOf(before),
          (service, paths) -> {
            paths.remove(path);
            return paths.isEmpty() ? null : paths;
          });
    }
  }

  /** Takes over what was seen, and returns the services of which something was not as noted. */
  Set<ServiceKey> replaceBy(SortedMap<Path, Ours> seen) {
    var touched = new HashSet<ServiceKey>();
    for (var before : new TreeMap<>(byPath).entrySet()) {
      if (!before.getValue().equals(seen.get(before.getKey()))) {
        touched.add(serviceOf(before.getValue()));
        remove(before.getKey());
      }
    }
    seen.forEach(
        (path, file) -> {
          if (!byPath.containsKey(path)) {
            touched.add(serviceOf(file));
            put(path, file);
          }
        });
    return touched;
  }

  /** The files of a service, sorted. */
  SortedSet<Path> of(ServiceKey service) {
    return new TreeSet<>(byService.getOrDefault(service, new TreeSet<>()));
  }

  /** The ownership of each service, as its first file has it. */
  Map<ServiceKey, Ownership> owned() {
    var owned = new HashMap<ServiceKey, Ownership>();
    byPath.values().forEach(file -> owned.putIfAbsent(serviceOf(file), file.ownership()));
    return Map.copyOf(owned);
  }

  boolean holds(ServiceKey service) {
    return byService.containsKey(service);
  }

  private static ServiceKey serviceOf(Ours file) {
    return file.ownership().service();
  }
}
