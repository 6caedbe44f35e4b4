package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where requests from outside come into a mesh, and what becomes of it in the others. */
final class GatewayIT {
  @RegisterExtension private static final BrokerExtension KAFKA = new BrokerExtension();

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String CONSUL_GATEWAYS = "/v1/config/ingress-gateway";

  private static ThreeMeshes three;
  private static BridgeProcess bridge;
  private static RouteObjects istio;

  /** All take gateways; Linkerd has none of its own all the same. */
  @BeforeAll
  static void startFederation() throws Exception {
    three = ThreeMeshes.start(KAFKA.broker(), "gateways");
    istio = new RouteObjects(three.istio().api());
    var spec = three.federation().bridge("bridge");
    var configuration =
        spec.configuration()
            .with("meshbridge.meshes.east.ingress", "true")
            .with("meshbridge.meshes.north.ingress", "true")
            .with("meshbridge.meshes.west.ingress", "true");
    bridge = three.federation().startReady(spec.with(configuration));
  }

  @AfterAll
  static void endFederation() {
    three.close();
  }

  @Test
  void aGatewayOfAnIstioOpensAConsulFollowsItsOwnerAndGoesWithIt() {
    offer("web", "10.9.1.1");
    offer("blog", "10.9.1.2");
    istio.put(gateway("edge", 8080));
    istio.put(routes("edge", "web", "web.example.org"));

    await("the gateway in Consul")
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              assertThat(listeners("edge-gateway")).hasSize(1);
              var listener = listeners("edge-gateway").getFirst();
              assertThat(listener.path("Port").asInt()).isEqualTo(8080);
              assertThat(listener.path("Protocol").asText()).isEqualTo("http");
              assertThat(listener.path("Services").toString()).contains("web.example.org");
            });
    await("it is applied, and refused by whom it means nothing to")
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              assertThat(state("west")).containsExactly("Applied");
              assertThat(state("north")).containsExactly("Refused");
            });

    istio.put(gateway("edge", 9080));
    istio.put(routes("edge", "blog", "blog.example.org"));
    await("the change in Consul")
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              var listener = listeners("edge-gateway").getFirst();
              assertThat(listener.path("Port").asInt()).isEqualTo(9080);
              assertThat(listener.path("Services").toString())
                  .contains("blog.example.org")
                  .doesNotContain("web.example.org");
            });

    istio.delete("Gateway", "shop", "edge");
    await("it is gone from Consul")
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              assertThat(listeners("edge-gateway")).isEmpty();
              assertThat(three.consul().api().get("/v1/config/service-router"))
                  .doesNotContain("edge-gateway");
            });
    istio.delete("VirtualService", "shop", "edge");
  }

  @Test
  void aGatewayOfAConsulOpensAnIstio() throws Exception {
    three.consul().apply(new Operation.Put(Shop.of("store", 8080, "10.9.9.2")));
    var api = three.consul().api();
    api.put(
        "/v1/config", "{\"Kind\":\"service-defaults\",\"Name\":\"store\",\"Protocol\":\"http\"}");
    api.put(
        "/v1/config",
        """
        {"Kind": "ingress-gateway", "Name": "front",
         "Meta": {"meshbridge-export": "true"},
         "Listeners": [{"Port": 8081, "Protocol": "http",
                        "Services": [{"Name": "store", "Hosts": ["store.example.org"]}]}]}
        """);

    await("the Gateway in Istio")
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(istio.ours("Gateway"))
                    .filteredOn(o -> o.toString().contains("front.gateway"))
                    .singleElement()
                    .satisfies(
                        o -> {
                          assertThat(o.at("/spec/servers/0/port/number").asInt()).isEqualTo(8081);
                          assertThat(o.at("/spec/servers/0/hosts/0").asText())
                              .isEqualTo("store.example.org");
                        }));
    await("its routes in Istio")
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(istio.ours("VirtualService"))
                    .filteredOn(o -> o.toString().contains("front.gateway"))
                    .singleElement()
                    .satisfies(o -> assertThat(o.toString()).contains("store.default.west")));

    three.consul().api().delete("/v1/config/ingress-gateway/front");
    await("it is gone from Istio")
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(istio.ours("Gateway"))
                    .noneMatch(o -> o.toString().contains("front.gateway")));
  }

  private static List<JsonNode> listeners(String name) throws IOException {
    var listeners = new ArrayList<JsonNode>();
    for (JsonNode entry : JSON.readTree(three.consul().api().get(CONSUL_GATEWAYS))) {
      if (entry.path("Name").asText().startsWith(name)) {
        entry.path("Listeners").forEach(listeners::add);
      }
    }
    return listeners;
  }

  private static List<String> state(String target) throws Exception {
    var states = new ArrayList<String>();
    bridge
        .rest()
        .imports("mesh=" + target + "&name=edge.gateway")
        .forEach(status -> states.add(status.path("state").asText()));
    return states;
  }

  private static void offer(String name, String address) {
    create(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: %1$s, namespace: shop, labels: {meshbridge.io/export: "true"}}
        spec:
          selector: {app: %1$s}
          ports: [{name: http, port: 80, targetPort: 8080}]
        """
            .formatted(name));
    create(
        """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata:
          name: %1$s-1
          namespace: shop
          labels: {kubernetes.io/service-name: %1$s}
        addressType: IPv4
        ports: [{name: http, port: 8080}]
        endpoints:
          - addresses: [%2$s]
            conditions: {ready: true}
        """
            .formatted(name, address));
  }

  private static void create(String yaml) {
    HasMetadata object = three.istio().api().client().resource(yaml).item();
    three.istio().api().client().resource(object).create();
  }

  private static String gateway(String name, int port) {
    return """
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata: {name: %1$s, namespace: shop, labels: {meshbridge.io/export: "true"}}
        spec:
          selector: {istio: ingressgateway}
          servers:
            - port: {number: %2$d, name: http, protocol: HTTP}
              hosts: ["*.example.org"]
        """
        .formatted(name, port);
  }

  private static String routes(String gateway, String service, String host) {
    return """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: %1$s, namespace: shop}
        spec:
          hosts: [%3$s]
          gateways: [%1$s]
          http:
            - match: [{uri: {prefix: /}}]
              route: [{destination: {host: %2$s}}]
        """
        .formatted(gateway, service, host);
  }
}
