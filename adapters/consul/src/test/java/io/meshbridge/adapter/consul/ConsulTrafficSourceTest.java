package io.meshbridge.adapter.consul;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.model.traffic.WeightedBackend;
import io.meshbridge.spi.Observation;
import io.meshbridge.testkit.consul.ConsulAgent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How config entries are followed, against a real agent without ACLs. */
class ConsulTrafficSourceTest {
  private ConsulAgent agent;

  @BeforeEach
  void startAgent() {
    agent = ConsulAgent.start();
    for (String name : List.of("web", "api", "other")) {
      agent
          .api()
          .put(
              "/v1/agent/service/register",
              "{\"Name\":\"" + name + "\",\"Port\":80,\"Meta\":{\"meshbridge-export\":\"true\"}}");
    }
    config("{\"Kind\":\"proxy-defaults\",\"Name\":\"global\",\"Config\":{\"protocol\":\"http\"}}");
  }

  @AfterEach
  void stopAgent() {
    agent.close();
  }

  @Test
  void followsEveryKindOfEntry() throws Exception {
    try (var source = new Recorder(agent.url(), Map.of())) {
      source.awaitComplete(1);
      assertThat(source.offer("web").orElseThrow().ports().getFirst().protocol())
          .isEqualTo(AppProtocol.HTTP);

      // When, Then: a resolver
      config(
          "{\"Kind\":\"service-resolver\",\"Name\":\"web\",\"ConnectTimeout\":\"3s\",\"Subsets\":"
              + "{\"v1\":{\"Filter\":\"Service.Meta.version == v1\"}}}");
      source.await("subset", () -> policyOf(source, "web").subset("v1").isPresent());

      // When, Then: a splitter
      config(
          "{\"Kind\":\"service-splitter\",\"Name\":\"web\",\"Splits\":[{\"Weight\":90},"
              + "{\"Weight\":10,\"ServiceSubset\":\"v1\"}]}");
      source.await("split", () -> rules(source, "web").size() == 1);
      assertThat(rules(source, "web").getFirst().backends())
          .extracting(WeightedBackend::ref)
          .containsExactly(BackendRef.SELF, BackendRef.subset("v1"));

      // When, Then: a router
      config(
          "{\"Kind\":\"service-router\",\"Name\":\"web\",\"Routes\":[{\"Match\":{\"HTTP\":"
              + "{\"PathPrefix\":\"/api\"}},\"Destination\":{\"Service\":\"api\"}}]}");
      source.await("route", () -> rules(source, "web").size() == 2);

      // When, Then: they go again
      for (String kind : List.of("service-router", "service-splitter", "service-resolver")) {
        agent.api().delete("/v1/config/" + kind + "/web");
      }
      source.await("nothing left", () -> policyOf(source, "web").isNone());
    }
  }

  @Test
  void tellsAgainOnlyThoseWhoseRequestsComeByAChange() throws Exception {
    // Given
    config(
        "{\"Kind\":\"service-router\",\"Name\":\"web\",\"Routes\":[{\"Destination\":"
            + "{\"Service\":\"api\"}}]}");
    try (var source = new Recorder(agent.url(), Map.of())) {
      source.awaitComplete(1);
      var before = source.count(Observation.Offered.class);

      // When
      config(
          "{\"Kind\":\"service-splitter\",\"Name\":\"api\",\"Splits\":[{\"Weight\":50},"
              + "{\"Weight\":50,\"Service\":\"other\"}]}");
      source.await("flattened split", () -> rules(source, "web").getFirst().backends().size() == 2);
      source.await("own split", () -> rules(source, "api").size() == 1);

      // Then
      assertThat(source.all.stream().skip(source.all.size() - 2))
          .extracting(told -> ((Observation.Offered) told).offer().key().name())
          .containsExactlyInAnyOrder("web", "api");
      assertThat(source.count(Observation.Offered.class)).isEqualTo(before + 2);
    }
  }

  @Test
  void keepsWhatIsKnownOfAServiceWhoseEntryIsWrong() throws Exception {
    // Given
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
                assertThat(told.service().name()).isEqualTo("web");
                assertThat(told.reason())
                    .startsWith("service-router web: Routes[0].Match.HTTP.PathRegex");
              });
      assertThat(source.count(Observation.Withdrawn.class)).isZero();

      // When
      config("{\"Kind\":\"service-router\",\"Name\":\"web\",\"Routes\":[]}");

      // Then
      source.await(
          "readable again",
          () ->
              source.all.getLast() instanceof Observation.Offered told
                  && told.offer().key().name().equals("web"));
    }
  }

  private void config(String entry) {
    agent.api().put("/v1/config", entry);
  }

  private static List<HttpRule> rules(Recorder source, String service) {
    return policyOf(source, service).http();
  }

  private static TrafficPolicy policyOf(Recorder source, String service) {
    return source.offer(service).orElseThrow().traffic();
  }
}
