package io.meshbridge.adapter.consul;

import io.meshbridge.adapter.consul.traffic.WantedEntry;
import io.meshbridge.model.ServiceKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What was last applied, to be compared with what stands: so drift is found by its fields. */
final class Wishes {
  private final ConcurrentHashMap<ServiceKey, Wish> wishes = new ConcurrentHashMap<>();

  /**
   * One import, as it should stand.
   *
   * @param blocked whether somebody else held a name of it when it was applied
   */
  record Wish(
      OwnNode node,
      List<String> names,
      List<WantedEntry> entries,
      List<CatalogInstance> instances,
      boolean blocked) {
    List<CatalogInstance> under(String name) {
      return instances.stream().filter(instance -> instance.service().equals(name)).toList();
    }
  }

  void settle(ServiceKey key, Wish wish) {
    wishes.put(key, wish);
  }

  /** While it is being written, what stands is nobody's drift. */
  void unsettle(ServiceKey key) {
    wishes.remove(key);
  }

  Map<ServiceKey, Wish> all() {
    return Map.copyOf(wishes);
  }
}
