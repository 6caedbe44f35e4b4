package io.meshbridge.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshbridge.adapter.istio.IstioAdapter;
import io.meshbridge.adapter.linkerd.LinkerdAdapter;
import io.meshbridge.spi.MeshAdapter;
import io.meshbridge.spi.Observation;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import io.meshbridge.testkit.kubernetes.ServiceExports;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.awaitility.core.ConditionTimeoutException;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A real API server, where one is given, holds bridges to the rights that we ship for them. */
class RightsOnAnApiServerTest {
  static final List<MeshAdapter> ADAPTERS = List.of(new IstioAdapter(), new LinkerdAdapter());
  private static final Right NONE = new Right("", "", "", "");
  private static final int BRIDGES_AT_ONCE = 6;
  private static final Duration A_MOMENT = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  // What stands beside an import only if its policy asks for it, by the same code.
  private static final Set<String> ONLY_FOR_POLICIES =
      Set.of(
          "destinationrules",
          "virtualservices",
          "gateways",
          "httproutes",
          "grpcroutes",
          "tcproutes",
          "tlsroutes");

  private static final ConcurrentLinkedQueue<String> LOG = new ConcurrentLinkedQueue<>();
  private static final Logger BRIDGES = Logger.getLogger("io.meshbridge.adapter");
  private static final Handler KEEPER = new Keeper();
  private static KubernetesTestApi api;
  private static ServiceExports exports;

  @BeforeAll
  static void startApi() {
    api = KubernetesTestApi.start();
    exports = new ServiceExports(api, "shop");
    BRIDGES.addHandler(KEEPER);
    if (api.isReal()) {
      List.of("meshbridge", "meshbridge-imports", "istio-system", "linkerd", "shop")
          .forEach(api::namespace);
      offer("web");
    }
  }

  @AfterAll
  static void stopApi() {
    BRIDGES.removeHandler(KEEPER);
    api.close();
  }

  @ParameterizedTest
  @FieldSource("ADAPTERS")
  void areEnoughForReadingAndForWriting(MeshAdapter adapter) throws Exception {
    assumeARealApi();
    try (var bridge = bridge(adapter, NONE, adapter.kind() + "-whole")) {
      bridge.heard().await(Observation.Complete.class);
      bridge.look();
      bridge.write();
      export(bridge.told());
      bridge.tell();
      offer("later-" + adapter.kind());
      bridge
          .heard()
          .await(
              Observation.Offered.class,
              offered -> offered.offer().key().name().equals("later-" + adapter.kind()));

      assertThat(bridge.said()).isEmpty();
      assertThat(exports.condition(bridge.told(), "Ready")).containsEntry("status", "True");
      assertThat(api.events())
          .filteredOn(event -> bridge.told().equals(event.get("regarding", "name")))
          .isNotEmpty();
      assertThat(LOG).noneMatch(line -> line.contains(bridge.name()) && line.contains("403"));
    }
  }

  @ParameterizedTest
  @FieldSource("ADAPTERS")
  void withoutAnyOneOfThemTheBridgeSaysWhichIsMissing(MeshAdapter adapter) throws Exception {
    assumeARealApi();
    var rights =
        Right.of(shipped(adapter)).stream()
            .filter(right -> !(right.writes() && ONLY_FOR_POLICIES.contains(right.resource())))
            .toList();
    var unsaid = new TreeMap<String, Future<Optional<String>>>();
    var turns = new Semaphore(BRIDGES_AT_ONCE);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < rights.size(); i++) {
        var right = rights.get(i);
        var suffix = adapter.kind() + "-" + i;
        unsaid.put(right.toString(), threads.submit(inTurn(turns, adapter, right, suffix)));
      }
    }

    assertThat(unsaid).hasSizeGreaterThan(20);
    var silent = new TreeMap<String, String>();
    for (var one : unsaid.entrySet()) {
      one.getValue().get().ifPresent(instead -> silent.put(one.getKey(), instead));
    }
    assertThat(silent).isEmpty();
  }

  /** Empty, or what the bridge said instead. */
  private static Callable<Optional<String>> inTurn(
      Semaphore turns, MeshAdapter adapter, Right right, String suffix) {
    return () -> {
      turns.acquire();
      try (var bridge = bridge(adapter, right, suffix)) {
        boolean said = !right.writes() && saysWithin(A_MOMENT, bridge, right);
        if (!said) {
          bridge.write();
          said = saysWithin(A_MOMENT, bridge, right);
        }
        if (!said) {
          export(bridge.told());
          bridge.tell();
          bridge.look();
          said = saysWithin(PATIENCE, bridge, right);
        }
        return said ? Optional.empty() : Optional.of("said only " + bridge.said());
      } finally {
        turns.release();
      }
    };
  }

  private static boolean saysWithin(Duration time, GuardedBridge bridge, Right right) {
    try {
      await().pollInterval(Duration.ofMillis(50)).atMost(time).until(() -> says(bridge, right));
      return true;
    } catch (ConditionTimeoutException never) {
      return false;
    }
  }

  private static boolean says(GuardedBridge bridge, Right right) {
    return bridge.said().stream().anyMatch(line -> line.contains(right.missing()))
        || LOG.stream()
            .anyMatch(line -> line.contains(bridge.name()) && line.contains(right.missing()));
  }

  private static GuardedBridge bridge(MeshAdapter adapter, Right taken, String suffix)
      throws Exception {
    return new GuardedBridge(api, adapter, shipped(adapter), taken, suffix);
  }

  /** An overlay with all that can be added to it, so that every right is one of them. */
  private static List<JsonNode> shipped(MeshAdapter adapter) throws Exception {
    var objects = new ArrayList<>(Rendered.overlay(adapter.kind()));
    objects.addAll(Rendered.componentRights("service-exports"));
    objects.addAll(Rendered.componentRights("tell-owners"));
    return objects;
  }

  /** A Service that its owner offers by a ServiceExport, beside the usual mark. */
  private static void export(String name) {
    offer(name);
    exports.create(name);
  }

  private static void assumeARealApi() {
    assumeThat(api.isReal())
        .as(KubernetesTestApi.ASSETS + " names a folder with kube-apiserver and etcd")
        .isTrue();
  }

  private static void offer(String name) {
    var service =
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: %s
          namespace: shop
          labels:
            meshbridge.io/export: "true"
        spec:
          clusterIP: None
          ports:
            - name: http
              port: 80
        """
            .formatted(name);
    api.client().load(new ByteArrayInputStream(service.getBytes(StandardCharsets.UTF_8))).create();
  }

  /** Keeps what bridges log. */
  private static final class Keeper extends Handler {
    private static final PatternFormatter TEXT = new PatternFormatter("%s");

    @Override
    public void publish(LogRecord entry) {
      LOG.add(TEXT.format(entry));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
