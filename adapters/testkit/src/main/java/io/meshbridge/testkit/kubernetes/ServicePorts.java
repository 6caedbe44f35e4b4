package io.meshbridge.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;

/**
 * The ports of a Service, which the API merges by number and protocol: what another manager put
 * there stays when somebody applies his own.
 */
final class ServicePorts {
  private static final List<String> PATH = List.of("spec", "ports");

  private ServicePorts() {}

  /** Puts the ports of others beside those that were applied, and refuses what that may come to. */
  static void merge(ObjectNode live, ObjectNode applied, ObjectNode result, String manager) {
    var wanted = applied.path("spec").path("ports");
    if (!(result.path("spec").path("ports") instanceof ArrayNode ports)
        || !wanted.isArray()
        || !ManagedFields.isAnothers(live, manager, PATH)) {
      return;
    }
    var keys = new HashSet<String>();
    wanted.forEach(port -> keys.add(keyOf(port)));
    live.path("spec")
        .path("ports")
        .forEach(
            port -> {
              if (keys.add(keyOf(port))) {
                ports.add(port.deepCopy());
              }
            });
    requireDistinctNames(ports);
  }

  private static void requireDistinctNames(ArrayNode ports) {
    var names = new HashSet<String>();
    ports.forEach(
        port -> {
          if (!names.add(port.path("name").asText())) {
            throw ApiError.invalid(
                "spec.ports: Duplicate value: \"" + port.path("name").asText() + "\"");
          }
        });
  }

  private static String keyOf(JsonNode port) {
    return port.path("port").asText() + "/" + port.path("protocol").asText("TCP");
  }
}
