package io.meshbridge.adapter.consul;

import io.meshbridge.spi.MeshUnavailableException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds out which services' instances have changed by reading whole nodes: where a few nodes hold
 * many services, that is one answer instead of one for each service. It only hints: what it cannot
 * see, a sweep finds. For one thread.
 */
final class NodeScan {
  /** With more nodes, reading them costs as much as reading the services. */
  private static final int MOST_NODES = 16;

  private final CatalogApi api;
  private final Map<String, Map<String, Entry>> known = new HashMap<>();

  /** What tells that an instance changed, and whose it is. */
  private record Entry(String service, long modifyIndex) {}

  NodeScan(CatalogApi api) {
    this.api = api;
  }

  /** Whether these are few enough to be scanned. */
  static boolean covers(Set<String> nodes) {
    return nodes.size() <= MOST_NODES;
  }

  /**
   * The services with an instance that came, changed or went since the last scan. A node that is
   * seen for the first time tells nothing yet.
   */
  Set<String> changed(Set<String> nodes) throws MeshUnavailableException, InterruptedException {
    if (!covers(nodes)) {
      known.clear();
      return Set.of();
    }
    var services = new TreeSet<String>();
    for (String node : nodes) {
      var now = entries(node);
      var before = known.put(node, now);
      if (before != null) {
        note(before, now, services);
        note(now, before, services);
      }
    }
    known.keySet().retainAll(nodes);
    return services;
  }

  /** Notes whatever is in one and not, or not the same, in the other. */
  private static void note(
      Map<String, Entry> one, Map<String, Entry> other, TreeSet<String> services) {
    one.forEach(
        (id, entry) -> {
          if (!entry.equals(other.get(id))) {
            services.add(entry.service());
          }
        });
  }

  private Map<String, Entry> entries(String node)
      throws MeshUnavailableException, InterruptedException {
    var services = Fields.object(api.node(node), "Services");
    var entries = new HashMap<String, Entry>();
    services.forEach(
        (id, service) -> {
          var fields = Fields.asObject(service);
          entries.put(
              id, new Entry(Fields.text(fields, "Service"), Fields.index(fields, "ModifyIndex")));
        });
    return entries;
  }
}
