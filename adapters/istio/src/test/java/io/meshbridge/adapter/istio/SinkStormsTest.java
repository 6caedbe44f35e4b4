package io.meshbridge.adapter.istio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.ApplyOutcome;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.NotLeadingException;
import io.meshbridge.spi.Sink;
import io.meshbridge.spi.WritePermit;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the sink does to a server that is asked too much, and to one where others write, too. */
class SinkStormsTest {
  private static final String NAMESPACE = "meshbridge-imports";
  private static final String NAME = "web.shop.away";
  private static final String HOST = "web.shop.away.mesh.internal";
  private static final ServiceKey WEB = new ServiceKey(Imports.AWAY, "shop", "web");
  private static final Predicate<String> WRITES = request -> !request.startsWith("GET");
  private static final Predicate<String> PATCHES = request -> request.startsWith("PATCH");
  private static final int ALWAYS = Integer.MAX_VALUE;
  private static final int IMPORTS = 100;
  private static final int ROUNDS = 20;

  private final Set<ServiceKey> touched = ConcurrentHashMap.newKeySet();
  private KubernetesTestApi api;
  private Cluster cluster;
  private MeshConnection connection;
  private Sink sink;

  @BeforeEach
  void startSink() throws Exception {
    api = KubernetesTestApi.startInMemory();
    api.namespace(NAMESPACE);
    cluster = new Cluster(api);
    connection = cluster.connect();
    sink = connection.sink();
    sink.start(touched::add);
  }

  @AfterEach
  void stopSink() {
    connection.close();
    api.close();
  }

  @Test
  void losesNoWriteInAStormOfRefusalsAndDoesNotFloodTheServer() throws Exception {
    api.refuse(WRITES, ALWAYS, 429, "1");
    try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
      var outcomes = new ArrayList<Future<ApplyOutcome>>();
      for (int i = 0; i < IMPORTS; i++) {
        var desired = Imports.of("web-" + i, "10.3.0.1");
        outcomes.add(workers.submit(() -> sink.apply(desired, WritePermit.ALWAYS)));
      }
      await().until(() -> count(WRITES) > 0);

      // Sixteen at once, and at most as many after each pause: a hundred that do not wait would be
      // thousands.
      await()
          .atMost(Duration.ofSeconds(6))
          .during(Duration.ofSeconds(3))
          .until(() -> count(WRITES) <= 16 * 4);
      long refused = count(WRITES);
      api.refuse(WRITES, 0, 429, "");

      for (Future<ApplyOutcome> outcome : outcomes) {
        assertThat(outcome.get()).isInstanceOf(ApplyOutcome.Applied.class);
      }
      assertThat(count(WRITES)).isBetween(refused + IMPORTS, refused + IMPORTS + 16);
    }
    assertThat(cluster.entries(NAMESPACE)).hasSize(IMPORTS);
  }

  @Test
  void asksForItsPermitAgainAfterAPause() {
    var asked = new AtomicInteger();
    api.refuse(WRITES, 1, 429, "1");
    WritePermit lost =
        () -> {
          if (asked.incrementAndGet() > 1) {
            throw new NotLeadingException("another bridge leads");
          }
        };

    assertThatThrownBy(() -> sink.apply(Imports.of("web", "10.3.0.1"), lost))
        .isInstanceOf(NotLeadingException.class);
    assertThat(cluster.entries(NAMESPACE)).isEmpty();
  }

  @Test
  void takesItsFieldsBackWithOneWriteForEachTimeThatTheyAreTaken() throws Exception {
    applyTwice();
    long before = count(WRITES);

    for (int round = 0; round < ROUNDS; round++) {
      takeOver("10.9.9." + round);
      await().until(() -> touched.contains(WEB));
      assertThat(sink.apply(Imports.of("web", "10.3.0.2"), WritePermit.ALWAYS))
          .isEqualTo(new ApplyOutcome.Applied(HOST, true, List.of()));
    }

    // The first time it asked before it forced.
    assertThat(count(WRITES) - before).isEqualTo(ROUNDS + 1);
    assertThat(sink.apply(Imports.of("web", "10.3.0.2"), WritePermit.ALWAYS))
        .isEqualTo(new ApplyOutcome.Applied(HOST, false, List.of()));
    assertThat(address()).isEqualTo("10.3.0.2");
  }

  @Test
  void triesAFewTimesWhileEachWriteComesTooLateAndConvergesWhenTheOtherStops() throws Exception {
    applyTwice();
    long before = count(WRITES);
    api.refuse(PATCHES, ALWAYS, 409, "");

    assertThatThrownBy(() -> sink.apply(Imports.of("web", "10.3.0.3"), WritePermit.ALWAYS))
        .isInstanceOf(MeshUnavailableException.class)
        .hasMessageContaining("changed during");
    assertThat(count(WRITES) - before).isEqualTo(4);

    api.refuse(PATCHES, 0, 409, "");
    assertThat(sink.apply(Imports.of("web", "10.3.0.3"), WritePermit.ALWAYS))
        .isEqualTo(new ApplyOutcome.Applied(HOST, true, List.of()));
    assertThat(address()).isEqualTo("10.3.0.3");
  }

  /** The first change after a create takes two requests, which is not what is counted here. */
  private void applyTwice() throws Exception {
    sink.apply(Imports.of("web", "10.3.0.1"), WritePermit.ALWAYS);
    sink.apply(Imports.of("web", "10.3.0.2"), WritePermit.ALWAYS);
  }

  private void takeOver(String address) {
    var theirs = new GenericKubernetesResource();
    theirs.setApiVersion("networking.istio.io/v1");
    theirs.setKind("ServiceEntry");
    theirs.setMetadata(new ObjectMetaBuilder().withNamespace(NAMESPACE).withName(NAME).build());
    theirs.setAdditionalProperty("spec", Map.of("endpoints", List.of(Map.of("address", address))));
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

  private String address() {
    List<Map<String, Object>> endpoints =
        cluster.entries(NAMESPACE).getFirst().get("spec", "endpoints");
    return String.valueOf(endpoints.getFirst().get("address"));
  }

  private long count(Predicate<String> which) {
    return api.requests().stream().filter(which).count();
  }
}
