package io.meshbridge.adapter.linkerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Export;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Import;
import io.meshbridge.model.Loss;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.DestinationPolicy;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.PathMatch;
import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.Subset;
import io.meshbridge.model.traffic.Timeouts;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.model.traffic.WeightedBackend;
import io.meshbridge.spi.ApplyOutcome;
import io.meshbridge.spi.Observation;
import io.meshbridge.spi.WritePermit;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveTrafficTest {
  private static final ServiceKey WEB = new ServiceKey(Imports.AWAY, "shop", "web");
  private static final WritePermit ALWAYS = WritePermit.ALWAYS;
  private static final ResourceDefinitionContext ROUTES =
      new ResourceDefinitionContext.Builder()
          .withGroup("gateway.networking.k8s.io")
          .withVersion("v1")
          .withKind("HTTPRoute")
          .withPlural("httproutes")
          .withNamespaced(true)
          .build();
  private static final List<WeightedBackend> SELF = List.of(WeightedBackend.only(BackendRef.SELF));

  private final Set<ServiceKey> touched = ConcurrentHashMap.newKeySet();
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
    touched.clear();
    cluster.config("linkerdVersion: edge-26.8.3\n");
  }

  @Test
  void tellsARouteAndItsChangeAndKeepsTheLastGoodOne() throws Exception {
    cluster.service("shop", "web", Cluster.EXPORTED);
    cluster.slice("shop", "web", "10.1.0.1");
    put(api, timeoutOf("1s"));

    try (var connection = cluster.connect();
        var witness = new Witness(connection.source())) {
      witness.awaitsOffer(offer -> timeoutIs(offer.traffic(), 1));

      put(api, timeoutOf("2s"));
      witness.awaitsOffer(offer -> timeoutIs(offer.traffic(), 2));

      // A cluster knows what a timeout looks like, but not an expression.
      put(api, routeOf("{matches: [{path: {type: RegularExpression, value: \"(\"}}]}"));
      witness.awaits(
          all ->
              all.stream()
                  .anyMatch(
                      o ->
                          o instanceof Observation.Unreadable no
                              && no.reason().contains("spec.rules[0].matches[0].path.value")));

      routes(api).withName("r").delete();
      witness.awaitsOffer(offer -> offer.traffic().isNone());
    }
  }

  @Test
  void aMeshWithoutRoutesIsReadAllTheSame() throws Exception {
    try (var bare = KubernetesTestApi.startWithoutCrds()) {
      var poor = new Cluster(bare);
      poor.config("linkerdVersion: edge-26.8.3\n");
      poor.service("shop", "web", Cluster.EXPORTED);
      try (var connection = poor.connect();
          var witness = new Witness(connection.source())) {
        witness.awaitsComplete(1);
        assertThat(witness.last("web").traffic().isNone()).isTrue();
      }
    }
  }

  @Test
  void writesRoutesBesideTheServiceOnceAndTakesThemAwayAgain() throws Exception {
    try (var connection = cluster.connect()) {
      var sink = connection.sink();
      sink.start(touched::add);

      assertThat(sink.apply(web(rule("/a", SELF)), ALWAYS))
          .isEqualTo(new ApplyOutcome.Applied("web-away.shop", true, List.of()));
      assertThat(routeNames()).containsExactly("web-away-80");
      assertThat(sink.apply(web(rule("/a", SELF)), ALWAYS))
          .isEqualTo(new ApplyOutcome.Applied("web-away.shop", false, List.of()));

      sink.apply(web(), ALWAYS);
      assertThat(routeNames()).isEmpty();

      sink.apply(web(rule("/a", SELF)), ALWAYS);
      assertThat(sink.remove(WEB, ALWAYS)).isTrue();
      assertThat(routeNames()).isEmpty();
      assertThat(cluster.live("shop", "web-away")).isNull();
    }
  }

  @Test
  void aRestartWritesNothing() throws Exception {
    try (var connection = cluster.connect()) {
      connection.sink().start(touched::add);
      connection.sink().apply(web(rule("/a", SELF)), ALWAYS);
    }
    try (var connection = cluster.connect()) {
      connection.sink().start(touched::add);
      assertThat(connection.sink().owned()).containsOnlyKeys(WEB);
      assertThat(connection.sink().apply(web(rule("/a", SELF)), ALWAYS))
          .isEqualTo(new ApplyOutcome.Applied("web-away.shop", false, List.of()));
    }
  }

  @Test
  void writesASubsetAsAServiceAndTakesItAwayWithItsRule() throws Exception {
    try (var connection = cluster.connect()) {
      var sink = connection.sink();
      sink.start(touched::add);

      sink.apply(web(rule("/a", List.of(WeightedBackend.only(BackendRef.subset("v1"))))), ALWAYS);
      assertThat(cluster.addresses("shop", "web-away-v1")).containsExactly("10.3.0.1");

      sink.apply(web(rule("/a", SELF)), ALWAYS);
      assertThat(cluster.live("shop", "web-away-v1")).isNull();
      assertThat(cluster.addresses("shop", "web-away")).hasSize(2);
    }
  }

  @Test
  void repairsARouteThatSomebodyChanged() throws Exception {
    try (var connection = cluster.connect()) {
      var sink = connection.sink();
      sink.start(touched::add);
      sink.apply(web(rule("/a", SELF)), ALWAYS);
      touched.clear();

      routes(api)
          .withName("web-away-80")
          .edit(
              route -> {
                route.setAdditionalProperty("spec", Map.of("rules", List.of()));
                return route;
              });
      await().atMost(Duration.ofSeconds(8)).until(() -> touched.contains(WEB));
      sink.apply(web(rule("/a", SELF)), ALWAYS);

      Map<String, Object> spec = routes(api).withName("web-away-80").get().get("spec");
      assertThat(spec).containsKey("parentRefs");
    }
  }

  @Test
  void doesNotMixItsRoutesWithThoseOfSomebodyElse() throws Exception {
    put(api, timeoutOf("1s").replace("name: web}", "name: web-away}"));
    try (var connection = cluster.connect()) {
      var sink = connection.sink();
      sink.start(touched::add);

      var outcome = sink.apply(web(rule("/a", SELF)), ALWAYS);

      assertThat(outcome)
          .isInstanceOfSatisfying(
              ApplyOutcome.Applied.class,
              applied ->
                  assertThat(applied.losses())
                      .extracting(Loss::path)
                      .containsExactly("traffic.http[0]"));
      assertThat(routeNames()).containsExactly("r");
      assertThat(cluster.live("shop", "web-away")).isNotNull();

      touched.clear();
      routes(api).withName("r").delete();
      await().atMost(Duration.ofSeconds(8)).until(() -> touched.contains(WEB));
      sink.apply(web(rule("/a", SELF)), ALWAYS);
      assertThat(routeNames()).containsExactly("web-away-80");
    }
  }

  @Test
  void withoutRoutesThePolicyIsLostButNotWhatItGuards() throws Exception {
    try (var bare = KubernetesTestApi.startWithoutCrds()) {
      bare.namespace("shop");
      var poor = new Cluster(bare);
      try (var connection = poor.connect()) {
        var sink = connection.sink();
        sink.start(touched::add);

        assertThat(sink.apply(web(rule("/a", SELF)), ALWAYS))
            .isInstanceOfSatisfying(
                ApplyOutcome.Applied.class,
                applied ->
                    assertThat(applied.losses().getFirst().reason())
                        .contains("httproutes.gateway.networking.k8s.io"));
        assertThat(poor.live("shop", "web-away")).isNotNull();

        assertThat(sink.apply(web(guard()), ALWAYS)).isInstanceOf(ApplyOutcome.Rejected.class);
        assertThat(poor.live("shop", "web-away")).isNull();

        touched.clear();
        bare.installCrds();
        await().atMost(Duration.ofSeconds(30)).until(() -> touched.contains(WEB));
        assertThat(sink.apply(web(guard()), ALWAYS)).isInstanceOf(ApplyOutcome.Applied.class);
      }
    }
  }

  @Test
  void aGuardedServiceIsNeverThereBeforeOrAfterItsRoutes() throws Exception {
    try (var connection = cluster.connect()) {
      var sink = connection.sink();
      sink.start(touched::add);
      var unguarded = new AtomicBoolean();
      WritePermit watching =
          () -> {
            if (cluster.live("shop", "web-away") != null && routeNames().isEmpty()) {
              unguarded.set(true);
            }
          };

      sink.apply(web(guard()), watching);
      assertThat(cluster.live("shop", "web-away")).isNotNull();
      assertThat(routeNames()).containsExactly("web-away-80");
      sink.remove(WEB, watching);

      assertThat(cluster.live("shop", "web-away")).isNull();
      assertThat(routeNames()).isEmpty();
      assertThat(unguarded).isFalse();
    }
  }

  @Test
  void aGuardIsNotAttachedToAServiceThatIsSomebodyElses() throws Exception {
    cluster.service("shop", "web-away", Map.of());
    try (var connection = cluster.connect()) {
      var sink = connection.sink();
      sink.start(touched::add);
      var writes = new AtomicInteger();

      var outcome = sink.apply(web(guard()), writes::incrementAndGet);

      assertThat(outcome).isInstanceOf(ApplyOutcome.Conflict.class);
      assertThat(writes).hasValue(0);
    }
  }

  private static boolean timeoutIs(TrafficPolicy policy, int seconds) {
    return policy.http().stream()
        .anyMatch(
            rule -> rule.timeouts().request().equals(Optional.of(Duration.ofSeconds(seconds))));
  }

  private static String timeoutOf(String timeout) {
    return routeOf("{timeouts: {request: " + timeout + "}}");
  }

  private static String routeOf(String rule) {
    return """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: r, namespace: shop}
        spec:
          parentRefs: [{group: "", kind: Service, name: web}]
          rules: [%s]
        """
        .formatted(rule);
  }

  private static void put(KubernetesTestApi api, String yaml) {
    var resource = new KubernetesSerialization().unmarshal(yaml, GenericKubernetesResource.class);
    api.client()
        .genericKubernetesResources(ROUTES)
        .inNamespace("shop")
        .resource(resource)
        .createOr(existing -> existing.update());
  }

  private static io.fabric8.kubernetes.client.dsl.NonNamespaceOperation<
          GenericKubernetesResource,
          io.fabric8.kubernetes.api.model.GenericKubernetesResourceList,
          io.fabric8.kubernetes.client.dsl.Resource<GenericKubernetesResource>>
      routes(KubernetesTestApi api) {
    return api.client().genericKubernetesResources(ROUTES).inNamespace("shop");
  }

  private List<String> routeNames() {
    return routes(api).list().getItems().stream()
        .map(route -> route.getMetadata().getName())
        .sorted()
        .toList();
  }

  private static HttpRule rule(String prefix, List<WeightedBackend> backends) {
    return complete(
        HttpRule.routing(
            List.of(HttpMatch.ANY.withPath(PathMatch.segmentPrefix(prefix))), backends),
        List.of());
  }

  private static HttpRule guard() {
    return complete(
        HttpRule.routing(
            List.of(HttpMatch.ANY.withPath(PathMatch.segmentPrefix("/admin"))), List.of()),
        List.of(new HttpFilter.DirectResponse(403, "")));
  }

  private static HttpRule complete(HttpRule rule, List<HttpFilter> filters) {
    return new HttpRule(
        "",
        false,
        rule.matches(),
        filters,
        rule.backends(),
        Timeouts.DEFAULT,
        Optional.of(Retry.NEVER),
        Optional.empty(),
        Sources.NONE);
  }

  private static Import web(HttpRule... rules) {
    var subset =
        new Subset(
            "v1", new TreeMap<>(Map.of("version", "v1")), DestinationPolicy.DEFAULT, Sources.NONE);
    boolean used =
        List.of(rules).stream()
            .flatMap(rule -> rule.backends().stream())
            .anyMatch(backend -> backend.ref().subset().equals("v1"));
    var export =
        new Export(
            WEB,
            List.of(Imports.HTTP),
            new TreeMap<>(),
            List.of("web"),
            Instant.EPOCH,
            FederationPath.startingAt(Imports.AWAY),
            AccessPolicy.OPEN,
            new TrafficPolicy(
                List.of(rules),
                List.of(),
                used ? List.of(subset) : List.of(),
                DestinationPolicy.DEFAULT,
                new TreeMap<>()));
    return new Import(
        "web-away.shop",
        export,
        EndpointList.of(
            used
                ? List.of(labelled("10.3.0.1", "v1"), labelled("10.3.0.2", "v2"))
                : List.of(
                    Endpoint.ready("10.3.0.1", Map.of("http", 8080)),
                    Endpoint.ready("10.3.0.2", Map.of("http", 8080)))),
        new MeshDescriptor(Imports.AWAY, "istio", "", "", ""));
  }

  private static Endpoint labelled(String address, String version) {
    var plain = Endpoint.ready(address, Map.of("http", 8080));
    return new Endpoint(
        plain.address(),
        plain.ports(),
        plain.health(),
        plain.weight(),
        plain.locality(),
        plain.network(),
        new TreeMap<>(Map.of("version", version)),
        plain.identity());
  }
}
