package io.meshbridge.adapter.consul;

import io.meshbridge.adapter.consul.traffic.ServiceName;
import io.meshbridge.model.Health;
import io.meshbridge.model.Locality;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads instances out of the shapes in which Consul shows and takes them. */
final class InstanceReader {
  private InstanceReader() {}

  /** The entries of {@code /v1/health/service/<name>}. */
  static List<Instance> healthEntries(Object body) {
    var instances = new ArrayList<Instance>();
    for (var entry : Fields.objects(body)) {
      instances.add(healthEntry(entry, Place.live(reference(entry))));
    }
    return instances;
  }

  /** One {@code {Node, Service, Checks}} for people. */
  static String reference(Map<String, Object> entry) {
    var service = Fields.object(entry, "Service");
    return "service "
        + Fields.text(service, "Service")
        + " (id "
        + Fields.text(service, "ID")
        + ") on node "
        + Fields.text(Fields.object(entry, "Node"), "Node");
  }

  /** One {@code {Node, Service, Checks}}. */
  static Instance healthEntry(Map<String, Object> entry, Place place) {
    var node = Fields.object(entry, "Node");
    return instance(
        Fields.object(entry, "Service"),
        Fields.text(node, "Node"),
        Fields.text(node, "Address"),
        Fields.text(node, "Datacenter"),
        Fields.objects(Fields.list(entry, "Checks")),
        place.in(Fields.spelling(entry, "Service")));
  }

  /** One {@code {Node, Address, Service, Check, Checks}}, as the catalog takes it. */
  static Instance registration(Map<String, Object> entry, Place place) {
    var checks = new ArrayList<>(Fields.objects(Fields.list(entry, "Checks")));
    if (Fields.has(entry, "Check")) {
      checks.add(Fields.object(entry, "Check"));
    }
    return instance(
        Fields.object(entry, "Service"),
        Fields.text(entry, "Node"),
        Fields.text(entry, "Address"),
        Fields.text(entry, "Datacenter"),
        checks,
        place.in(Fields.spelling(entry, "Service")));
  }

  /** A service as an agent's file or API defines it. */
  static Instance definition(Map<String, Object> service, Place place) {
    var checks = new ArrayList<>(Fields.objects(Fields.list(service, "Checks")));
    if (Fields.has(service, "Check")) {
      checks.add(Fields.object(service, "Check"));
    }
    return instance(service, "", "", "", checks, place);
  }

  private static Instance instance(
      Map<String, Object> service,
      String node,
      String nodeAddress,
      String datacenter,
      List<Map<String, Object>> checks,
      Place place) {
    var name =
        Fields.has(service, "Service")
            ? Fields.text(service, "Service")
            : Fields.text(service, "Name");
    var id = Fields.text(service, "ID");
    var address = Fields.text(service, "Address");
    var weights = Fields.object(service, "Weights");
    var locality = Fields.object(service, "Locality");
    var connect = Fields.object(service, "Connect");
    return new Instance(
        ServiceName.of(Fields.text(service, "Namespace"), name),
        id.isEmpty() ? name : id,
        node,
        datacenter,
        address.isBlank() ? nodeAddress : address,
        Fields.number(service, "Port", 0),
        kind(service),
        Fields.text(Fields.object(service, "Proxy"), "DestinationServiceName"),
        Fields.flag(connect, "Native"),
        Fields.list(service, "Tags").stream().map(Fields::textOf).toList(),
        Fields.texts(service, "Meta"),
        otherAddresses(service),
        Fields.number(weights, "Passing", 1),
        Fields.number(weights, "Warning", 1),
        worst(checks),
        checks.isEmpty() || checks.stream().allMatch(check -> Fields.has(check, "Status")),
        locality.isEmpty()
            ? new Locality(datacenter, "")
            : new Locality(Fields.text(locality, "Region"), Fields.text(locality, "Zone")),
        place);
  }

  private static String kind(Map<String, Object> service) {
    var kind = Fields.text(service, "Kind").toLowerCase(Locale.ROOT);
    // Newer servers write out the ordinary kind in some answers.
    return kind.equals("typical") ? "" : kind;
  }

  private static Map<String, String> otherAddresses(Map<String, Object> service) {
    var addresses = new TreeMap<String, String>();
    Fields.object(service, "TaggedAddresses")
        .forEach(
            (tag, value) -> addresses.put(tag, Fields.text(Fields.asObject(value), "Address")));
    return addresses;
  }

  /** Without checks an instance is ready, as Consul itself sees it. */
  private static Health worst(List<Map<String, Object>> checks) {
    var worst = Health.READY;
    for (var check : checks) {
      var health =
          switch (Fields.text(check, "Status").toLowerCase(Locale.ROOT)) {
            case "passing" -> Health.READY;
            case "warning" -> Health.WARNING;
            // A definition in a file has no result yet.
            case "" -> Health.READY;
            // Critical, maintenance, and whatever a later version calls not well.
            default -> Health.NOT_READY;
          };
      if (health.compareTo(worst) > 0) {
        worst = health;
      }
    }
    return worst;
  }
}
