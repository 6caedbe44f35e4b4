package io.meshbridge.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Catalog registrations as tests write them, and imports as tests read them. */
final class ConsulObjects {
  /** The node on which tests register what is outside of Consul. */
  static final String NODE = "outside";

  private static final ObjectMapper JSON = new ObjectMapper();

  private ConsulObjects() {}

  /** A registration of one instance, for the catalog's API or a file. */
  static ObjectNode registration(Shop shop, String address) {
    var id = instanceId(shop.name(), address);
    var registration = JSON.createObjectNode().put("Node", NODE).put("Address", "10.0.0.1");
    registration
        .putObject("Service")
        .put("ID", id)
        .put("Service", shop.name())
        .put("Address", address)
        .put("Port", shop.port())
        .putObject("Meta")
        .put("meshbridge-export", "true");
    registration
        .putArray("Checks")
        .addObject()
        .put("Node", NODE)
        .put("CheckID", id)
        .put("ServiceID", id)
        .put("Name", "by the test")
        .put("Status", shop.instances().get(address) ? "passing" : "critical");
    return registration;
  }

  static String instanceId(String service, String address) {
    return service + "-" + address;
  }

  /** An imported instance in the oracle's words. */
  static String line(JsonNode service, String status) {
    var meta = service.path("Meta");
    return Oracle.consulLine(
        service.path("Service").asText(),
        service.path("Address").asText(),
        service.path("Port").asInt(),
        status,
        Oracle.owner(
            mark(meta, "federation"),
            mark(meta, "target"),
            mark(meta, "origin-mesh"),
            mark(meta, "origin-namespace"),
            mark(meta, "origin-name")));
  }

  private static String mark(JsonNode meta, String word) {
    return meta.path("meshbridge-" + word).asText();
  }
}
