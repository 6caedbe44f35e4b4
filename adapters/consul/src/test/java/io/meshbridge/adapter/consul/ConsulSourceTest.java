package io.meshbridge.adapter.consul;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Health;
import io.meshbridge.model.Reachability;
import io.meshbridge.spi.Observation;
import io.meshbridge.testkit.consul.ConsulAgent;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real agent without ACLs. */
class ConsulSourceTest {
  private ConsulAgent agent;

  @BeforeEach
  void startAgent() {
    agent = ConsulAgent.start();
  }

  @AfterEach
  void stopAgent() {
    agent.close();
  }

  @Test
  void offersWhatIsMarkedAndThenSaysThatItWasAll() throws Exception {
    // Given
    register("web", "web-1", 8080, "\"Meta\":{\"meshbridge-export\":\"true\",\"version\":\"v1\"}");
    register("plain", "plain-1", 8081, "\"Meta\":{}");

    // When
    try (var source = new Recorder(agent.url(), Map.of())) {
      source.awaitComplete(1);

      // Then
      var offer = source.offer("web").orElseThrow();
      assertThat(offer.ports())
          .singleElement()
          .satisfies(
              port -> {
                assertThat(port.number()).isEqualTo(8080);
                assertThat(port.protocol()).isEqualTo(AppProtocol.TCP);
              });
      assertThat(offer.labels()).containsExactly(Map.entry("version", "v1"));
      assertThat(offer.access()).isEqualTo(AccessPolicy.OPEN);
      assertThat(offer.hostnames()).contains("web.service.consul", "web.service.dc1.consul");
      assertThat(source.offer("plain")).isEmpty();
      assertThat(source.all)
          .filteredOn(Observation.Complete.class::isInstance)
          .extracting(o -> ((Observation.Complete) o).services().toString())
          .containsExactly("[consul-dc1/default/web]");
      assertThat(source.all)
          .filteredOn(Observation.Described.class::isInstance)
          .extracting(o -> ((Observation.Described) o).mesh())
          .singleElement()
          .satisfies(
              mesh -> {
                assertThat(mesh.version()).matches("\\d+\\.\\d+\\.\\d+.*");
                assertThat(mesh.trustDomain()).endsWith(".consul");
              });
      assertThat(source.all)
          .filteredOn(Observation.Trusted.class::isInstance)
          .extracting(o -> ((Observation.Trusted) o).roots().size())
          .containsExactly(1);
    }
  }

  @Test
  void followsEveryKindOfChange() throws Exception {
    // Given
    register("web", "web-1", 8080, "\"Meta\":{\"meshbridge-export\":\"true\"}");
    try (var source = new Recorder(agent.url(), Map.of())) {
      source.awaitComplete(1);

      // When, Then: another port
      register("web", "web-1", 8090, "\"Meta\":{\"meshbridge-export\":\"true\"}");
      source.await("new port", () -> port(source, "web") == 8090);

      // When, Then: another instance
      register("web", "web-2", 8090, "\"Address\":\"10.1.1.2\"");
      source.await(
          "second instance", () -> source.offer("web").orElseThrow().endpoints().size() == 2);

      // When, Then: an instance in maintenance
      agent.api().put("/v1/agent/service/maintenance/web-2?enable=true", "");
      source.await("maintenance", () -> health(source, "10.1.1.2") == Health.NOT_READY);

      // When, Then: a mark that appears in meta alone
      register("late", "late-1", 9000, "\"Meta\":{}");
      register("late", "late-1", 9000, "\"Meta\":{\"meshbridge-export\":\"true\"}");
      source.await("late mark", () -> source.offer("late").isPresent());

      // When, Then: a tag that marks
      register("tagged", "tagged-1", 9001, "\"Tags\":[\"meshbridge.io/export=true\",\"blue\"]");
      source.await("tag mark", () -> source.offer("tagged").isPresent());
      assertThat(source.offer("tagged").orElseThrow().labels()).containsOnlyKeys("tag.blue");

      // When, Then: its mark goes
      register("tagged", "tagged-1", 9001, "\"Tags\":[]");
      source.await("mark gone", () -> source.offer("tagged").isEmpty());

      // When, Then: it goes itself
      agent.api().put("/v1/agent/service/deregister/late-1", "");
      source.await("deregistered", () -> source.offer("late").isEmpty());
    }
  }

