package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A real Consul and an Istio behind a Kubernetes API, and the bridge between them. */
final class LiveMeshesIT {
  @RegisterExtension private static final BrokerExtension KAFKA = new BrokerExtension();

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void carriesEveryKindOfChangeFromConsulToIstio() throws Exception {
    try (var live = LiveFederation.start(KAFKA.broker(), "consul-to-istio")) {
      var federation = live.federation();
      var consul = live.consul();
      federation.startReady(federation.bridge("bridge"));
      // Registered.
      var stock = Shop.of("stock", 7070, "10.2.0.1");
      federation.put(consul, stock);
      federation.awaitConvergence();
      // One more instance, and one fewer.
      federation.put(consul, stock.with("10.2.0.2", true).with("10.2.0.3", true));
      federation.awaitConvergence();
      federation.put(consul, stock.with("10.2.0.2", true));
      federation.awaitConvergence();
      // Health.
      federation.put(consul, stock.with("10.2.0.2", false));
      federation.awaitConvergence();
      federation.put(consul, stock.with("10.2.0.2", true));
      federation.awaitConvergence();
      // Port.
      federation.put(consul, stock.with("10.2.0.2", true).on(7071));
      federation.awaitConvergence();
      // Deregistered.
      federation.remove(consul, "stock");
      federation.awaitConvergence();
      assertThat(live.istio().imports()).isEmpty();
    }
  }

  @Test
  void carriesEveryKindOfChangeFromIstioToConsul() throws Exception {
    try (var live = LiveFederation.start(KAFKA.broker(), "istio-to-consul")) {
      var federation = live.federation();
      var istio = live.istio();
      federation.startReady(federation.bridge("bridge"));
      var reviews = Shop.of("reviews", 9080, "10.1.0.1");
      federation.put(istio, reviews);
      federation.awaitConvergence();
      assertConsulShowsNodeMetaAndCheck(live.consul());
      federation.put(istio, reviews.with("10.1.0.2", true).with("10.1.0.3", true));
      federation.awaitConvergence();
      federation.put(istio, reviews.with("10.1.0.2", true));
      federation.awaitConvergence();
      federation.put(istio, reviews.with("10.1.0.2", false));
      federation.awaitConvergence();
      federation.put(istio, reviews.with("10.1.0.2", true).on(9081));
      federation.awaitConvergence();
      federation.remove(istio, "reviews");
      federation.awaitConvergence();
      assertThat(live.consul().imports()).isEmpty();
    }
  }

  private static void assertConsulShowsNodeMetaAndCheck(ConsulAgentRig consul) throws Exception {
    var entries = JSON.readTree(consul.api().get("/v1/health/service/reviews-east"));
    assertThat(entries).hasSize(1);
    var entry = entries.get(0);
    assertThat(entry.at("/Node/Node").asText()).isEqualTo("meshbridge-east");
    assertThat(entry.at("/Service/Meta/meshbridge-origin-name").asText()).isEqualTo("reviews");
    assertThat(entry.at("/Service/Meta/meshbridge-origin-namespace").asText()).isEqualTo("shop");
    assertThat(entry.path("Checks")).hasSize(1);
    assertThat(entry.at("/Checks/0/Status").asText()).isEqualTo("passing");
  }

  @Test
  void anImportIsNeverExportedBackThoughBothSidesMarkEverything() throws Exception {
    try (var live = LiveFederation.start(KAFKA.broker(), "live-no-loops")) {
      // Given
      var federation = live.federation();
      federation.put(live.istio(), Shop.of("reviews", 9080, "10.1.0.1"));
      federation.put(live.consul(), Shop.of("stock", 7070, "10.2.0.1"));
      federation.startReady(federation.bridge("bridge"));
      federation.awaitConvergence();

      // When: somebody marks what the bridge wrote
      var entry = live.istio().serviceEntries().inAnyNamespace().list().getItems().getFirst();
      entry.getMetadata().getLabels().put("meshbridge.io/export", "true");
      live.istio()
          .serviceEntries()
          .inNamespace(entry.getMetadata().getNamespace())
          .resource(entry)
          .update();
      var imported = JSON.readTree(live.consul().api().get("/v1/catalog/service/reviews-east"));
      live.consul().register(markedForExport(imported.get(0)));
      federation.put(live.istio(), Shop.of("ratings", 9090, "10.1.0.9"));
      federation.put(live.consul(), Shop.of("prices", 7090, "10.2.0.9"));

      // Then
      federation.awaitConvergence();
      assertThat(exportKeys(federation, live.istio()))
          .containsExactlyInAnyOrder("v1/export/shop/reviews", "v1/export/shop/ratings");
      assertThat(exportKeys(federation, live.consul()))
          .containsExactlyInAnyOrder("v1/export/default/stock", "v1/export/default/prices");
    }
  }

