package io.meshbridge.adapter.consul;

import io.meshbridge.spi.NativeDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One instance as we want it in the catalog: the service entry and its one check.
 *
 * @param id stable: the same for the same service, address and port
 * @param weight 1 to 65535, for either state of health
 * @param meta our marks and the labels that fit
 * @param status the check's: {@code passing}, {@code warning} or {@code critical}
 */
record CatalogInstance(
    OwnNode node,
    String service,
    String id,
    String address,
    int port,
    int weight,
    SortedMap<String, String> meta,
    String status) {
  private static final String CHECK_PREFIX = "meshbridge:";
  static final String CHECK_NAME = "Health at the origin";

  String checkId() {
    return CHECK_PREFIX + id;
  }

  /** The service entry, as transactions and registrations take it. */
  LinkedHashMap<String, Object> serviceEntry() {
    var entry = new LinkedHashMap<String, Object>();
    entry.put("ID", id);
    entry.put("Service", service);
    entry.put("Tags", List.of());
    entry.put("Meta", new TreeMap<>(meta));
    entry.put("Address", address);
    entry.put("Port", port);
    entry.put("Weights", weights());
    return entry;
  }

  /** The check entry. */
  LinkedHashMap<String, Object> checkEntry() {
    var entry = new LinkedHashMap<String, Object>();
    entry.put("Node", node.name());
    entry.put("CheckID", checkId());
    entry.put("Name", CHECK_NAME);
    entry.put("Status", status);
    entry.put("ServiceID", id);
    entry.put("ServiceName", service);
    return entry;
  }

  /** A registration that {@code PUT /v1/catalog/register} takes as it is. */
  NativeDocument toDocument() {
    var content = new LinkedHashMap<String, Object>();
    content.put("Node", node.name());
    content.put("Address", OwnNode.ADDRESS);
    content.put("NodeMeta", new TreeMap<>(node.meta()));
    content.put("Service", serviceEntry());
    content.put("Checks", List.of(checkEntry()));
    return new NativeDocument(id, content);
  }

  private Map<String, Object> weights() {
    var weights = new LinkedHashMap<String, Object>();
    weights.put("Passing", weight);
    weights.put("Warning", weight);
    return weights;
  }
}
