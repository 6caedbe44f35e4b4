package io.meshbridge.adapter.consul;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.spi.Observation;
import io.meshbridge.testkit.consul.ConsulAgent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How gateways are followed, against a real agent without ACLs. */
class ConsulGatewaySourceTest {
  private static final String EDGE = "edge.gateway";

  private ConsulAgent agent;

  @BeforeEach
  void startAgent() {
    agent = ConsulAgent.start();
    config("{\"Kind\":\"proxy-defaults\",\"Name\":\"global\",\"Config\":{\"protocol\":\"http\"}}");
  }

  @AfterEach
  void stopAgent() {
    agent.close();
  }

  @Test
  void offersMarkedGatewaysWithTheRoutesBehindThem() throws Exception {
    // Given
    config(gateway("edge", "web", true));
    config(gateway("private", "web", false));
    try (var source = new Recorder(agent.url(), Map.of())) {
      source.awaitComplete(1);

      // Then
      assertThat(rules(source)).hasSize(1);
      assertThat(source.offer("private.gateway")).isEmpty();
      assertThat(source.all)
          .filteredOn(Observation.Complete.class::isInstance)
          .singleElement()
          .satisfies(
              told ->
                  assertThat(((Observation.Complete) told).services())
                      .extracting(key -> key.name())
                      .containsExactly(EDGE));

      // When, Then: what its requests come by changes
      config(
          "{\"Kind\":\"service-router\",\"Name\":\"web\",\"Routes\":[{\"Match\":{\"HTTP\":"
              + "{\"PathPrefix\":\"/api\"}},\"Destination\":{\"Service\":\"api\"}}]}");
      source.await("route", () -> rules(source).size() == 2);

      // When, Then: it changes itself
      config(gateway("edge", "api", true));
      source.await("other service", () -> rules(source).size() == 1);

      // When, Then: it is no longer exported
      config(gateway("edge", "api", false));
      source.await("withdrawn", () -> source.offer(EDGE).isEmpty());

      // When, Then
      config(gateway("edge", "api", true));
      source.await("offered again", () -> source.offer(EDGE).isPresent());
      agent.api().delete("/v1/config/ingress-gateway/edge");
      source.await("gone", () -> source.offer(EDGE).isEmpty());
      assertThat(source.count(Observation.Withdrawn.class)).isEqualTo(2);
    }
  }

  @Test
  void tellsNothingAgainWhereNothingChanged() throws Exception {
    // Given
    config(gateway("edge", "web", true));
    try (var source = new Recorder(agent.url(), Map.of())) {
      source.awaitComplete(1);

      // When
      config("{\"Kind\":\"service-defaults\",\"Name\":\"other\",\"Protocol\":\"grpc\"}");
      config("{\"Kind\":\"service-resolver\",\"Name\":\"web\",\"ConnectTimeout\":\"3s\"}");
      config(gateway("second", "web", true));
      source.await("the second", () -> source.offer("second.gateway").isPresent());

      // Then
      assertThat(source.all)
          .filteredOn(
              told ->
                  told instanceof Observation.Offered offered
                      && offered.offer().key().name().equals(EDGE))
          .hasSize(1);
    }
  }

  @Test
  void keepsWhatIsKnownOfAGatewayBehindWhichAnEntryIsWrong() throws Exception {
    // Given
    config(gateway("edge", "web", true));
    try (var source = new Recorder(agent.url(), Map.of())) {
      source.awaitComplete(1);

      // When: the server takes it, but its proxies will not
      config(
          "{\"Kind\":\"service-router\",\"Name\":\"web\",\"Routes\":[{\"Match\":{\"HTTP\":"
              + "{\"PathRegex\":\"/(?=x)\"}}}]}");

      // Then
      source.await("unreadable", () -> source.count(Observation.Unreadable.class) == 1);
      assertThat(source.all.getLast())
          .isInstanceOfSatisfying(
              Observation.Unreadable.class,
              told -> {
                assertThat(told.service().name()).isEqualTo(EDGE);
                assertThat(told.reason()).startsWith("service-router web: Routes[0]");
              });
      assertThat(source.count(Observation.Withdrawn.class)).isZero();
    }
  }

  private static String gateway(String name, String service, boolean marked) {
    return "{\"Kind\":\"ingress-gateway\",\"Name\":\""
        + name
        + "\",\"Listeners\":[{\"Port\":8080,\"Protocol\":\"http\",\"Services\":[{\"Name\":\""
        + service
        + "\",\"Hosts\":[\"shop.example\"]}]}]"
        + (marked ? ",\"Meta\":{\"meshbridge-export\":\"true\"}}" : "}");
  }

  private void config(String entry) {
    agent.api().put("/v1/config", entry);
  }

  private static List<HttpRule> rules(Recorder source) {
    return source.offer(EDGE).orElseThrow().traffic().http();
  }
}