  private static String markedForExport(JsonNode instance) {
    var registration =
        JSON.createObjectNode()
            .put("Node", instance.path("Node").asText())
            .put("Address", instance.path("Address").asText())
            .put("SkipNodeUpdate", true);
    var service = registration.putObject("Service");
    service.put("ID", instance.path("ServiceID").asText());
    service.put("Service", instance.path("ServiceName").asText());
    service.put("Address", instance.path("ServiceAddress").asText());
    service.put("Port", instance.path("ServicePort").asInt());
    service.putObject("Meta").setAll((ObjectNode) instance.path("ServiceMeta"));
    service.withObject("/Meta").put("meshbridge-export", "true");
    return registration.toString();
  }

  private static List<String> exportKeys(Federation federation, MeshRig mesh) {
    return federation.meshTopic(mesh).facts().stream()
        .map(Topic.Entry::key)
        .filter(key -> key.startsWith("v1/export/"))
        .distinct()
        .toList();
  }

  @Test
  void aServiceBehindConnectIsNotMadeCallableAndTheStateSaysWhy() throws Exception {
    try (var live = LiveFederation.start(KAFKA.broker(), "connect")) {
      // Given: nobody may call payments, and there is something beside it that anybody may
      var federation = live.federation();
      live.consul().put(Shop.of("payments", 7443, "10.2.0.5"));
      live.consul()
          .register(
              """
              {"Node": "outside", "Address": "10.0.0.1", "Service": {
                "ID": "payments-proxy", "Service": "payments-sidecar-proxy",
                "Kind": "connect-proxy", "Address": "10.2.0.5", "Port": 21000,
                "Proxy": {"DestinationServiceName": "payments"}}}
              """);
      live.consul()
          .api()
          .post(
              "/v1/connect/intentions",
              """
              {"SourceName": "*", "DestinationName": "payments", "SourceType": "consul",
                "Action": "deny"}
              """);
      federation.put(live.consul(), Shop.of("stock", 7070, "10.2.0.1"));

      // When
      var bridge = federation.startReady(federation.bridge("bridge"));

      // Then
      federation.awaitConvergence();
      assertRefused(bridge, "payments");
      assertThat(live.istio().imports()).noneMatch(line -> line.contains("10.2.0.5"));
    }
  }

  @Test
  void aServiceUnderStrictIsNotMadeCallableAndTheStateSaysWhy() throws Exception {
    try (var live = LiveFederation.start(KAFKA.broker(), "strict")) {
      // Given: it could be called, and is
      var federation = live.federation();
      live.istio().put(Shop.of("reviews", 9080, "10.1.0.1"));
      var bridge = federation.startReady(federation.bridge("bridge"));
      await()
          .atMost(Federation.CONVERGENCE)
          .untilAsserted(() -> assertThat(live.consul().imports()).hasSize(1));

      // When
      live.istio().demandMutualTls();

      // Then
      await()
          .atMost(Federation.CONVERGENCE)
          .untilAsserted(() -> assertThat(live.consul().imports()).isEmpty());
      assertRefused(bridge, "reviews");
    }
  }

  private static void assertRefused(BridgeProcess bridge, String service) {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(bridge.rest().imports("name=" + service))
                    .singleElement()
                    .satisfies(
                        entry -> {
                          assertThat(entry.path("state").asText()).isEqualTo("Refused");
                          assertThat(entry.path("losses").toString()).contains("access");
                          assertThat(entry.path("losses").toString()).contains(service);
                        }));
  }
}
