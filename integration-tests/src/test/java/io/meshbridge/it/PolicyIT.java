package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an owner says of the traffic to a service, and what becomes of it in the other meshes. */
final class PolicyIT {
  @RegisterExtension private static final BrokerExtension KAFKA = new BrokerExtension();

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static ThreeMeshes three;
  private static BridgeProcess bridge;
  private static RouteObjects istio;
  private static RouteObjects linkerd;

  @BeforeAll
  static void startFederation() throws Exception {
    three = ThreeMeshes.start(KAFKA.broker(), "policy");
    istio = new RouteObjects(three.istio().api());
    linkerd = new RouteObjects(three.linkerd().api());
    bridge = three.federation().startReady(three.federation().bridge("bridge"));
  }

  @AfterAll
  static void endFederation() {
    three.close();
  }

  @Test
  void aSplitOfAnIstioFollowsItsOwnerIntoConsulAndLinkerd() {
    offer(three.istio().api(), "shop", "reviews");
    istio.put(subsetsOf("reviews"));
    istio.put(splitOf("reviews", 90, 10));

    awaitSplit("reviews-east", 90, 10);
    assertConsulReads("service-resolver", "reviews-east", "Service.Meta.version");

    istio.put(splitOf("reviews", 50, 50));
    awaitSplit("reviews-east", 50, 50);

    istio.delete("VirtualService", "shop", "reviews");
    await("the split is gone from Consul")
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(consulSplits("reviews-east")).isEmpty());
    await("the split is gone from Linkerd")
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(linkerdSplits("reviews-east")).isEmpty());
  }

  @Test
  void aBrokenEditKeepsTheLastGoodTranslationAndSaysSo() throws Exception {
    offer(three.istio().api(), "shop", "ratings");
    istio.put(subsetsOf("ratings"));
    istio.put(splitOf("ratings", 80, 20));
    awaitSplit("ratings-east", 80, 20);

    istio.put(splitOf("ratings", 80, 20).replace("subset: v2", "subset: v9"));

    for (String target : List.of("west", "north")) {
      await("the fault is told in " + target)
          .atMost(LIMIT)
          .untilAsserted(
              () -> {
                var imported = bridge.rest().imports("mesh=" + target + "&name=ratings");
                assertThat(imported)
                    .singleElement()
                    .satisfies(
                        status -> {
                          assertThat(status.path("state").asText()).isEqualTo("Stale");
                          assertThat(status.path("reason").asText()).contains("v9");
                        });
              });
    }
    assertThat(consulSplits("ratings-east")).containsExactly(List.of(20, 80));
    assertThat(linkerdSplits("ratings-east")).containsExactly(List.of(20, 80));

    istio.put(splitOf("ratings", 70, 30));
    awaitSplit("ratings-east", 70, 30);
    await("the fault is forgotten")
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(bridge.rest().imports("mesh=west&name=ratings"))
                    .allSatisfy(
                        status -> assertThat(status.path("state").asText()).isEqualTo("Applied")));
  }

  @Test
  void aRouteOfALinkerdArrivesInIstioAndConsul() {
    offer(three.linkerd().api(), "yard", "catalog");
    linkerd.put(
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: catalog, namespace: yard}
        spec:
          parentRefs: [{group: "", kind: Service, name: catalog, port: 80}]
          rules:
            - matches: [{path: {type: PathPrefix, value: /slow}}]
              timeouts: {request: 30s}
              backendRefs: [{name: catalog, port: 80}]
            - timeouts: {request: 2s}
              backendRefs: [{name: catalog, port: 80}]
        """);

    await("the timeout in Istio")
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(istio.ours("VirtualService"))
                    .filteredOn(o -> o.toString().contains("catalog.yard.north"))
                    .singleElement()
                    .satisfies(
                        o -> assertThat(o.toString()).contains("\"30s\"").contains("\"2s\"")));
    assertConsulReads("service-router", "catalog-north", "30s");
    assertConsulReads("service-router", "catalog-north", "2s");
  }

  @Test
  void aRouterOfAConsulArrivesInIstioAndLinkerd() throws Exception {
    three.consul().apply(new Operation.Put(Shop.of("search", 8080, "10.9.9.1")));
    var api = three.consul().api();
    api.put(
        "/v1/config", "{\"Kind\":\"service-defaults\",\"Name\":\"search\",\"Protocol\":\"http\"}");
    api.put(
        "/v1/config",
        """
        {"Kind": "service-router", "Name": "search",
         "Routes": [{"Match": {"HTTP": {"PathPrefix": "/slow"}},
                     "Destination": {"Service": "search", "RequestTimeout": "33s"}}]}
        """);

    await("the timeout in Istio")
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(istio.ours("VirtualService"))
                    .filteredOn(o -> o.toString().contains("search.default.west"))
                    .singleElement()
                    .satisfies(o -> assertThat(o.toString()).contains("\"33s\"")));
    await("the timeout in Linkerd")
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(linkerd.ours("HTTPRoute"))
                    .filteredOn(o -> o.toString().contains("search-west"))
                    .isNotEmpty()
                    .anySatisfy(o -> assertThat(o.toString()).contains("\"33s\"")));
  }

  private static void awaitSplit(String service, int... weights) {
    var wanted = new ArrayList<Integer>();
    for (int weight : weights) {
      wanted.add(weight);
    }
    Collections.sort(wanted);
    await(service + " in Consul")
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(consulSplits(service)).containsExactly(wanted));
    await(service + " in Linkerd")
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(linkerdSplits(service)).containsExactly(wanted));
  }

  /** The weights of every splitter of an import, as its agent reads them back. */
  private static List<List<Integer>> consulSplits(String service) throws IOException {
    var splits = new ArrayList<List<Integer>>();
    for (JsonNode entry : JSON.readTree(three.consul().api().get("/v1/config/service-splitter"))) {
      if (entry.path("Name").asText().startsWith(service)) {
        splits.add(weights(entry.path("Splits"), "Weight"));
      }
    }
    return splits;
  }

  /** The weights of every rule of an import's routes that has more than one place to go. */
  private static List<List<Integer>> linkerdSplits(String service) {
    var splits = new ArrayList<List<Integer>>();
    for (JsonNode route : linkerd.ours("HTTPRoute")) {
      if (route.at("/spec/parentRefs/0/name").asText().equals(service)) {
        for (JsonNode rule : route.at("/spec/rules")) {
          if (rule.path("backendRefs").size() > 1) {
            splits.add(weights(rule.path("backendRefs"), "weight"));
          }
        }
      }
    }
    return splits;
  }

  private static List<Integer> weights(JsonNode list, String field) {
    var weights = new ArrayList<Integer>();
    list.forEach(item -> weights.add(item.path(field).asInt()));
    Collections.sort(weights);
    return weights;
  }

  private static void assertConsulReads(String kind, String name, String text) {
    await(kind + " " + name)
        .atMost(LIMIT)
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(three.consul().api().get("/v1/config/" + kind + "/" + name))
                    .contains(text));
  }

  /** A service with a pod of each of two versions. */
  private static void offer(KubernetesTestApi api, String namespace, String name) {
    create(
        api,
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: %1$s
          namespace: %2$s
          labels: {meshbridge.io/export: "true"}
        spec:
          selector: {app: %1$s}
          ports: [{name: http, port: 80, targetPort: 8080, appProtocol: http}]
        """
            .formatted(name, namespace));
    for (int version = 1; version <= 2; version++) {
      create(
          api,
          """
          apiVersion: v1
          kind: Pod
          metadata:
            name: %1$s-v%3$d
            namespace: %2$s
            labels: {app: %1$s, version: v%3$d}
          spec:
            containers: [{name: app, image: app.example/app}]
          """
              .formatted(name, namespace, version));
    }
    create(
        api,
        """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata:
          name: %1$s-1
          namespace: %2$s
          labels: {kubernetes.io/service-name: %1$s}
        addressType: IPv4
        ports: [{name: http, port: 8080}]
        endpoints:
          - addresses: [10.9.0.1]
            conditions: {ready: true}
            targetRef: {kind: Pod, name: %1$s-v1, namespace: %2$s}
          - addresses: [10.9.0.2]
            conditions: {ready: true}
            targetRef: {kind: Pod, name: %1$s-v2, namespace: %2$s}
        """
            .formatted(name, namespace));
  }

  private static void create(KubernetesTestApi api, String yaml) {
    HasMetadata object = api.client().resource(yaml).item();
    api.client().resource(object).create();
  }

  private static String subsetsOf(String service) {
    return """
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: %1$s, namespace: shop}
        spec:
          host: %1$s
          subsets:
            - {name: v1, labels: {version: v1}}
            - {name: v2, labels: {version: v2}}
        """
        .formatted(service);
  }

  private static String splitOf(String service, int first, int second) {
    return """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: %1$s, namespace: shop}
        spec:
          hosts: [%1$s]
          http:
            - route:
                - {destination: {host: %1$s, subset: v1}, weight: %2$d}
                - {destination: {host: %1$s, subset: v2}, weight: %3$d}
        """
        .formatted(service, first, second);
  }
}
