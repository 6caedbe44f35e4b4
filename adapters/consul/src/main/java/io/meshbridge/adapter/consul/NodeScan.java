package io.meshbridge.adapter.consul;

import io.meshbridge.spi.MeshUnavailableException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds out which services' instances have changed by reading all nodes: where a node holds many
 * services, that is one answer instead of one for each service. For one thread.
 */
final class NodeScan {
  /** As few as these are always read. */
  private static final int FEW_NODES = 16;

  /** With fewer, reading the nodes costs as much as reading the services. */
  private static final int SERVICES_PER_NODE = 8;

  private final CatalogApi api;
  private Map<String, Map<String, Entry>> known = new HashMap<>();

  /** What tells that an instance changed, and whose it is. */
  private record Entry(String service, long modifyIndex) {}

  NodeScan(CatalogApi api) {
    this.api = api;
  }

  /**
   * The services with an instance that came, changed or went since the last scan; all of them if
   * there was none.
   *
   * @param services how many there are
   * @return empty if there are too many nodes for a scan; the next one then begins anew
   */
  Optional<Set<String>> changed(int services)
      throws MeshUnavailableException, InterruptedException {
    var nodes = api.nodeNames();
    if (nodes.size() > FEW_NODES && nodes.size() > services / SERVICES_PER_NODE) {
      known = new HashMap<>();
      return Optional.empty();
    }
    var now = new HashMap<String, Map<String, Entry>>();
    for (String node : nodes) {
      now.put(node, entries(node));
    }
    var changed = new TreeSet<String>();
    note(known, now, changed);
    note(now, known, changed);
    known = now;
    return Optional.of(changed);
  }

  /** Notes whatever is in one and not, or not the same, in the other. */
  private static void note(
      Map<String, Map<String, Entry>> one,
      Map<String, Map<String, Entry>> other,
      TreeSet<String> services) {
    one.forEach(
        (node, entries) -> {
          var others = other.getOrDefault(node, Map.of());
          entries.forEach(
              (id, entry) -> {
                if (!entry.equals(others.get(id))) {
                  services.add(entry.service());
                }
              });
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
