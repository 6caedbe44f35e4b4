package io.meshbridge.adapter.istio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.meshbridge.model.Import;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.ApplyOutcome;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.NotLeadingException;
import io.meshbridge.spi.Sink;
import io.meshbridge.spi.WritePermit;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IstioSinkTest {
  private static final String NAMESPACE = "meshbridge-imports";
  private static final String NAME = "web.shop.away";
  private static final String HOST = "web.shop.away.mesh.internal";
  private static final ServiceKey WEB = new ServiceKey(Imports.AWAY, "shop", "web");

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
  void writesAnEntryInANamespaceThatItCreates() throws Exception {
    var outcome = sink.apply(Imports.of("web", "10.3.0.1"), WritePermit.ALWAYS);

    assertThat(outcome).isEqualTo(new ApplyOutcome.Applied(HOST, true, List.of()));
    var entry = entry();
    assertThat(entry.getMetadata().getLabels())
        .containsEntry("app.kubernetes.io/managed-by", "meshbridge")
        .containsEntry("meshbridge.io/origin-mesh", "away")
        .containsEntry("meshbridge.io/target", "here");
    assertThat(entry.<List<Object>>get("spec", "hosts")).containsExactly(HOST);
    assertThat(sink.owned()).containsOnlyKeys(WEB);
  }

  @Test
  void movesAnEntryIntoTheNamespaceThatItIsGiven() throws Exception {
    var web = Imports.of("web", "10.3.0.1");
    sink.apply(web, WritePermit.ALWAYS);

    var outcome = sink.apply(into("guests", web), WritePermit.ALWAYS);

    assertThat(outcome).isEqualTo(new ApplyOutcome.Applied(HOST, true, List.of()));
    assertThat(cluster.all(Cluster.ENTRY, "guests")).hasSize(1);
    assertThat(cluster.all(Cluster.ENTRY, NAMESPACE)).isEmpty();
    assertThat(sink.apply(into("guests", web), WritePermit.ALWAYS))
        .isEqualTo(new ApplyOutcome.Applied(HOST, false, List.of()));
  }

  private static Import into(String namespace, Import service) {
    return new Import(
        service.name(),
        service.export(),
        service.endpoints(),
        service.origin(),
        service.names(),
        service.others(),
        namespace);
  }

  @Test
  void writesOnceWhenItIsAskedTwice() throws Exception {
    sink.apply(Imports.of("web", "10.3.0.1"), WritePermit.ALWAYS);

    var again = sink.apply(Imports.of("web", "10.3.0.1"), WritePermit.ALWAYS);

    assertThat(again).isEqualTo(new ApplyOutcome.Applied(HOST, false, List.of()));
  }

  @Test
  void writesNothingAfterARestart() throws Exception {
    sink.apply(Imports.of("web", "10.3.0.1"), WritePermit.ALWAYS);
    var before = entry().getMetadata().getResourceVersion();

    try (var next = cluster.connect()) {
      next.sink().start(touched::add);
      var outcome = next.sink().apply(Imports.of("web", "10.3.0.1"), WritePermit.ALWAYS);

      assertThat(outcome).isEqualTo(new ApplyOutcome.Applied(HOST, false, List.of()));
      assertThat(next.sink().owned()).containsOnlyKeys(WEB);
    }
    assertThat(entry().getMetadata().getResourceVersion()).isEqualTo(before);
  }

  @Test
  void leavesNothingBehindOfAnEarlierState() throws Exception {
    sink.apply(Imports.of("web", "10.3.0.1", "10.3.0.2"), WritePermit.ALWAYS);

    sink.apply(Imports.of("web", "10.3.0.2"), WritePermit.ALWAYS);
    sink.apply(Imports.of("web"), WritePermit.ALWAYS);

    assertThat(entry().<Object>get("spec", "endpoints")).isNull();
    assertThat(entry().<String>get("spec", "resolution")).isEqualTo("STATIC");
    assertThat(entry().getMetadata().getManagedFields())
        .extracting(f -> f.getManager() + "/" + f.getOperation())
        .containsOnlyOnce("meshbridge/shops/Apply")
        .doesNotContain("meshbridge/shops/Update");
  }

  @Test
  void yieldsToAnEntryThatHoldsTheHostInAnotherNamespace() throws Exception {
    foreignEntry("other", "theirs");
    awaitTouchedNothing();

    var outcome = awaitConflict();

    assertThat(outcome).isEqualTo(new ApplyOutcome.Conflict(HOST, "ServiceEntry other/theirs"));
    assertThat(cluster.entries(NAMESPACE)).isEmpty();
  }

  @Test
  void yieldsAfterItsOwnWriteAndComesBackWhenTheHolderIsGone() throws Exception {
    sink.apply(Imports.of("web", "10.3.0.1"), WritePermit.ALWAYS);
    foreignEntry("other", "theirs");
    awaitTouched();

    var yielded = sink.apply(Imports.of("web", "10.3.0.1"), WritePermit.ALWAYS);
    assertThat(yielded).isInstanceOf(ApplyOutcome.Conflict.class);
    assertThat(cluster.entries(NAMESPACE)).isEmpty();
    await().until(() -> sink.owned().isEmpty());
    touched.clear();
    cluster.delete(Cluster.ENTRY, "other", "theirs");
    awaitTouched();

    assertThat(sink.apply(Imports.of("web", "10.3.0.1"), WritePermit.ALWAYS))
        .isEqualTo(new ApplyOutcome.Applied(HOST, true, List.of()));
  }

  @Test
  void neverTouchesAForeignObjectOfItsName() throws Exception {
    cluster.entry(
        NAMESPACE,
        NAME,
        Map.of("hosts", List.of("theirs.example.com"), "resolution", "NONE"),
        Map.of());

    var outcome = sink.apply(Imports.of("web", "10.3.0.1"), WritePermit.ALWAYS);

    assertThat(outcome)
        .isEqualTo(new ApplyOutcome.Conflict(HOST, "ServiceEntry " + NAMESPACE + "/" + NAME));
    assertThat(sink.remove(WEB, WritePermit.ALWAYS)).isFalse();
    assertThat(entry().<List<Object>>get("spec", "hosts")).containsExactly("theirs.example.com");
  }

  @Test
  void repairsFieldsThatSomebodyElseTook() throws Exception {
    sink.apply(Imports.of("web", "10.3.0.1"), WritePermit.ALWAYS);
    sink.apply(Imports.of("web", "10.3.0.1", "10.3.0.2"), WritePermit.ALWAYS);
    takeOver(Map.of("hosts", List.of(HOST), "endpoints", List.of(Map.of("address", "10.9.9.9"))));
    awaitTouched();

    var outcome = sink.apply(Imports.of("web", "10.3.0.1", "10.3.0.2"), WritePermit.ALWAYS);

    assertThat(outcome).isEqualTo(new ApplyOutcome.Applied(HOST, true, List.of()));
    assertThat(entry().<List<Map<String, Object>>>get("spec", "endpoints"))
        .extracting(e -> e.get("address"))
        .containsExactly("10.3.0.1", "10.3.0.2");
  }

  @Test
  void leavesFieldsOfOthersAlone() throws Exception {
    sink.apply(Imports.of("web", "10.3.0.1"), WritePermit.ALWAYS);
    takeOver(Map.of("exportTo", List.of(".")));
    awaitTouched();

    assertThat(sink.apply(Imports.of("web", "10.3.0.1"), WritePermit.ALWAYS))
        .isEqualTo(new ApplyOutcome.Applied(HOST, false, List.of()));
    sink.apply(Imports.of("web", "10.3.0.4"), WritePermit.ALWAYS);

    assertThat(entry().<List<Object>>get("spec", "exportTo")).containsExactly(".");
  }

  @Test
  void writesAgainWhatSomebodyDeleted() throws Exception {
    sink.apply(Imports.of("web", "10.3.0.1"), WritePermit.ALWAYS);
    cluster.delete(Cluster.ENTRY, NAMESPACE, NAME);
    awaitTouched();

    assertThat(sink.apply(Imports.of("web", "10.3.0.1"), WritePermit.ALWAYS))
        .isEqualTo(new ApplyOutcome.Applied(HOST, true, List.of()));
    assertThat(cluster.entries(NAMESPACE)).hasSize(1);
  }

  @Test
  void removesItsOwnAndSaysWhetherThereWasAnything() throws Exception {
    sink.apply(Imports.of("web", "10.3.0.1"), WritePermit.ALWAYS);

    assertThat(sink.remove(WEB, WritePermit.ALWAYS)).isTrue();
    assertThat(sink.remove(WEB, WritePermit.ALWAYS)).isFalse();
    assertThat(cluster.entries(NAMESPACE)).isEmpty();
  }

  @Test
  void writesNothingWithoutAPermit() {
    WritePermit none =
        () -> {
          throw new NotLeadingException("another bridge leads");
        };

    assertThatThrownBy(() -> sink.apply(Imports.of("web", "10.3.0.1"), none))
        .isInstanceOf(NotLeadingException.class);
    assertThat(cluster.entries(NAMESPACE)).isEmpty();
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
  void saysWhatToInstallWhenServiceEntriesAreUnknown() {
    try (var bare = KubernetesTestApi.startWithoutCrds();
        var plain = new Cluster(bare).connect()) {
      assertThatThrownBy(() -> plain.sink().start(touched::add))
          .isInstanceOf(MeshUnavailableException.class)
          .hasMessageContaining("install");
    }
  }

  private GenericKubernetesResource entry() {
    return api.client()
        .genericKubernetesResources(Cluster.ENTRY)
        .inNamespace(NAMESPACE)
        .withName(NAME)
        .get();
  }

  private void foreignEntry(String namespace, String name) {
    cluster.entry(
        namespace,
        name,
        Map.of(
            "hosts", List.of(HOST),
            "resolution", "DNS",
            "ports", List.of(Map.of("number", 80, "name", "http", "protocol", "HTTP"))),
        Map.of());
  }

  private void takeOver(Map<String, Object> spec) {
    var theirs = new GenericKubernetesResource();
    theirs.setApiVersion("networking.istio.io/v1");
    theirs.setKind("ServiceEntry");
    theirs.setMetadata(
        new io.fabric8.kubernetes.api.model.ObjectMetaBuilder()
            .withNamespace(NAMESPACE)
            .withName(NAME)
            .build());
    theirs.setAdditionalProperty("spec", spec);
    touched.clear();
    api.client()
        .genericKubernetesResources(Cluster.ENTRY)
        .inNamespace(NAMESPACE)
        .resource(theirs)
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("somebody")
                .withForce(true)
                .build(),
            theirs);
  }

  private ApplyOutcome awaitConflict() throws Exception {
    return await()
        .atMost(Duration.ofSeconds(8))
        .until(
            () -> sink.apply(Imports.of("web", "10.3.0.1"), WritePermit.ALWAYS),
            ApplyOutcome.Conflict.class::isInstance);
  }

  private void awaitTouched() {
    await().atMost(Duration.ofSeconds(8)).until(() -> touched.contains(WEB));
  }

  /** Nobody wants the host yet, so its taking concerns nobody. */
  private void awaitTouchedNothing() {
    assertThat(touched).isEmpty();
  }
}
