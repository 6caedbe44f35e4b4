package io.meshbridge.adapter.linkerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.Health;
import io.meshbridge.model.Import;
import io.meshbridge.model.Loss;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.ServicePort;
import io.meshbridge.spi.ApplyOutcome;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.NotLeadingException;
import io.meshbridge.spi.Sink;
import io.meshbridge.spi.WritePermit;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LinkerdSinkTest {
  private static final String NAME = "web-away.shop";
  private static final ServiceKey WEB = new ServiceKey(Imports.AWAY, "shop", "web");
  private static final WritePermit ALWAYS = WritePermit.ALWAYS;

  private final Set<ServiceKey> touched = ConcurrentHashMap.newKeySet();
  private KubernetesTestApi api;
  private Cluster cluster;
  private MeshConnection connection;
  private Sink sink;

  @BeforeAll
  void startApi() {
    api = KubernetesTestApi.start();
    cluster = new Cluster(api);
    api.namespace("shop");
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
  void writesAServiceWithoutSelectorAndItsSlices() throws Exception {
    var outcome = sink.apply(Imports.web("10.3.0.1", "2001:db8::1"), ALWAYS);

    assertThat(outcome).isEqualTo(new ApplyOutcome.Applied(NAME, true, List.of()));
    var service = cluster.live("shop", "web-away");
    assertThat(service.getSpec().getSelector()).isNullOrEmpty();
    assertThat(service.getSpec().getType()).isEqualTo("ClusterIP");
    assertThat(service.getMetadata().getLabels())
        .containsEntry("app.kubernetes.io/managed-by", "meshbridge")
        .containsEntry("meshbridge.io/origin-mesh", "away")
        .containsEntry("meshbridge.io/target", "here");
    assertThat(cluster.slices("shop", "web-away"))
        .extracting(EndpointSlice::getAddressType)
        .containsExactlyInAnyOrder("IPv4", "IPv6");
    assertThat(sink.owned()).containsOnlyKeys(WEB);
  }

  @Test
  void slicesGoWithTheirService() throws Exception {
    sink.apply(Imports.web("10.3.0.1"), ALWAYS);

    var slice = cluster.slices("shop", "web-away").getFirst();
    assertThat(slice.getMetadata().getLabels())
        .containsEntry("endpointslice.kubernetes.io/managed-by", "meshbridge.io")
        .containsEntry("meshbridge.io/origin-mesh", "away");
    assertThat(slice.getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(
            owner -> {
              assertThat(owner.getUid())
                  .isEqualTo(cluster.live("shop", "web-away").getMetadata().getUid());
              assertThat(owner.getController()).isFalse();
              assertThat(owner.getBlockOwnerDeletion()).isFalse();
            });
    assertThat(slice.getEndpoints().getFirst().getTargetRef()).isNull();
  }

  @Test
  void writesOnceWhenItIsAskedTwiceAndNothingAfterARestart() throws Exception {
    sink.apply(Imports.web("10.3.0.1"), ALWAYS);
    var before = versions();

    assertThat(sink.apply(Imports.web("10.3.0.1"), ALWAYS))
        .isEqualTo(new ApplyOutcome.Applied(NAME, false, List.of()));
    try (var next = cluster.connect()) {
      next.sink().start(touched::add);
      assertThat(next.sink().apply(Imports.web("10.3.0.1"), ALWAYS))
          .isEqualTo(new ApplyOutcome.Applied(NAME, false, List.of()));
      assertThat(next.sink().owned()).containsOnlyKeys(WEB);
    }
    assertThat(versions()).isEqualTo(before);
  }

  @Test
  void aChangeOfOneEndpointOfThreeThousandRewritesOneSlice() throws Exception {
    var endpoints = new ArrayList<>(Imports.many(3000));
    sink.apply(Imports.web(endpoints), ALWAYS);
    var before = versions();
    assertThat(cluster.addresses("shop", "web-away")).hasSize(3000).doesNotHaveDuplicates();
    assertThat(cluster.slices("shop", "web-away"))
        .allSatisfy(slice -> assertThat(slice.getEndpoints()).hasSizeLessThanOrEqualTo(1000));

    endpoints.set(1234, endpoints.get(1234).withHealth(Health.NOT_READY));
    sink.apply(Imports.web(endpoints), ALWAYS);

    var after = versions();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    assertThat(after.entrySet()).filteredOn(e -> !before.containsValue(e.getValue())).hasSize(1);
  }

  @Test
  void leavesNothingBehindOfAnEarlierState() throws Exception {
    sink.apply(
        Imports.of(
            NAME,
            List.of(Imports.HTTP, new ServicePort("db", 3306, AppProtocol.MYSQL)),
            AccessPolicy.OPEN,
            List.of(
                Endpoint.ready("10.3.0.1", Map.of("http", 8080, "db", 3306)),
                Endpoint.ready("10.3.0.2", Map.of("http", 8081, "db", 3306)))),
        ALWAYS);
    assertThat(cluster.slices("shop", "web-away")).hasSize(2);
    assertThat(cluster.live("shop", "web-away").getMetadata().getAnnotations())
        .containsEntry("config.linkerd.io/opaque-ports", "3306");

    sink.apply(Imports.web("10.3.0.1"), ALWAYS);

    assertThat(cluster.addresses("shop", "web-away")).containsExactly("10.3.0.1");
    var service = cluster.live("shop", "web-away");
    assertThat(service.getSpec().getPorts()).extracting(p -> p.getName()).containsExactly("http");
    assertThat(service.getMetadata().getAnnotations())
        .doesNotContainKey("config.linkerd.io/opaque-ports");
    assertThat(service.getMetadata().getManagedFields())
        .extracting(f -> f.getManager() + "/" + f.getOperation())
        .containsOnlyOnce("meshbridge/shops/Apply")
        .doesNotContain("meshbridge/shops/Update");
  }

  @Test
  void keepsTheServiceWithoutSlicesWhenNoEndpointIsLeft() throws Exception {
    sink.apply(Imports.web("10.3.0.1"), ALWAYS);

    var outcome = sink.apply(Imports.web(), ALWAYS);

    assertThat(outcome).isEqualTo(new ApplyOutcome.Applied(NAME, true, false, List.of()));
    assertThat(cluster.live("shop", "web-away")).isNotNull();
    assertThat(cluster.slices("shop", "web-away")).isEmpty();
  }

  @Test
  void neverTouchesAForeignServiceOfItsNameAndComesWhenThatGoes() throws Exception {
    cluster.service("shop", "web-away", Map.of());
    var foreign = cluster.live("shop", "web-away").getMetadata().getResourceVersion();

    var outcome = sink.apply(Imports.web("10.3.0.1"), ALWAYS);

    assertThat(outcome).isEqualTo(new ApplyOutcome.Conflict(NAME, "Service shop/web-away"));
    assertThat(sink.remove(WEB, ALWAYS)).isFalse();
    sink.apply(Imports.web("10.3.0.1"), ALWAYS);
    assertThat(cluster.live("shop", "web-away").getMetadata().getResourceVersion())
        .isEqualTo(foreign);
    assertThat(cluster.slices("shop", "web-away")).isEmpty();
    touched.clear();
    api.client().services().inNamespace("shop").withName("web-away").delete();
    awaitTouched();
    assertThat(sink.apply(Imports.web("10.3.0.1"), ALWAYS))
        .isEqualTo(new ApplyOutcome.Applied(NAME, true, List.of()));
  }

  @Test
  void yieldsWhenSomebodyPutsAServiceInThePlaceOfOurs() throws Exception {
    sink.apply(Imports.web("10.3.0.1"), ALWAYS);
    api.client().services().inNamespace("shop").withName("web-away").delete();
    cluster.service("shop", "web-away", Map.of());
    awaitTouched();

    await()
        .atMost(Duration.ofSeconds(8))
        .until(
            () -> sink.apply(Imports.web("10.3.0.1"), ALWAYS),
            new ApplyOutcome.Conflict(NAME, "Service shop/web-away")::equals);

    assertThat(cluster.slices("shop", "web-away")).isEmpty();
    assertThat(cluster.live("shop", "web-away").getSpec().getSelector())
        .isEqualTo(Map.of("app", "web-away"));
  }

  @Test
  void aSliceOfOurNameThatIsNotOursIsAConflictUntilItGoes() throws Exception {
    sink.apply(Imports.web("10.3.0.1"), ALWAYS);
    var name = cluster.slices("shop", "web-away").getFirst().getMetadata().getName();
    sink.remove(WEB, ALWAYS);
    api.client()
        .resource(
            new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .endMetadata()
                .withAddressType("IPv4")
                .build())
        .create();

    assertThat(sink.apply(Imports.web("10.3.0.1"), ALWAYS))
        .isEqualTo(new ApplyOutcome.Conflict(NAME, "EndpointSlice shop/" + name));
    assertThat(cluster.live("shop", "web-away")).isNull();
    touched.clear();
    api.client().discovery().v1().endpointSlices().inNamespace("shop").withName(name).delete();

    awaitTouched();
    assertThat(sink.apply(Imports.web("10.3.0.1"), ALWAYS))
        .isEqualTo(new ApplyOutcome.Applied(NAME, true, List.of()));
  }

  @Test
  void repairsFieldsThatSomebodyElseTook() throws Exception {
    sink.apply(Imports.web("10.3.0.1"), ALWAYS);
    sink.apply(Imports.web("10.3.0.1", "10.3.0.2"), ALWAYS);
    var theirs = cluster.slices("shop", "web-away").getFirst();
    touched.clear();
    api.client()
        .resource(
            new EndpointSliceBuilder(theirs)
                .editMetadata()
                .withManagedFields(List.of())
                .withResourceVersion(null)
                .endMetadata()
                .withEndpoints(theirs.getEndpoints().subList(0, 1))
                .build())
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("somebody")
                .withForce(true)
                .build());
    awaitTouched();

    var outcome = sink.apply(Imports.web("10.3.0.1", "10.3.0.2"), ALWAYS);

    assertThat(outcome).isEqualTo(new ApplyOutcome.Applied(NAME, true, List.of()));
    assertThat(cluster.addresses("shop", "web-away")).containsExactly("10.3.0.1", "10.3.0.2");
  }

  @Test
  void repairsOwnerManagerLabelAndPortsAlike() throws Exception {
    sink.apply(Imports.web("10.3.0.1"), ALWAYS);
    var before = cluster.slices("shop", "web-away").getFirst();
    touched.clear();
    api.client()
        .resource(before)
        .edit(
            slice ->
                new EndpointSliceBuilder(slice)
                    .editMetadata()
                    .withOwnerReferences(List.of())
                    .removeFromLabels("endpointslice.kubernetes.io/managed-by")
                    .endMetadata()
                    .build());
    awaitTouched();
    sink.apply(Imports.web("10.3.0.1"), ALWAYS);
    touched.clear();
    api.client()
        .services()
        .inNamespace("shop")
        .withName("web-away")
        .edit(
            s ->
                new ServiceBuilder(s)
                    .editSpec()
                    .editFirstPort()
                    .withAppProtocol("grpc")
                    .endPort()
                    .endSpec()
                    .build());
    awaitTouched();

    assertThat(sink.apply(Imports.web("10.3.0.1"), ALWAYS))
        .isEqualTo(new ApplyOutcome.Applied(NAME, true, List.of()));

    var after = cluster.slices("shop", "web-away").getFirst();
    assertThat(after.getMetadata().getOwnerReferences()).hasSize(1);
    assertThat(after.getMetadata().getLabels()).isEqualTo(before.getMetadata().getLabels());
    assertThat(cluster.live("shop", "web-away").getSpec().getPorts().getFirst().getAppProtocol())
        .isEqualTo("http");
  }

  @Test
  void writesAgainWhatSomebodyDeleted() throws Exception {
    sink.apply(Imports.web("10.3.0.1"), ALWAYS);
    touched.clear();
    api.client().services().inNamespace("shop").withName("web-away").delete();
    awaitTouched();

    assertThat(sink.apply(Imports.web("10.3.0.1"), ALWAYS))
        .isEqualTo(new ApplyOutcome.Applied(NAME, true, List.of()));

    assertThat(cluster.slices("shop", "web-away").getFirst().getMetadata().getOwnerReferences())
        .extracting(owner -> owner.getUid())
        .containsExactly(cluster.live("shop", "web-away").getMetadata().getUid());
  }

  @Test
  void saysWhichNamespaceIsMissingAndComesWhenItIsThere() throws Exception {
    var homeless =
        Imports.of("web-away.nowhere", List.of(Imports.HTTP), AccessPolicy.OPEN, List.of());

    assertThat(sink.apply(homeless, ALWAYS))
        .isInstanceOfSatisfying(
            ApplyOutcome.Rejected.class,
            rejected ->
                assertThat(rejected.reason()).contains("nowhere").contains("create-namespace"));
    touched.clear();
    api.client()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName("nowhere").endMetadata().build())
        .create();

    awaitTouched();
    assertThat(sink.apply(homeless, ALWAYS))
        .isEqualTo(new ApplyOutcome.Applied("web-away.nowhere", true, false, List.of()));
    sink.remove(WEB, ALWAYS);
  }

  @Test
  void createsTheNamespaceWhenToldTo() throws Exception {
    var homeless = Imports.of("web-away.made", List.of(Imports.HTTP), AccessPolicy.OPEN, List.of());

    try (var creating = cluster.connect("create-namespace", "true")) {
      creating.sink().start(touched::add);

      assertThat(creating.sink().apply(homeless, ALWAYS))
          .isEqualTo(new ApplyOutcome.Applied("web-away.made", true, false, List.of()));
    }
    assertThat(api.client().namespaces().withName("made").get()).isNotNull();
  }

  @Test
  void putsEverythingIntoOneNamespaceUnderNamesThatDiffer() throws Exception {
    try (var one = cluster.connect("namespace", "shop")) {
      one.sink().start(touched::add);

      var outcome = one.sink().apply(Imports.web("10.3.0.1"), ALWAYS);

      assertThat(outcome)
          .isInstanceOfSatisfying(
              ApplyOutcome.Applied.class,
              applied -> assertThat(applied.name()).matches("web-away-shop-[0-9a-f]{8}\\.shop"));
    }
  }

  @Test
  void saysThatTheClusterHasNoAddressLeftAndComesWhenThereIsOne() throws Exception {
    try (var cramped = KubernetesTestApi.startCramped()) {
      var full = new Cluster(cramped);
      cramped.namespace("shop");
      fill(full);
      try (var other = full.connect()) {
        other.sink().start(touched::add);

        assertThat(other.sink().apply(Imports.web("10.3.0.1"), ALWAYS))
            .isInstanceOfSatisfying(
                ApplyOutcome.Rejected.class,
                rejected -> assertThat(rejected.reason()).contains("range is full"));
        touched.clear();
        cramped.client().services().inNamespace("shop").withName("s0").delete();

        awaitTouched();
        await()
            .atMost(Duration.ofSeconds(8))
            .until(
                () -> other.sink().apply(Imports.web("10.3.0.1"), ALWAYS),
                ApplyOutcome.Applied.class::isInstance);
      }
    }
  }

  @Test
  void refusesAServiceThatNeedsAnIdentityOfItsMeshAndRemovesWhatStood() throws Exception {
    sink.apply(Imports.web("10.3.0.1"), ALWAYS);

    var outcome =
        sink.apply(
            Imports.of(
                NAME,
                List.of(Imports.HTTP),
                AccessPolicy.meshIdentityRequired("mutual TLS is STRICT"),
                List.of()),
            ALWAYS);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            ApplyOutcome.Refused.class,
            refused ->
                assertThat(refused.losses())
                    .extracting(Loss::path)
                    .containsExactly("access.reachability"));
    assertThat(cluster.live("shop", "web-away")).isNull();
    assertThat(sink.owned()).isEmpty();
  }

  @Test
  void removesItsOwnAndSaysWhetherThereWasAnything() throws Exception {
    sink.apply(Imports.web("10.3.0.1"), ALWAYS);

    assertThat(sink.remove(WEB, ALWAYS)).isTrue();
    assertThat(sink.remove(WEB, ALWAYS)).isFalse();
    assertThat(cluster.live("shop", "web-away")).isNull();
    assertThat(cluster.slices("shop", "web-away")).isEmpty();
  }

  @Test
  void writesNothingWithoutAPermit() {
    WritePermit none =
        () -> {
          throw new NotLeadingException("another bridge leads");
        };

    assertThatThrownBy(() -> sink.apply(Imports.web("10.3.0.1"), none))
        .isInstanceOf(NotLeadingException.class);
    assertThat(cluster.live("shop", "web-away")).isNull();
  }

  @Test
  void doesNotStartWhileTheApiIsUnreachable() {
    api.block();

    try (var unreachable = cluster.connect()) {
      assertThatThrownBy(() -> unreachable.sink().start(touched::add))
          .isInstanceOf(MeshUnavailableException.class);
    }
  }

  @Test
  void writesTheAddressesOfAHostAndSaysWhichHostHasNone() throws Exception {
    HostLookup hosts =
        host ->
            host.equals("db.example.com")
                ? new HostLookup.Result.Found(
                    List.of(address("10.4.0.1"), address("2001:db8::4")), Duration.ofMinutes(1))
                : new HostLookup.Result.Failed("NXDOMAIN");
    try (var resolving = cluster.connect(hosts)) {
      resolving.sink().start(touched::add);

      var outcome =
          resolving.sink().apply(Imports.web("db.example.com", "gone.example.com"), ALWAYS);

      assertThat(cluster.addresses("shop", "web-away")).containsExactly("10.4.0.1", "2001:db8::4");
      assertThat(outcome)
          .isInstanceOfSatisfying(
              ApplyOutcome.Applied.class,
              applied ->
                  assertThat(applied.losses())
                      .singleElement()
                      .satisfies(
                          loss -> {
                            assertThat(loss.path()).isEqualTo("endpoints[gone.example.com]");
                            assertThat(loss.reason()).contains("NXDOMAIN");
                          }));
    }
  }

  @Test
  void leavesAlonePortsThatSomebodyElseAdded() throws Exception {
    Import web = Imports.web("10.3.0.1");
    sink.apply(web, ALWAYS);
    touched.clear();
    api.client()
        .services()
        .inNamespace("shop")
        .withName("web-away")
        .edit(
            s ->
                new ServiceBuilder(s)
                    .editMetadata()
                    .addToAnnotations("theirs", "kept")
                    .endMetadata()
                    .build());
    awaitTouched();

    assertThat(sink.apply(web, ALWAYS)).isEqualTo(new ApplyOutcome.Applied(NAME, false, List.of()));
    assertThat(cluster.live("shop", "web-away").getMetadata().getAnnotations())
        .containsEntry("theirs", "kept");
  }

  private static void fill(Cluster cluster) {
    for (int i = 0; i < 20; i++) {
      try {
        cluster.service("shop", "s" + i, Map.of());
      } catch (KubernetesClientException full) {
        assertThat(full.getMessage()).contains("range is full");
        return;
      }
    }
    throw new AssertionError("the cluster has room for twenty Services");
  }

  /** The version of each of our objects, by its name. */
  private Map<String, String> versions() {
    var versions =
        cluster.slices("shop", "web-away").stream()
            .collect(
                Collectors.toMap(
                    s -> s.getMetadata().getName(), s -> s.getMetadata().getResourceVersion()));
    versions.put("service", cluster.live("shop", "web-away").getMetadata().getResourceVersion());
    return versions;
  }

  private void awaitTouched() {
    await().atMost(Duration.ofSeconds(8)).until(() -> touched.contains(WEB));
  }

  private static InetAddress address(String text) {
    return io.meshbridge.adapter.kubernetes.Addresses.ipOf(text).orElseThrow();
  }
}
