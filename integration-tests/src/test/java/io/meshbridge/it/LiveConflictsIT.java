package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What others do to names and objects in the mesh that imports. */
final class LiveConflictsIT {
  @RegisterExtension private static final BrokerExtension KAFKA = new BrokerExtension();

  private static final String NAMESPACE = "shop";
  private static final String IMPORTS = "meshbridge-imports";
  private static final String HOST = "stock.default.west.mesh.internal";
  private static final String OBJECT = "prices.default.west";
  private static final String INSTANCE =
      """
      {"Node": "theirs", "Address": "10.9.0.1", "Service": {
        "ID": "r1", "Service": "reviews-east", "Address": "10.9.0.1", "Port": 80}}
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void yieldsToThoseWhoHadANameBeforeAndComesInWhenTheyGo() throws Exception {
    try (var live = LiveFederation.start(KAFKA.broker(), "taken-before")) {
      // Given
      var federation = live.federation();
      putAll(live);
      takeNamesOutright(live);
      var theirs = theirs(live);

      // When: first one who only looks
      var looking = federation.startReady(onlyLooking(federation));
      awaitConflicts(looking);
      awaitState(looking, "ratings", "Observed");
      awaitState(looking, "cards", "Observed");
      assertThat(live.consul().imports()).isEmpty();
      assertThat(live.istio().resourceVersions()).hasSize(2);
      looking.close();

      // And when: one who writes
      var bridge = federation.startReady(federation.bridge("bridge"));
      awaitState(bridge, "ratings", "Applied");
      awaitState(bridge, "cards", "Applied");

      // Then
      awaitConflicts(bridge);
      assertThat(theirs(live)).isEqualTo(theirs);
      assertThat(live.consul().imports()).hasSize(1);
      assertThat(live.istio().resourceVersions()).hasSize(3);

      // And when
      giveNamesBack(live);

      // Then
      federation.awaitConvergence();
    }
  }

  @Test
  void yieldsToThoseWhoTakeANameAfterwardsAndComesBackWhenTheyGo() throws Exception {
    try (var live = LiveFederation.start(KAFKA.broker(), "taken-after")) {
      // Given
      var federation = live.federation();
      putAll(live);
      var bridge = federation.startReady(federation.bridge("bridge"));
      federation.awaitConvergence();

      // When
      live.istio().createServiceEntry(NAMESPACE, "theirs", HOST);
      live.istio().takeOver(OBJECT);
      live.consul().register(INSTANCE);
      var theirs = theirs(live);

      // Then
      awaitConflicts(bridge);
      assertThat(theirs(live)).isEqualTo(theirs);
      assertThat(live.consul().imports()).hasSize(1);
      assertThat(live.istio().resourceVersions()).hasSize(3);

      // And when
      giveNamesBack(live);

      // Then
      federation.awaitConvergence();
    }
  }

  /** Of two services that travel west, and three that travel east, one each keeps its name. */
  private static void putAll(LiveFederation live) throws IOException {
    var federation = live.federation();
    federation.put(live.istio(), Shop.of("reviews", 9080, "10.1.0.1"));
    federation.put(live.istio(), Shop.of("ratings", 9081, "10.1.0.2"));
    federation.put(live.consul(), Shop.of("stock", 7070, "10.2.0.1"));
    federation.put(live.consul(), Shop.of("prices", 7071, "10.2.0.2"));
    federation.put(live.consul(), Shop.of("cards", 7072, "10.2.0.3"));
  }

  private static void takeNamesOutright(LiveFederation live) {
    live.istio().createServiceEntry(NAMESPACE, "theirs", HOST);
    live.istio().createServiceEntry(IMPORTS, OBJECT, "theirs.example.com");
    live.consul().register(INSTANCE);
  }

  private static void giveNamesBack(LiveFederation live) {
    live.istio().deleteServiceEntry("theirs");
    live.istio().deleteServiceEntry(OBJECT);
    live.consul().api().put("/v1/catalog/deregister", "{\"Node\": \"theirs\"}");
  }

  /** Their objects, whole. */
  private static List<String> theirs(LiveFederation live) {
    return List.of(
        live.istio().serviceEntry("theirs"),
        live.istio().serviceEntry(OBJECT),
        live.consul().api().get("/v1/catalog/node/theirs"));
  }

  private static BridgeProcess.Spec onlyLooking(Federation federation) throws IOException {
    var spec = federation.bridge("looking");
    return spec.with(
        spec.configuration()
            .with("meshbridge.meshes.east.observed", "true")
            .with("meshbridge.meshes.west.observed", "true"));
  }

  private static void awaitConflicts(BridgeProcess bridge)
      throws IOException, InterruptedException {
    awaitConflict(bridge, "stock", "theirs");
    awaitConflict(bridge, "prices", OBJECT);
    awaitConflict(bridge, "reviews", "theirs");
  }

  private static void awaitConflict(BridgeProcess bridge, String service, String holder)
      throws IOException, InterruptedException {
    awaitState(bridge, service, "Conflict");
    assertThat(bridge.rest().imports("name=" + service))
        .singleElement()
        .satisfies(entry -> assertThat(entry.path("reason").asText()).contains(holder));
  }

  private static void awaitState(BridgeProcess bridge, String service, String state) {
    await()
        .atMost(Federation.CONVERGENCE)
        .untilAsserted(
            () ->
                assertThat(bridge.rest().imports("name=" + service))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.path("state").asText()).isEqualTo(state)));
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
