package io.meshbridge.adapter.istio;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.Subset;
import io.meshbridge.spi.Observation;
import io.meshbridge.spi.Offer;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicySourceTest {
  private static final Map<String, Object> TO_WEB = Map.of("destination", Map.of("host", "web"));

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
  void offersTheRoutesOfAServiceAndTheirChangesAndTheirEnd() throws Exception {
    cluster.service("shop", "web", true);
    cluster.route("shop", "web", routes("web", "3s"));

    try (var connection = cluster.connect();
        var witness = new Witness(connection.source())) {
      witness.awaitsComplete(1);
      assertThat(timeoutOf(witness.last("web"))).contains(Duration.ofSeconds(3));

      cluster.delete(Cluster.ROUTE, "shop", "web");
      witness.awaits(all -> witness.last("web").traffic().isNone());
      cluster.route("elsewhere", "later", routes("web.shop.svc.cluster.local", "5s"));
      witness.awaitsOffer(o -> timeoutOf(o).equals(Optional.of(Duration.ofSeconds(5))));
    }
  }

  @Test
  void aRouteThatIsWrongLeavesTheServiceAsItWas() throws Exception {
    cluster.service("shop", "web", true);
    cluster.service("shop", "cart", true);

    try (var connection = cluster.connect();
        var witness = new Witness(connection.source())) {
      witness.awaitsComplete(1);
      cluster.route("shop", "web", retrying("sometimes"));

      witness.awaits(all -> all.stream().anyMatch(Observation.Unreadable.class::isInstance));
      assertThat(witness.seen())
          .filteredOn(Observation.Unreadable.class::isInstance)
          .allSatisfy(
              o ->
                  assertThat(((Observation.Unreadable) o).reason())
                      .contains("VirtualService shop/web")
                      .contains("spec.http[0].retries.retryOn"));
      assertThat(witness.withdrawn()).isEmpty();
      assertThat(witness.offers().stream().filter(o -> o.key().name().equals("cart"))).hasSize(1);
    }
  }

  @Test
  void tellsTheEndpointsOfSubsetsApartByTheLabelsOfTheirPods() throws Exception {
    cluster.service("shop", "web", true);
    pod("web-a", "v1");
    pod("web-b", "v2");
    slice(Map.of("10.1.0.1", "web-a", "10.1.0.2", "web-b"));

    try (var connection = cluster.connect();
        var witness = new Witness(connection.source())) {
      witness.awaitsComplete(1);
      assertThat(witness.last("web").endpoints().endpoints())
          .allSatisfy(e -> assertThat(e.labels()).isEmpty());

      cluster.rule("shop", "web", subsets());
      witness.awaitsOffer(o -> !o.traffic().subsets().isEmpty());
      assertThat(witness.last("web").traffic().subsets())
          .extracting(Subset::name)
          .containsExactly("v1");
      assertThat(witness.last("web").endpoints().endpoints())
          .extracting(e -> e.labels().toString())
          .containsExactly("{version=v1}", "{version=v2}");
    }
  }

  @Test
  void hearsOfAPodAfterItsSlice() throws Exception {
    cluster.service("shop", "web", true);
    cluster.rule("shop", "web", subsets());
    slice(Map.of("10.1.0.1", "web-late"));

    try (var connection = cluster.connect();
        var witness = new Witness(connection.source())) {
      witness.awaitsComplete(1);
      pod("web-late", "v1");

      witness.awaitsOffer(
          o ->
              o.endpoints().endpoints().stream()
                  .anyMatch(e -> "v1".equals(e.labels().get("version"))));
    }
  }

  @Test
  void aSubsetThatIsDefinedLaterMendsTheRouteThatNamesIt() throws Exception {
    cluster.service("shop", "web", true);
    var subset = Map.of("destination", Map.of("host", "web", "subset", "v1"));
    cluster.route(
        "shop",
        "web",
        Map.of("hosts", List.of("web"), "http", List.of(Map.of("route", List.of(subset)))));

    try (var connection = cluster.connect();
        var witness = new Witness(connection.source())) {
      witness.awaitsComplete(1);
      assertThat(witness.seen()).anyMatch(Observation.Unreadable.class::isInstance);

      cluster.rule("shop", "web", subsets());
      witness.awaitsOffer(o -> o.traffic().http().size() == 1);
    }
  }

  private static Optional<Duration> timeoutOf(Offer offer) {
    return offer.traffic().http().stream()
        .findFirst()
        .map(HttpRule::timeouts)
        .flatMap(timeouts -> timeouts.request());
  }

  private static Map<String, Object> routes(String host, String timeout) {
    return Map.of(
        "hosts",
        List.of(host),
        "http",
        List.of(Map.of("timeout", timeout, "route", List.of(TO_WEB))));
  }

  /** Istio's own definition of the kind takes every word. */
  private static Map<String, Object> retrying(String condition) {
    return Map.of(
        "hosts",
        List.of("web"),
        "http",
        List.of(
            Map.of(
                "retries", Map.of("attempts", 1, "retryOn", condition), "route", List.of(TO_WEB))));
  }

  private static Map<String, Object> subsets() {
    return Map.of(
        "host", "web", "subsets", List.of(Map.of("name", "v1", "labels", Map.of("version", "v1"))));
  }

  private void pod(String name, String version) {
    api.namespace("shop");
    api.client()
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .withLabels(Map.of("app", "web", "version", version))
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("web")
                .withImage("web")
                .endContainer()
                .endSpec()
                .build())
        .create();
  }

  private void slice(Map<String, String> podOfAddress) {
    api.client()
        .resource(
            new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("web-1")
                .withLabels(Map.of("kubernetes.io/service-name", "web"))
                .endMetadata()
                .withAddressType("IPv4")
                .addNewPort()
                .withName("http-web")
                .withPort(8080)
                .withProtocol("TCP")
                .endPort()
                .withEndpoints(
                    podOfAddress.entrySet().stream()
                        .map(
                            place ->
                                new EndpointBuilder()
                                    .withAddresses(place.getKey())
                                    .withNewTargetRef()
                                    .withKind("Pod")
                                    .withNamespace("shop")
                                    .withName(place.getValue())
                                    .endTargetRef()
                                    .build())
                        .toList())
                .build())
        .create();
  }
}
