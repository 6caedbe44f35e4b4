package io.meshbridge.adapter.consul;

import io.meshbridge.model.Marks;
import io.meshbridge.model.Ownership;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One instance as it stands in the catalog, in the fields that we own, with the indexes that a
 * check-and-set needs.
 *
 * @param checks all checks of this instance, also those of others; none of its node
 */
record Standing(
    String node,
    String nodeAddress,
    Map<String, String> nodeMeta,
    String service,
    String id,
    String address,
    int port,
    int passingWeight,
    int warningWeight,
    List<String> tags,
    SortedMap<String, String> meta,
    long modifyIndex,
    List<StandingCheck> checks) {

  /** One check. */
  record StandingCheck(String id, String name, String status, long modifyIndex) {}

  /** Reads the entries of {@code /v1/health/service/<name>}. */
  static List<Standing> of(Object body) {
    var standing = new ArrayList<Standing>();
    for (var entry : Fields.objects(body)) {
      var node = Fields.object(entry, "Node");
      var service = Fields.object(entry, "Service");
      var weights = Fields.object(service, "Weights");
      var id = Fields.text(service, "ID");
      standing.add(
          new Standing(
              Fields.text(node, "Node"),
              Fields.text(node, "Address"),
              Fields.texts(node, "Meta"),
              Fields.text(service, "Service"),
              id,
              Fields.text(service, "Address"),
              Fields.number(service, "Port", 0),
              Fields.number(weights, "Passing", 1),
              Fields.number(weights, "Warning", 1),
              Fields.list(service, "Tags").stream().map(Fields::textOf).toList(),
              Fields.texts(service, "Meta"),
              Fields.index(service, "ModifyIndex"),
              checks(entry, id)));
    }
    return standing;
  }

  private static List<StandingCheck> checks(Map<String, Object> entry, String serviceId) {
    return Fields.objects(Fields.list(entry, "Checks")).stream()
        .filter(check -> Fields.text(check, "ServiceID").equals(serviceId))
        .map(
            check ->
                new StandingCheck(
                    Fields.text(check, "CheckID"),
                    Fields.text(check, "Name"),
                    Fields.text(check, "Status"),
                    Fields.index(check, "ModifyIndex")))
        .toList();
  }

  Optional<Ownership> ownership() {
    return Ownership.fromMarks(Marks.CONSUL, meta);
  }

  /** Whether the service entry says what we want, in every field that we own. */
  boolean says(CatalogInstance wanted) {
    return address.equals(wanted.address())
        && port == wanted.port()
        && passingWeight == wanted.weight()
        && warningWeight == wanted.weight()
        && tags.isEmpty()
        && meta.equals(wanted.meta());
  }

  /** Whether its node is as we make it. */
  boolean standsOn(OwnNode wanted) {
    return nodeAddress.equals(OwnNode.ADDRESS) && nodeMeta.equals(wanted.meta());
  }

  /** Who holds the name, in Consul's words. */
  String describe() {
    return "service " + service + " (id " + id + ") on node " + node;
  }
}
