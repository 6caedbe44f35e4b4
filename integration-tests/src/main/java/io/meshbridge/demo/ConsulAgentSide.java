package io.meshbridge.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshbridge.it.BridgeConfiguration;
import io.meshbridge.testkit.consul.ConsulAgent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** A mesh that is a real Consul agent, filled with what a folder defines. */
final class ConsulAgentSide implements Side {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String mesh;
  private final Path folder;
  private final ConsulAgent agent;

  /** Starts the agent and registers everything. */
  ConsulAgentSide(String mesh, Path folder) throws IOException {
    this.mesh = mesh;
    this.folder = folder;
    this.agent = ConsulAgent.start();
    register(service -> true);
  }

  @Override
  public String mesh() {
    return mesh;
  }

  @Override
  public String place() {
    return "Consul: a real agent, " + agent.url() + "/ui";
  }

  @Override
  public BridgeConfiguration addTo(BridgeConfiguration configuration) {
    return configuration.withMesh(
        mesh, Map.of("kind", "consul", "settings.url", agent.url().toString()));
  }

  @Override
  public List<String> offered() throws IOException {
    return definitions().callable();
  }

  @Override
  public Edit change() throws IOException {
    var service = offered().getFirst();
    int port = definitions().moveToNextPort(service);
    long madeAt = register(service::equals);
    return new Edit(service, "port is now " + port, Integer.toString(port), madeAt);
  }

  /**
   * As an operator would: registrations and config entries as they are, definitions by the agent.
   *
   * @return when the agent had acknowledged the first of these services
   */
  private long register(Predicate<String> services) throws IOException {
    var first = OptionalLong.empty();
    for (Manifest manifest : Manifest.allIn(folder, folder.resolve(ImportsFolder.NAME))) {
      for (JsonNode document : manifest.documents()) {
        for (Call call : callsFor(document)) {
          if (services.test(call.service())) {
            agent.api().put(call.path(), call.body());
            first = OptionalLong.of(first.orElse(System.nanoTime()));
          }
        }
      }
    }
    return first.orElseThrow(() -> new IOException("nothing to register in " + folder));
  }

  private record Call(String service, String path, String body) {}

  private static List<Call> callsFor(JsonNode document) {
    if (document.has("Node")) {
      var service = document.at("/Service/Service").asText();
      return List.of(new Call(service, "/v1/catalog/register", document.toString()));
    }
    if (document.has("Kind") && !document.has("Port")) {
      return List.of(new Call(document.path("Name").asText(), "/v1/config", document.toString()));
    }
    var calls = new ArrayList<Call>();
    for (ObjectNode definition : ConsulDefinitions.definitionsIn(document)) {
      // Nobody is at the example's addresses: an agent that looked would find all critical.
      definition.findValues("Checks").forEach(ConsulAgentSide::reportInsteadOfLooking);
      calls.add(
          new Call(
              ConsulDefinitions.nameOf(definition),
              "/v1/agent/service/register",
              definition.toString()));
    }
    return calls;
  }

  /** The checks keep the status that they are given, as those do that a service reports itself. */
  private static void reportInsteadOfLooking(JsonNode checks) {
    for (JsonNode check : checks) {
      if (check instanceof ObjectNode definition) {
        definition.remove(List.of("HTTP", "TCP", "GRPC", "Interval", "Timeout"));
        definition.put("TTL", "24h");
      }
    }
  }

  private ConsulDefinitions definitions() throws IOException {
    return ConsulDefinitions.in(folder, folder.resolve(ImportsFolder.NAME));
  }

  @Override
  public Optional<String> sight(String from, String service, String trace) throws IOException {
    var node = JSON.readTree(agent.api().get("/v1/catalog/node/meshbridge-" + from));
    for (JsonNode instance : node.path("Services")) {
      var text = instance.toString();
      if (text.contains(service) && text.contains(trace)) {
        return Optional.of(
            agent.url() + "/v1/catalog/service/" + instance.path("Service").asText());
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    agent.close();
  }
}
