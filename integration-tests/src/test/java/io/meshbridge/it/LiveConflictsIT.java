package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What others do to names and objects in the mesh that imports. */
final class LiveConflictsIT {
  @RegisterExtension private static final BrokerExtension KAFKA = new BrokerExtension();

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void yieldsInConsulToWhoeverTakesTheNameAfterwardsAndComesBackWhenTheyGo() throws Exception {
    try (var live = LiveFederation.start(KAFKA.broker(), "taken-west")) {
      // Given
      var federation = live.federation();
      federation.put(live.istio(), Shop.of("reviews", 9080, "10.1.0.1"));
      var bridge = federation.startReady(federation.bridge("bridge"));
      federation.awaitConvergence();

      // When
      live.consul()
          .register(
              """
              {"Node": "theirs", "Address": "10.9.0.1", "Service": {
                "ID": "r1", "Service": "reviews-east", "Address": "10.9.0.1", "Port": 80}}
              """);

      // Then
      awaitConflict(bridge, "reviews");
      assertThat(live.consul().imports()).isEmpty();
      assertThat(live.consul().api().get("/v1/catalog/service/reviews-east")).contains("theirs");

      // And when
      live.consul().api().put("/v1/catalog/deregister", "{\"Node\": \"theirs\"}");

      // Then
      federation.awaitConvergence();
    }
  }

  @Test
  void yieldsInIstioToAHostThatIsTakenInAnotherNamespaceAndComesBackWhenItGoes() throws Exception {
    try (var live = LiveFederation.start(KAFKA.broker(), "taken-east")) {
      // Given
      var federation = live.federation();
      federation.put(live.consul(), Shop.of("stock", 7070, "10.2.0.1"));
      var bridge = federation.startReady(federation.bridge("bridge"));
      federation.awaitConvergence();

      // When
      var host = "stock.default.west.mesh.internal";
      live.istio().createServiceEntry("theirs", host);

      // Then
      awaitConflict(bridge, "stock");
      assertThat(live.istio().resourceVersions()).containsOnlyKeys("theirs");

      // And when
      live.istio().deleteServiceEntry("theirs");

      // Then
      federation.awaitConvergence();
    }
  }

  private static void awaitConflict(BridgeProcess bridge, String service) {
    await()
        .atMost(Federation.CONVERGENCE)
        .untilAsserted(
            () ->
                assertThat(bridge.rest().imports("name=" + service))
                    .singleElement()
                    .satisfies(
                        entry -> {
                          assertThat(entry.path("state").asText()).isEqualTo("Conflict");
                          assertThat(entry.path("reason").asText()).contains("theirs");
                        }));
  }

  @Test
  void repairsWhatSomebodyElseChangesOrRemoves() throws Exception {
    try (var live = LiveFederation.start(KAFKA.broker(), "drift")) {
      // Given
      var federation = live.federation();
      federation.put(live.istio(), Shop.of("reviews", 9080, "10.1.0.1"));
      federation.put(live.consul(), Shop.of("stock", 7070, "10.2.0.1"));
      federation.put(live.consul(), Shop.of("prices", 7090, "10.2.0.2"));
      federation.startReady(federation.bridge("bridge"));
      federation.awaitConvergence();

      // When
      var instance =
          JSON.readTree(live.consul().api().get("/v1/catalog/service/reviews-east")).get(0);
      live.consul().register(atAnotherPort(instance));
      live.istio().changePort("stock.default.west");
      live.istio().deleteServiceEntry("prices.default.west");
      assertThat(live.consul().imports()).isNotEmpty();

      // Then
      federation.awaitConvergence();
    }
  }

  private static String atAnotherPort(JsonNode instance) {
    var registration =
        JSON.createObjectNode()
            .put("Node", instance.path("Node").asText())
            .put("Address", instance.path("Address").asText())
            .put("SkipNodeUpdate", true);
    registration
        .putObject("Service")
        .put("ID", instance.path("ServiceID").asText())
        .put("Service", instance.path("ServiceName").asText())
        .put("Address", instance.path("ServiceAddress").asText())
        .put("Port", 1)
        .set("Meta", instance.path("ServiceMeta"));
    return registration.toString();
  }
}