  @Test
  void readsProtocolsAndGuardsFromConfigurationAsItChanges() throws Exception {
    // Given
    register("web", "web-1", 8080, "\"Meta\":{\"meshbridge-export\":\"true\"}");
    register("api", "api-1", 8081, "\"Meta\":{\"meshbridge-export\":\"true\"}");
    register(
        "open",
        "open-1",
        8082,
        "\"Meta\":{\"meshbridge-export\":\"true\",\"meshbridge-address\":\"direct\"},"
            + "\"Connect\":{\"SidecarService\":{}}");
    try (var source = new Recorder(agent.url(), Map.of())) {
      source.awaitComplete(1);
      assertThat(reachability(source, "open")).isEqualTo(Reachability.PLAIN);

      // When
      agent
          .api()
          .put(
              "/v1/config",
              "{\"Kind\":\"service-defaults\",\"Name\":\"web\",\"Protocol\":\"grpc\"}");
      agent
          .api()
          .post(
              "/v1/connect/intentions",
              "{\"SourceName\":\"shop\",\"DestinationName\":\"web\",\"Action\":\"allow\"}");
      register(
          "api",
          "api-1",
          8081,
          "\"Meta\":{\"meshbridge-export\":\"true\"},\"Connect\":{\"SidecarService\":{}}");

      // Then
      source.await(
          "protocol",
          () ->
              source.offer("web").orElseThrow().ports().getFirst().protocol() == AppProtocol.GRPC);
      source.await(
          "intention", () -> reachability(source, "web") == Reachability.MESH_IDENTITY_REQUIRED);
      source.await(
          "proxy", () -> reachability(source, "api") == Reachability.MESH_IDENTITY_REQUIRED);
      assertThat(source.offer("api").orElseThrow().access().reason()).contains("api-sidecar-proxy");
      assertThat(source.offer("api-sidecar-proxy")).isEmpty();
    }
  }

  @Test
  void withdrawsNothingWhileTheAgentIsDownAndConvergesAfter() throws Exception {
    // Given
    catalog("node-a", "web", "web-1", 8080);
    catalog("node-a", "gone", "gone-1", 8081);
    try (var source = new Recorder(agent.url(), Map.of())) {
      source.awaitComplete(1);

      // When
      agent.kill();
      source.await("interruption", () -> source.count(Observation.Interrupted.class) == 1);
      agent.restart();
      source.awaitComplete(2);

      // Then
      assertThat(source.count(Observation.Withdrawn.class)).isZero();
      assertThat(source.count(Observation.Interrupted.class)).isEqualTo(1);
      catalog("node-a", "web", "web-1", 8888);
      source.await("change after restart", () -> port(source, "web") == 8888);
      agent.api().put("/v1/catalog/deregister", "{\"Node\":\"node-a\",\"ServiceID\":\"gone-1\"}");
      source.await("withdrawal after restart", () -> source.offer("gone").isEmpty());
    }
  }

  @Test
  void seesAnInstanceOnANodeThatWasNotThereBefore() throws Exception {
    // Given
    catalog("node-a", "web", "web-1", 8080);
    try (var source = new Recorder(agent.url(), Map.of())) {
      source.awaitComplete(1);

      // When
      agent
          .api()
          .put(
              "/v1/catalog/register",
              "{\"Node\":\"node-b\",\"Address\":\"10.9.9.8\",\"Service\":{\"ID\":\"web-2\","
                  + "\"Service\":\"web\",\"Port\":8080}}");

      // Then
      source.await(
          "second instance", () -> source.offer("web").orElseThrow().endpoints().size() == 2);
    }
  }

  @Test
  void seesChangesWhereThereAreAsManyNodesAsServices() throws Exception {
    // Given
    for (int i = 0; i < 20; i++) {
      catalog("node-" + i, "web-" + i, "web", 8080);
    }
    try (var source = new Recorder(agent.url(), Map.of())) {
      source.awaitComplete(1);

      // When
      catalog("node-7", "web-7", "web", 9090);

      // Then
      source.await("new port", () -> port(source, "web-7") == 9090);
    }
  }

  @Test
  void tellsWhatCannotBeReadAndKeepsTheRest() throws Exception {
    // Given
    register("portless", "portless-1", 0, "\"Meta\":{\"meshbridge-export\":\"true\"}");

    // When
    try (var source = new Recorder(agent.url(), Map.of())) {
      source.awaitComplete(1);

      // Then
      assertThat(source.all)
          .filteredOn(Observation.Unreadable.class::isInstance)
          .singleElement()
          .asString()
          .contains("portless", "a port between 1 and 65535");
      assertThat(source.all)
          .filteredOn(Observation.Complete.class::isInstance)
          .asString()
          .contains("portless");
    }
  }

  private void register(String name, String id, int port, String more) {
    agent
        .api()
        .put(
            "/v1/agent/service/register",
            "{\"Name\":\"" + name + "\",\"ID\":\"" + id + "\",\"Port\":" + port + "," + more + "}");
  }

  private void catalog(String node, String name, String id, int port) {
    agent
        .api()
        .put(
            "/v1/catalog/register",
            "{\"Node\":\""
                + node
                + "\",\"Address\":\"10.9.9.9\",\"Service\":{\"ID\":\""
                + id
                + "\",\"Service\":\""
                + name
                + "\",\"Port\":"
                + port
                + ",\"Meta\":{\"meshbridge-export\":\"true\"}}}");
  }

  private static int port(Recorder source, String service) {
    return source.offer(service).orElseThrow().ports().getFirst().number();
  }

  private static Reachability reachability(Recorder source, String service) {
    return source.offer(service).orElseThrow().access().reachability();
  }

  private static Health health(Recorder source, String address) {
    return source.offer("web").orElseThrow().endpoints().endpoints().stream()
        .filter(endpoint -> endpoint.address().equals(address))
        .findFirst()
        .orElseThrow()
        .health();
  }
}
