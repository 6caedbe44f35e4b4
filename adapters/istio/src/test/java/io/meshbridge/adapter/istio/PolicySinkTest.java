package io.meshbridge.adapter.istio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.meshbridge.model.Import;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.DestinationPolicy;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.Subset;
import io.meshbridge.model.traffic.Timeouts;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.model.traffic.WeightedBackend;
import io.meshbridge.spi.ApplyOutcome;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.Sink;
import io.meshbridge.spi.WritePermit;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicySinkTest {
  private static final String NAMESPACE = IstioSettings.DEFAULT_NAMESPACE;
  private static final String NAME = "web.shop.away";
  private static final String HOST = "web.shop.away.mesh.internal";
  private static final ServiceKey WEB = new ServiceKey(Imports.AWAY, "shop", "web");
  private static final Import CANARY = Imports.policed(canary(), Map.of());
  private static final Import CLOSED =
      Imports.policed(
          http(rule(List.of(new HttpFilter.DirectResponse(403, "")), List.of())), Map.of());

  private final Set<ServiceKey> touched = ConcurrentHashMap.newKeySet();
  private KubernetesTestApi api;
  private Cluster cluster;
  private MeshConnection connection;
  private Sink sink;

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
  void startSink() throws Exception {
    api.unblock();
    api.clear();
    touched.clear();
    connection = cluster.connect();
    sink = connection.sink();
    sink.start(touched::add);
  }

  @AfterEach
  void stopSink() {
    connection.close();
  }

  @Test
  void bringsAllThreeObjectsUnderOneNameAndMarksThem() throws Exception {
    var outcome = sink.apply(CANARY, WritePermit.ALWAYS);

    assertThat(outcome).isEqualTo(new ApplyOutcome.Applied(HOST, true, List.of()));
    assertThat(standing())
        .hasSize(3)
        .allSatisfy(o -> assertThat(o.getMetadata().getName()).isEqualTo(NAME));
    assertThat(standing())
        .allSatisfy(
            o ->
                assertThat(o.getMetadata().getLabels())
                    .containsEntry("app.kubernetes.io/managed-by", "meshbridge"));
    assertThat(sink.owned()).containsOnlyKeys(WEB);
  }

  @Test
  void writesNothingThatStandsAlsoAfterARestart() throws Exception {
    sink.apply(CANARY, WritePermit.ALWAYS);
    var before = versions();

    assertThat(sink.apply(CANARY, WritePermit.ALWAYS))
        .isEqualTo(new ApplyOutcome.Applied(HOST, false, List.of()));
    try (var next = cluster.connect()) {
      next.sink().start(touched::add);
      assertThat(next.sink().apply(CANARY, WritePermit.ALWAYS))
          .isEqualTo(new ApplyOutcome.Applied(HOST, false, List.of()));
      assertThat(next.sink().owned()).containsOnlyKeys(WEB);
    }
    assertThat(versions()).isEqualTo(before);
  }

  @Test
  void removesWhatThePolicyNoLongerNeeds() throws Exception {
    sink.apply(CANARY, WritePermit.ALWAYS);

    sink.apply(Imports.policed(TrafficPolicy.NONE, Map.of()), WritePermit.ALWAYS);

    assertThat(cluster.all(Cluster.ENTRY, NAMESPACE)).hasSize(1);
    assertThat(cluster.all(Cluster.RULE, NAMESPACE)).isEmpty();
    assertThat(cluster.all(Cluster.ROUTE, NAMESPACE)).isEmpty();
  }

  @Test
  void removesEverythingWithTheImport() throws Exception {
    sink.apply(CANARY, WritePermit.ALWAYS);

    assertThat(sink.remove(WEB, WritePermit.ALWAYS)).isTrue();

    assertThat(standing()).isEmpty();
    assertThat(sink.owned()).isEmpty();
    assertThat(sink.remove(WEB, WritePermit.ALWAYS)).isFalse();
  }

  @Test
  void repairsARouteThatSomebodyChanged() throws Exception {
    sink.apply(CANARY, WritePermit.ALWAYS);
    var ours = route();
    edit(Cluster.ROUTE, Map.of("hosts", List.of("stolen.example.com"), "http", List.of()));

    await().atMost(Duration.ofSeconds(8)).until(() -> touched.contains(WEB));
    sink.apply(CANARY, WritePermit.ALWAYS);

    assertThat(route().<Object>get("spec")).isEqualTo(ours.<Object>get("spec"));
  }

  @Test
  void bringsARuleBackThatSomebodyDeleted() throws Exception {
    sink.apply(CANARY, WritePermit.ALWAYS);
    cluster.delete(Cluster.RULE, NAMESPACE, NAME);

    await().atMost(Duration.ofSeconds(8)).until(() -> touched.contains(WEB));
    var outcome = sink.apply(CANARY, WritePermit.ALWAYS);

    assertThat(outcome).isEqualTo(new ApplyOutcome.Applied(HOST, true, List.of()));
    assertThat(standing()).hasSize(3);
  }

  @Test
  void leavesTheRoutesOfAHostToWhoeverHasThemInWhateverNamespace() throws Exception {
    cluster.route("elsewhere", "mine", Map.of("hosts", List.of(HOST), "http", List.of()));
    await()
        .atMost(Duration.ofSeconds(8))
        .untilAsserted(
            () ->
                assertThat(sink.apply(CANARY, WritePermit.ALWAYS))
                    .isInstanceOfSatisfying(
                        ApplyOutcome.Applied.class,
                        applied ->
                            assertThat(applied.losses())
                                .singleElement()
                                .satisfies(l -> assertThat(l.path()).isEqualTo("traffic"))
                                .satisfies(
                                    l ->
                                        assertThat(l.reason())
                                            .contains("VirtualService elsewhere/mine"))));
    assertThat(standing()).extracting(o -> o.getKind()).containsExactly("ServiceEntry");

    cluster.delete(Cluster.ROUTE, "elsewhere", "mine");
    await().atMost(Duration.ofSeconds(8)).until(() -> touched.contains(WEB));
    sink.apply(CANARY, WritePermit.ALWAYS);
    assertThat(standing()).hasSize(3);
  }

  @Test
  void yieldsItsRoutesWhenSomebodyTakesTheHostLater() throws Exception {
    sink.apply(CANARY, WritePermit.ALWAYS);
    cluster.route("elsewhere", "mine", Map.of("hosts", List.of(HOST), "http", List.of()));
    await().atMost(Duration.ofSeconds(8)).until(() -> touched.contains(WEB));

    sink.apply(CANARY, WritePermit.ALWAYS);

    assertThat(standing()).extracting(o -> o.getKind()).containsExactly("ServiceEntry");
    assertThat(sink.apply(CANARY, WritePermit.ALWAYS))
        .isInstanceOfSatisfying(
            ApplyOutcome.Applied.class, applied -> assertThat(applied.written()).isFalse());
  }

  @Test
  void aRouteOfAGatewayHoldsNoHostOfTheMesh() throws Exception {
    cluster.route(
        "elsewhere",
        "edge",
        Map.of("hosts", List.of(HOST), "gateways", List.of("edge"), "http", List.of()));

    sink.apply(CANARY, WritePermit.ALWAYS);

    assertThat(standing()).hasSize(3);
  }

  @Test
  void aServiceThatForbidsRequestsDoesNotStandWithoutItsRoutes() throws Exception {
    sink.apply(CLOSED, WritePermit.ALWAYS);
    assertThat(standing()).hasSize(2);
    cluster.route("elsewhere", "mine", Map.of("hosts", List.of(HOST), "http", List.of()));
    await().atMost(Duration.ofSeconds(8)).until(() -> touched.contains(WEB));

    var outcome = sink.apply(CLOSED, WritePermit.ALWAYS);

    assertThat(outcome).isEqualTo(new ApplyOutcome.Conflict(HOST, "VirtualService elsewhere/mine"));
    assertThat(standing()).isEmpty();
  }

  @Test
  void aServiceThatForbidsRequestsIsNeverThereBeforeOrAfterItsRoutes() throws Exception {
    var seen = new ArrayList<List<String>>();
    WritePermit watching = () -> seen.add(kinds());

    sink.apply(CLOSED, watching);
    seen.add(kinds());
    sink.remove(WEB, watching);

    assertThat(seen)
        .containsExactly(
            List.of(),
            List.of("VirtualService"),
            List.of("ServiceEntry", "VirtualService"),
            List.of("ServiceEntry", "VirtualService"),
            List.of("VirtualService"));
    assertThat(standing()).isEmpty();
  }

  @Test
  void routesAreNotWrittenForAHostThatIsSomebodyElses() throws Exception {
    cluster.entry("elsewhere", "mine", Map.of("hosts", List.of(HOST)), Map.of());
    var writes = new AtomicInteger();
    try (var late = cluster.connect()) {
      late.sink().start(touched::add);

      var outcome = late.sink().apply(CLOSED, writes::incrementAndGet);

      assertThat(outcome).isEqualTo(new ApplyOutcome.Conflict(HOST, "ServiceEntry elsewhere/mine"));
      assertThat(writes).hasValue(0);
    }
  }

  private List<String> kinds() {
    return standing().stream().map(object -> object.getKind()).toList();
  }

  private List<GenericKubernetesResource> standing() {
    var all = new ArrayList<GenericKubernetesResource>();
    Stream.of(Cluster.ENTRY, Cluster.RULE, Cluster.ROUTE)
        .forEach(type -> all.addAll(cluster.all(type, NAMESPACE)));
    return all;
  }

  private List<String> versions() {
    return standing().stream().map(o -> o.getMetadata().getResourceVersion()).toList();
  }

  private GenericKubernetesResource route() {
    return cluster.all(Cluster.ROUTE, NAMESPACE).getFirst();
  }

  private void edit(ResourceDefinitionContext type, Map<String, Object> spec) {
    var resource =
        api.client().genericKubernetesResources(type).inNamespace(NAMESPACE).withName(NAME);
    var object = resource.get();
    object.setAdditionalProperty("spec", spec);
    resource.patch(object);
  }

  private static TrafficPolicy canary() {
    return new TrafficPolicy(
        List.of(
            rule(
                List.of(),
                List.of(
                    new WeightedBackend(BackendRef.subset("v1"), 90, List.of()),
                    new WeightedBackend(BackendRef.subset("v2"), 10, List.of())))),
        List.of(),
        Stream.of("v1", "v2")
            .map(
                name ->
                    new Subset(
                        name,
                        new TreeMap<>(Map.of("version", name)),
                        DestinationPolicy.DEFAULT,
                        Sources.NONE))
            .toList(),
        DestinationPolicy.DEFAULT,
        new TreeMap<>());
  }

  private static TrafficPolicy http(HttpRule rule) {
    return new TrafficPolicy(
        List.of(rule), List.of(), List.of(), DestinationPolicy.DEFAULT, new TreeMap<>());
  }

  private static HttpRule rule(List<HttpFilter> filters, List<WeightedBackend> backends) {
    return new HttpRule(
        "",
        false,
        List.of(),
        filters,
        backends,
        Timeouts.DEFAULT,
        Optional.of(Retry.NEVER),
        Optional.empty(),
        Sources.NONE);
  }
}
