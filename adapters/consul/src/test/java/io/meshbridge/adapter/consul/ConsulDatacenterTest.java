package io.meshbridge.adapter.consul;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.spi.Observation;
import io.meshbridge.testkit.consul.ConsulAgent;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two real datacenters that know each other; one of them is the mesh. */
class ConsulDatacenterTest {
  private static ConsulAgent west;
  private static ConsulAgent east;

  @BeforeAll
  static void startAgents() {
    west = ConsulAgent.start(new ConsulAgent.Options(false, false, "west"));
    east = ConsulAgent.start(new ConsulAgent.Options(false, false, "east"));
    west.api().put("/v1/agent/join/" + east.wanAddress() + "?wan=1", "");
    Awaitility.await("both datacenters")
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(() -> west.api().get("/v1/catalog/services?dc=east").contains("consul"));
    register(west, "web", "10.1.0.1");
    register(west, "only-west", "10.1.0.2");
    register(east, "web", "10.2.0.1");
    register(east, "only-east", "10.2.0.2");
  }

  @AfterAll
  static void stopAgents() {
    west.close();
    east.close();
  }

  @Test
  void theAgentsOwnDatacenterIsTheMeshAndNoOther() throws Exception {
    try (var source = new Recorder(west.url(), Map.of())) {
      source.awaitComplete(1);

      assertThat(address(source, "web")).isEqualTo("10.1.0.1");
      assertThat(source.offer("only-west")).isPresent();
      assertThat(source.offer("only-east")).isEmpty();
    }
  }

  @Test
  void theDatacenterThatIsNamedIsReadAndFollowedThroughAnAgentOfAnother() throws Exception {
    try (var source = new Recorder(west.url(), Map.of("datacenter", "east"))) {
      source.awaitComplete(1);
      assertThat(address(source, "web")).isEqualTo("10.2.0.1");
      assertThat(source.offer("web").orElseThrow().hostnames()).contains("web.service.east.consul");
      assertThat(source.offer("only-east")).isPresent();
      assertThat(source.offer("only-west")).isEmpty();

      register(west, "web", "10.1.0.9");
      register(east, "web", "10.2.0.9");

      source.await("change in the east", () -> address(source, "web").equals("10.2.0.9"));
      register(west, "web", "10.1.0.1");
      register(east, "web", "10.2.0.1");
      source.await("change back", () -> address(source, "web").equals("10.2.0.1"));
    }
  }

  @Test
  void aDatacenterThatNobodyKnowsIsAMeshThatCannotBeRead() throws Exception {
    try (var source = new Recorder(west.url(), Map.of("datacenter", "north"))) {
      source.await("interruption", () -> source.count(Observation.Interrupted.class) == 1);

      assertThat(source.count(Observation.Complete.class)).isZero();
      assertThat(source.all).asString().contains("No path to datacenter");
    }
  }

  private static String address(Recorder source, String service) {
    return source.offer(service).orElseThrow().endpoints().endpoints().getFirst().address();
  }

  private static void register(ConsulAgent agent, String name, String address) {
    agent
        .api()
        .put(
            "/v1/catalog/register",
            "{\"Node\":\"node-a\",\"Address\":\"10.9.9.9\",\"Service\":{\"ID\":\""
                + name
                + "-1\",\"Service\":\""
                + name
                + "\",\"Address\":\""
                + address
                + "\",\"Port\":80,\"Meta\":{\"meshbridge-export\":\"true\"}}}");
  }
}
