package io.meshbridge.it;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A mesh whose bridge is the test: its topic says whatever the test writes into it. */
final class PlayedMesh {
  static final String NAMESPACE = "shop";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Federation federation;
  private final RawRecords records;
  private final String id;

  private PlayedMesh(Federation federation, RawRecords records, String id) {
    this.federation = federation;
    this.records = records;
    this.id = id;
  }

  /**
   * Makes it a member and says what it is; both topics are there already.
   *
   * @param ranges the blocks that its addresses must lie in; none for any
   */
  static PlayedMesh join(
      Federation federation, RawRecords records, String id, String hostSuffix, List<String> ranges)
      throws Exception {
    var mesh = new PlayedMesh(federation, records, id);
    tellMember(federation, records, member(id, hostSuffix, ranges));
    mesh.send("v1/descriptor", "descriptor", mesh.descriptor());
    return mesh;
  }

  /** A member's record. */
  static ObjectNode member(String id, String hostSuffix, List<String> ranges) {
    var member =
        JSON.createObjectNode()
            .put("id", id)
            .put("kind", "istio")
            .put("hostSuffix", hostSuffix)
            .put("state", "active");
    var limits = member.putObject("limits");
    ranges.forEach(limits.putArray("addressRanges")::add);
    return member;
  }

  /** Writes a member's record past the command, which would check it. */
  static void tellMember(Federation federation, RawRecords records, ObjectNode member)
      throws Exception {
    var key = "v1/member/" + member.path("id").asText();
    records.send(federation.topic("members").name(), key, type("member"), member.toString());
  }

  String topic() {
    return federation.topic("mesh." + id).name();
  }

  static String type(String part) {
    return "io.meshbridge." + part + ".v1";
  }

  static String exportKey(String service) {
    return "v1/export/" + NAMESPACE + "/" + service;
  }

  long send(String key, String part, ObjectNode value) throws Exception {
    return records.send(topic(), key, type(part), value.toString());
  }

  /** Says of a service what an owner could not: an export of any type and any text. */
  long sendExport(String service, String type, String value) throws Exception {
    return records.send(topic(), exportKey(service), type, value);
  }

  long sendExport(ObjectNode export) throws Exception {
    return send(exportKey(export.path("name").asText()), "export", export);
  }

  /** Offers a service with ready endpoints. */
  void offer(String service, String... addresses) throws Exception {
    send(
        "v1/endpoints/" + NAMESPACE + "/" + service + "/0",
        "endpoints",
        endpoints(service, addresses));
    sendExport(export(service));
  }

  ObjectNode descriptor() {
    return JSON.createObjectNode()
        .put("id", id)
        .put("kind", "istio")
        .put("version", "")
        .put("trustDomain", "")
        .put("network", "");
  }

  /** The record of a service, as any bridge would write it. */
  ObjectNode export(String service) {
    var export = about(service);
    export
        .putArray("ports")
        .addObject()
        .put("name", "http")
        .put("number", 80)
        .put("protocol", "http");
    export.putObject("labels");
    export.putArray("hostnames");
    export.put("firstSeen", "2026-11-22T12:00:00Z");
    export.putArray("path").add(id);
    export.putObject("access").put("reachability", "plain").put("reason", "");
    return export;
  }

  ObjectNode endpoints(String service, String... addresses) {
    var chunk = about(service).put("chunk", 0).put("chunks", 1);
    var endpoints = chunk.putArray("endpoints");
    for (String address : addresses) {
      var endpoint = endpoints.addObject().put("address", address).put("health", "ready");
      endpoint.putObject("ports").put("http", 8080);
    }
    return chunk;
  }

  /** What every record about a service begins with. */
  ObjectNode about(String service) {
    return JSON.createObjectNode().put("mesh", id).put("namespace", NAMESPACE).put("name", service);
  }
}
