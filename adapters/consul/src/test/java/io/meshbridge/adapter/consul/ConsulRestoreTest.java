package io.meshbridge.adapter.consul;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Observation;
import io.meshbridge.testkit.consul.ConsulAgent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real server whose state, and with it every index, is set back to that of an hour ago. */
class ConsulRestoreTest {
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsEverythingAgainWhenTheStateIsSetBack(boolean tls) throws Exception {
    try (var agent = ConsulAgent.start(new ConsulAgent.Options(false, tls))) {
      // Given
      register(agent, "web", 8080);
      register(agent, "still", 8081);
      register(agent, "gone", 8082);
      var settings = new HashMap<>(Map.of("wait", "2s"));
      if (tls) {
        settings.put("tls.ca-file", agent.caFile().toString());
      }
      try (var source = new Recorder(agent.url(), settings)) {
        source.awaitComplete(1);
        var snapshot = agent.api().snapshot();
        register(agent, "web", 9090);
        register(agent, "late", 8083);
        deregister(agent, "gone");
        source.await("new port", () -> port(source, "web").equals(Optional.of(9090)));
        source.await("newcomer", () -> port(source, "late").isPresent());
        source.await("leaver", () -> port(source, "gone").isEmpty());

        // When
        agent.api().restore(snapshot);

        // Then
        source.await("former port", () -> port(source, "web").equals(Optional.of(8080)));
        source.await("newcomer gone", () -> !lastRead(source).contains("late"));
        source.await("leaver back", () -> port(source, "gone").equals(Optional.of(8082)));
        register(agent, "web", 7070);
        register(agent, "gone", 7071);
        source.await("change after it", () -> port(source, "web").equals(Optional.of(7070)));
        source.await("another one", () -> port(source, "gone").equals(Optional.of(7071)));
        assertThat(lastRead(source)).containsExactlyInAnyOrder("web", "still", "gone");
        assertThat(port(source, "still")).contains(8081);
      }
    }
  }

  /** The services of the last complete reading. */
  private static List<String> lastRead(Recorder source) {
    return source.all.stream()
        .filter(Observation.Complete.class::isInstance)
        .map(Observation.Complete.class::cast)
        .reduce((earlier, later) -> later)
        .map(complete -> complete.services().stream().map(ServiceKey::name).toList())
        .orElseThrow();
  }

  private static void register(ConsulAgent agent, String name, int port) {
    agent
        .api()
        .put(
            "/v1/catalog/register",
            "{\"Node\":\"node-a\",\"Address\":\"10.9.9.9\",\"Service\":{\"ID\":\""
                + name
                + "-1\",\"Service\":\""
                + name
                + "\",\"Port\":"
                + port
                + ",\"Meta\":{\"meshbridge-export\":\"true\"}}}");
  }

  private static void deregister(ConsulAgent agent, String name) {
    agent
        .api()
        .put("/v1/catalog/deregister", "{\"Node\":\"node-a\",\"ServiceID\":\"" + name + "-1\"}");
  }

  private static Optional<Integer> port(Recorder source, String service) {
    return source.offer(service).map(offer -> offer.ports().getFirst().number());
  }
}
