package io.meshbridge.adapter.istio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Export;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Import;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.ClientMatch;
import io.meshbridge.model.traffic.DestinationPolicy;
import io.meshbridge.model.traffic.HostConditions;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.Ingress;
import io.meshbridge.model.traffic.Listener;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.model.traffic.WeightedBackend;
import io.meshbridge.spi.ApplyOutcome;
import io.meshbridge.spi.Observation;
import io.meshbridge.spi.Offer;
import io.meshbridge.spi.WritePermit;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Gateways of a live mesh: offered if they are marked, and written like any import. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayLiveTest {
  private static final Map<String, String> MARK = Map.of("meshbridge.io/export", "true");
  private static final String NAMESPACE = IstioSettings.DEFAULT_NAMESPACE;
  private static final ServiceKey DOOR = Ingress.keyOf(Imports.AWAY, "shop", "door");
  private static final ServiceKey WEB = new ServiceKey(Imports.AWAY, "shop", "web");

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
    api.unblock();
    api.clear();
  }

  @Test
  void offersMarkedGatewaysAndFollowsTheirRoutes() throws Exception {
    cluster.gateway("shop", "door", servers(80), MARK);
    cluster.gateway("shop", "private", servers(81), Map.of());

    try (var connection = cluster.connect();
        var witness = new Witness(connection.source())) {
      witness.awaitsComplete(1);
      assertThat(witness.offers()).extracting(o -> o.key().name()).containsOnly("door.gateway");
      assertThat(witness.last("door.gateway").traffic().isNone()).isTrue();

      cluster.route("elsewhere", "door", routes("shop/door", "/a"));
      witness.awaitsOffer(offer -> pathsOf(offer).equals(List.of("/a")));

      cluster.delete(Cluster.ROUTE, "elsewhere", "door");
      witness.awaits(all -> witness.last("door.gateway").traffic().isNone());

      cluster.delete(Cluster.GATEWAY, "shop", "door");
      witness.awaits(all -> witness.withdrawn().contains("door.gateway"));
    }
  }

  @Test
  void offersMarkedGatewaysOfTheGatewayApiAndFollowsTheirRoutes() throws Exception {
    cluster.apiGateway("shop", "front", listeners(80), MARK);
    cluster.apiGateway("shop", "private", listeners(81), Map.of());

    try (var connection = cluster.connect();
        var witness = new Witness(connection.source())) {
      witness.awaitsComplete(1);
      assertThat(witness.offers()).extracting(o -> o.key().name()).containsOnly("front.gateway");

      cluster.httpRoute("shop", "front", attachedTo("front", "/a"));
      witness.awaitsOffer(offer -> pathsOf(offer).equals(List.of("/a")));

      cluster.delete(Cluster.HTTP_ROUTE, "shop", "front");
      witness.awaits(all -> witness.last("front.gateway").traffic().isNone());

      cluster.delete(Cluster.API_GATEWAY, "shop", "front");
      witness.awaits(all -> witness.withdrawn().contains("front.gateway"));
    }
  }

  @Test
  void aGatewayOfIstioItselfGoesBeforeOneOfTheGatewayApi() throws Exception {
    cluster.apiGateway("shop", "door", listeners(8080), MARK);
    cluster.gateway("shop", "door", servers(80), MARK);

    try (var connection = cluster.connect();
        var witness = new Witness(connection.source())) {
      witness.awaitsComplete(1);
      assertThat(portOf(witness.last("door.gateway"))).isEqualTo(80);

      cluster.delete(Cluster.GATEWAY, "shop", "door");
      witness.awaits(all -> portOf(witness.last("door.gateway")) == 8080);
    }
  }

  @Test
  void aGatewayThatIsWrongStaysAsItWas() throws Exception {
    cluster.gateway("shop", "door", servers(80), MARK);

    try (var connection = cluster.connect();
        var witness = new Witness(connection.source())) {
      witness.awaitsComplete(1);
      cluster.route("shop", "door", routes("door", ""));
      witness.awaits(
          all ->
              all.stream()
                  .anyMatch(
                      o ->
                          o instanceof Observation.Unreadable no
                              && no.reason().contains("VirtualService shop/door")));
      assertThat(witness.withdrawn()).isEmpty();
    }
  }

  @Test
  void writesTheGatewayAndItsRoutesUnderOneNameAndRemovesThem() throws Exception {
    Set<ServiceKey> touched = ConcurrentHashMap.newKeySet();
    try (var connection = cluster.connect("ingress-selector", "app=door,tier=edge")) {
      var sink = connection.sink();
      sink.start(touched::add);

      assertThat(sink.apply(door(80), WritePermit.ALWAYS))
          .isEqualTo(new ApplyOutcome.Applied(door(80).name(), true, List.of()));
      assertThat(sink.apply(door(80), WritePermit.ALWAYS))
          .isEqualTo(new ApplyOutcome.Applied(door(80).name(), false, List.of()));
      assertThat(sink.owned()).containsOnlyKeys(DOOR);
      assertThat(only(Cluster.GATEWAY).<Map<String, Object>>get("spec").get("selector"))
          .isEqualTo(Map.of("app", "door", "tier", "edge"));
      var name = only(Cluster.GATEWAY).getMetadata().getName();
      assertThat(only(Cluster.ROUTE).<List<String>>get("spec", "gateways"))
          .containsExactly(NAMESPACE + "/" + name);
      assertThat(cluster.all(Cluster.ENTRY, NAMESPACE)).isEmpty();

      sink.apply(door(8080), WritePermit.ALWAYS);
      assertThat(only(Cluster.GATEWAY).<Integer>get("spec", "servers", 0, "port", "number"))
          .isEqualTo(8080);

      assertThat(sink.remove(DOOR, WritePermit.ALWAYS)).isTrue();
      assertThat(cluster.all(Cluster.GATEWAY, NAMESPACE)).isEmpty();
      assertThat(cluster.all(Cluster.ROUTE, NAMESPACE)).isEmpty();
    }
  }

  @Test
  void aGatewayThatSomebodyChangesIsToldAndBroughtBack() throws Exception {
    Set<ServiceKey> touched = ConcurrentHashMap.newKeySet();
    try (var connection = cluster.connect()) {
      var sink = connection.sink();
      sink.start(touched::add);
      sink.apply(door(80), WritePermit.ALWAYS);
      touched.clear();

      cluster.delete(Cluster.GATEWAY, NAMESPACE, only(Cluster.GATEWAY).getMetadata().getName());
      await().atMost(Duration.ofSeconds(8)).until(() -> touched.contains(DOOR));
      sink.apply(door(80), WritePermit.ALWAYS);

      assertThat(only(Cluster.GATEWAY).<Integer>get("spec", "servers", 0, "port", "number"))
          .isEqualTo(80);
    }
  }

  @Test
  void aForeignGatewayUnderTheNameIsAConflict() throws Exception {
    try (var connection = cluster.connect()) {
      var sink = connection.sink();
      sink.start(touched -> {});
      sink.apply(door(80), WritePermit.ALWAYS);
      var name = only(Cluster.GATEWAY).getMetadata().getName();
      sink.remove(DOOR, WritePermit.ALWAYS);
      cluster.gateway(NAMESPACE, name, servers(9), Map.of());

      await()
          .atMost(Duration.ofSeconds(8))
          .untilAsserted(
              () ->
                  assertThat(sink.apply(door(80), WritePermit.ALWAYS))
                      .isEqualTo(
                          new ApplyOutcome.Conflict(
                              door(80).name(), "Gateway " + NAMESPACE + "/" + name)));
      assertThat(cluster.all(Cluster.ROUTE, NAMESPACE)).isEmpty();
    }
  }

  private GenericKubernetesResource only(ResourceDefinitionContext type) {
    var all = cluster.all(type, NAMESPACE);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private static Import door(int port) {
    var ingress =
        new Ingress(
            List.of(
                new Listener(
                    "http",
                    port,
                    Listener.Kind.HTTP,
                    List.of("shop.example.org"),
                    Optional.empty(),
                    Sources.NONE)));
    var match =
        new HttpMatch(
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            HostConditions.of("shop.example.org"),
            Optional.empty(),
            OptionalInt.of(port),
            ClientMatch.ANY);
    var rule =
        HttpRule.routing(List.of(match), List.of(WeightedBackend.only(BackendRef.service(WEB))));
    var export =
        new Export(
            DOOR,
            ingress.ports(),
            new TreeMap<>(),
            List.of(),
            Instant.EPOCH,
            FederationPath.startingAt(Imports.AWAY),
            AccessPolicy.OPEN,
            new TrafficPolicy(
                List.of(rule), List.of(), List.of(), DestinationPolicy.DEFAULT, new TreeMap<>()),
            Optional.of(ingress),
            List.of());
    return new Import(
        "door-gateway.shop.away.mesh.internal",
        export,
        EndpointList.EMPTY,
        new MeshDescriptor(Imports.AWAY, "consul", "", "", ""),
        new TreeMap<>(Map.of(WEB, "web.shop.away.mesh.internal")));
  }

  private static Map<String, Object> servers(int port) {
    return Map.of(
        "selector",
        Map.of("istio", "ingressgateway"),
        "servers",
        List.of(
            Map.of(
                "port", Map.of("number", port, "name", "http", "protocol", "HTTP"),
                "hosts", List.of("*"))));
  }

  private static Map<String, Object> listeners(int port) {
    return Map.of(
        "gatewayClassName",
        "istio",
        "listeners",
        List.of(Map.of("name", "http", "port", port, "protocol", "HTTP")));
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

  private static int portOf(Offer offer) {
    return offer.ports().getFirst().number();
  }

  private static Map<String, Object> routes(String gateway, String prefix) {
    return Map.of(
        "hosts",
        List.of("shop.example.org"),
        "gateways",
        List.of(gateway),
        "http",
        List.of(
            Map.of(
                "match",
                List.of(Map.of("uri", Map.of("prefix", prefix))),
                "route",
                List.of(Map.of("destination", Map.of("host", "web.shop.svc.cluster.local"))))));
  }

  private static List<String> pathsOf(Offer offer) {
    return offer.traffic().http().stream()
        .flatMap(rule -> rule.matches().stream())
        .flatMap(match -> match.path().stream())
        .map(path -> path.value())
        .toList();
  }
}
