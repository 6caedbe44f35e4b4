package io.meshbridge.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** All that a mesh holds, whoever made it, so that two moments can be compared. */
final class WholeState {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> CONSUL_LISTS =
      List.of(
          "/v1/catalog/nodes",
          "/v1/catalog/services",
          "/v1/health/state/any",
          "/v1/connect/intentions",
          "/v1/query",
          "/v1/session/list",
          "/v1/config/service-defaults",
          "/v1/config/service-router",
          "/v1/config/service-splitter",
          "/v1/config/service-resolver",
          "/v1/config/proxy-defaults",
          "/v1/config/ingress-gateway",
          "/v1/config/terminating-gateway");

  private WholeState() {}

  /** Every object with all its fields, its version included: what is ours to leave alone. */
  static SortedMap<String, String> of(KubernetesRig istio) {
    return istio.api().everything();
  }

  /** The same of a Linkerd. */
  static SortedMap<String, String> of(LinkerdRig linkerd) {
    return linkerd.api().everything();
  }

  /** Catalog, health, intentions, queries, sessions, keys and entries, their indexes included. */
  static SortedMap<String, String> of(ConsulAgentRig consul) throws IOException {
    var all = new TreeMap<String, String>();
    var api = consul.api();
    CONSUL_LISTS.forEach(path -> all.put(path, api.get(path)));
    for (JsonNode node : JSON.readTree(api.get("/v1/catalog/nodes"))) {
      var path = "/v1/catalog/node/" + node.path("Node").asText();
      all.put(path, api.get(path));
    }
    return all;
  }
}
