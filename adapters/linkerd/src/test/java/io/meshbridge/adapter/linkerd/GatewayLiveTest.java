package io.meshbridge.adapter.linkerd;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.meshbridge.spi.Observation;
import io.meshbridge.spi.Offer;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Gateways in front of a live mesh: offered if they are marked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayLiveTest {
  private static final ResourceDefinitionContext GATEWAY = context("Gateway", "gateways");
  private static final ResourceDefinitionContext ROUTE = context("HTTPRoute", "httproutes");

  private KubernetesTestApi api;
  private Cluster cluster;

  @BeforeAll
  void startApi() {
    api = KubernetesTestApi.start();
    cluster = new Cluster(api);
  }

  @AfterAll
  void stopApi() {
    api.close();
  }

  @BeforeEach
  void clear() {
    api.clear();
    api.namespace("shop");
    cluster.config("linkerdVersion: edge-26.8.3\n");
  }

  @Test
  void offersMarkedGatewaysAndFollowsTheirRoutes() throws Exception {
    put(GATEWAY, "front", listeners("HTTP"), Cluster.EXPORTED);
    put(GATEWAY, "private", listeners("HTTP"), Map.of());

    try (var connection = cluster.connect();
        var witness = new Witness(connection.source())) {
      witness.awaitsOffer(offer -> offer.key().name().equals("front.gateway"));

      put(ROUTE, "front", attachedTo("front", "/a"), Map.of());
      witness.awaitsOffer(offer -> pathsOf(offer).equals(List.of("/a")));

      put(GATEWAY, "front", listeners("HTTPX"), Cluster.EXPORTED);
      witness.awaits(
          all ->
              all.stream()
                  .anyMatch(
                      o ->
                          o instanceof Observation.Unreadable no
                              && no.reason().contains("spec.listeners[0].protocol")));

      api.client()
          .genericKubernetesResources(GATEWAY)
          .inNamespace("shop")
          .withName("front")
          .delete();
      witness.awaits(
          all ->
              all.stream()
                  .anyMatch(
                      o ->
                          o instanceof Observation.Withdrawn gone
                              && gone.service().name().equals("front.gateway")));
      assertThat(witness.offers())
          .extracting(offer -> offer.key().name())
          .containsOnly("front.gateway");
    }
  }

  private void put(
      ResourceDefinitionContext type,
      String name,
      Map<String, Object> spec,
      Map<String, String> labels) {
    var object = new GenericKubernetesResource();
    object.setApiVersion("gateway.networking.k8s.io/v1");
    object.setKind(type.getKind());
    object.setMetadata(
        new ObjectMetaBuilder().withNamespace("shop").withName(name).withLabels(labels).build());
    object.setAdditionalProperty("spec", spec);
    api.client()
        .genericKubernetesResources(type)
        .inNamespace("shop")
        .resource(object)
        .createOr(existing -> existing.update());
  }

  private static Map<String, Object> listeners(String protocol) {
    return Map.of(
        "gatewayClassName",
        "edge",
        "listeners",
        List.of(Map.of("name", "a", "port", 80, "protocol", protocol)));
  }

  private static Map<String, Object> attachedTo(String gateway, String prefix) {
    return Map.of(
        "parentRefs",
        List.of(Map.of("name", gateway)),
        "rules",
        List.of(
            Map.of(
                "matches",
                List.of(Map.of("path", Map.of("type", "PathPrefix", "value", prefix))),
                "backendRefs",
                List.of(Map.of("name", "web", "port", 80)))));
  }

  private static List<String> pathsOf(Offer offer) {
    return offer.traffic().http().stream()
        .flatMap(rule -> rule.matches().stream())
        .flatMap(match -> match.path().stream())
        .map(path -> path.value())
        .toList();
  }

  private static ResourceDefinitionContext context(String kind, String plural) {
    return new ResourceDefinitionContext.Builder()
        .withGroup("gateway.networking.k8s.io")
        .withVersion("v1")
        .withKind(kind)
        .withPlural(plural)
        .withNamespaced(true)
        .build();
  }
}
