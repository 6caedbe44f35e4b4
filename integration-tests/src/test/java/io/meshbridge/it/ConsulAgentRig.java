package io.meshbridge.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshbridge.testkit.consul.ConsulAgent;
import io.meshbridge.testkit.consul.ConsulApiCalls;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** A real Consul agent. */
final class ConsulAgentRig implements MeshRig, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Oracle.Origin origin;
  private final ConsulAgent agent;
  private final Map<String, String> access;
  private final ConsulApiCalls api;
  private final Map<String, Shop> standing = new ConcurrentHashMap<>();

  ConsulAgentRig(String mesh) {
    this(mesh, ConsulAgent.start(), Map.of());
  }

  /** Takes over an agent; bridges need more settings than its URL. */
  ConsulAgentRig(String mesh, ConsulAgent agent, Map<String, String> access) {
    this.origin = Oracle.Origin.consul(mesh);
    this.agent = agent;
    this.access = access;
    this.api = agent.api();
  }

  @Override
  public Oracle.Origin origin() {
    return origin;
  }

  ConsulAgent agent() {
    return agent;
  }

  ConsulApiCalls api() {
    return api;
  }

  @Override
  public BridgeConfiguration addTo(BridgeConfiguration configuration) {
    return addTo(configuration, agent.url().toString());
  }

  /** With the agent behind another address, such as a line that can be held. */
  BridgeConfiguration addTo(BridgeConfiguration configuration, String url) {
    return configuration
        .withMesh(id(), Map.of("kind", "consul", "settings.url", url))
        .withMesh(id(), access);
  }

  /** Sends only what differs from before, as a deployment would. */
  @Override
  public void apply(Operation operation) throws IOException {
    switch (operation) {
      case Operation.Put(var shop) -> {
        var before = standing.put(shop.name(), shop);
        for (String address : shop.instances().keySet()) {
          if (before == null || differs(before, shop, address)) {
            register(ConsulObjects.registration(shop, address).toString());
          }
        }
        if (before != null) {
          before.instances().keySet().stream()
              .filter(address -> !shop.instances().containsKey(address))
              .forEach(address -> deregister(shop.name(), address));
        }
      }
      case Operation.Remove(var name) -> {
        var before = standing.remove(name);
        if (before != null) {
          before.instances().keySet().forEach(address -> deregister(name, address));
        }
      }
    }
  }

  private static boolean differs(Shop before, Shop after, String address) {
    return before.port() != after.port()
        || !after.instances().get(address).equals(before.instances().get(address));
  }

  /** Registers anything in the catalog. */
  void register(String registration) {
    api.put("/v1/catalog/register", registration);
  }

  private void deregister(String service, String address) {
    api.put(
        "/v1/catalog/deregister",
        JSON.createObjectNode()
            .put("Node", ConsulObjects.NODE)
            .put("ServiceID", ConsulObjects.instanceId(service, address))
            .toString());
  }

  @Override
  public SortedSet<String> imports() throws IOException {
    var lines = new TreeSet<String>();
    var nodes = JSON.readTree(api.get("/v1/catalog/nodes?node-meta=meshbridge-target:" + id()));
    for (JsonNode node : nodes) {
      var name = node.path("Node").asText();
      var statuses = statusesOf(name);
      for (JsonNode service : JSON.readTree(api.get("/v1/catalog/node/" + name)).path("Services")) {
        lines.add(
            ConsulObjects.line(
                service, statuses.getOrDefault(service.path("ID").asText(), "no check")));
      }
    }
    return lines;
  }

  private Map<String, String> statusesOf(String node) throws IOException {
    var statuses = new HashMap<String, String>();
    for (JsonNode check : JSON.readTree(api.get("/v1/health/node/" + node))) {
      statuses.put(check.path("ServiceID").asText(), check.path("Status").asText());
    }
    return statuses;
  }

  /** Every index that a write to the catalog moves. */
  Map<String, Long> indexes() {
    var indexes = new HashMap<String, Long>();
    for (String path :
        List.of("/v1/catalog/services", "/v1/catalog/nodes", "/v1/health/state/any")) {
      indexes.put(path, api.index(path));
    }
    return indexes;
  }

  @Override
  public SortedSet<String> expected(String federation, MeshRig other, List<Operation> operations) {
    return new Oracle(federation, other.origin(), id()).consul(operations);
  }

  @Override
  public void close() {
    agent.close();
  }
}
