package io.meshbridge.adapter.istio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.meshbridge.model.Reachability;
import io.meshbridge.spi.Observation;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IstioSourceTest {
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
  void offersWhatIsMarkedAndThenSaysThatThatIsAll() throws Exception {
    cluster.service("shop", "web", true);
    cluster.slice("shop", "web", "10.1.0.1", "10.1.0.2");
    cluster.service("shop", "hidden", false);

    try (var connection = cluster.connect();
        var witness = new Witness(connection.source())) {
      witness.awaitsComplete(1);

      assertThat(witness.offers()).hasSize(1);
      var offer = witness.last("web");
      assertThat(offer.endpoints().endpoints())
          .extracting(e -> e.address() + e.ports())
          .containsExactly("10.1.0.1{http-web=8080}", "10.1.0.2{http-web=8080}");
      assertThat(offer.hostnames())
          .containsExactly("web", "web.shop.svc", "web.shop.svc.cluster.local");
      assertThat(offer.labels()).isEmpty();
      assertThat(witness.seen().getLast())
          .isInstanceOfSatisfying(
              Observation.Complete.class,
              complete -> assertThat(complete.services()).containsExactly(offer.key()));
    }
  }

  @Test
  void describesTheMeshBeforeItOffersAnything() throws Exception {
    cluster.service("shop", "web", true);

    try (var connection = cluster.connect();
        var witness = new Witness(connection.source())) {
      witness.awaitsComplete(1);

      assertThat(witness.seen().getFirst())
          .isInstanceOfSatisfying(
              Observation.Described.class,
              described -> assertThat(described.mesh().trustDomain()).isEqualTo("cluster.local"));
    }
  }

  @Test
  void tellsTheRootsOfTheMesh() throws Exception {
    api.namespace("istio-system");
    var root = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----";
    api.client()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("istio-system")
                .withName("istio-ca-root-cert")
                .endMetadata()
                .withData(Map.of("root-cert.pem", root + "\n"))
                .build())
        .createOr(existing -> existing.update());

    try (var connection = cluster.connect();
        var witness = new Witness(connection.source())) {
      witness.awaits(all -> all.stream().anyMatch(Observation.Trusted.class::isInstance));

      assertThat(witness.seen())
          .filteredOn(Observation.Trusted.class::isInstance)
          .containsExactly(new Observation.Trusted("cluster.local", new TreeSet<>(List.of(root))));
    }
  }

  @Test
  void withdrawsWhatLosesItsMarkAndWhatIsDeleted() throws Exception {
    cluster.service("shop", "web", true);
    cluster.service("shop", "cart", true);

    try (var connection = cluster.connect();
        var witness = new Witness(connection.source())) {
      witness.awaitsComplete(1);
      cluster.unexport("shop", "web");
      api.client().services().inNamespace("shop").withName("cart").delete();

      witness.awaits(all -> witness.withdrawn().size() == 2);
      assertThat(witness.withdrawn()).containsExactlyInAnyOrder("web", "cart");
    }
  }

  @Test
  void guardsTheServicesOfANamespaceAsSoonAsItsPolicyIsStrict() throws Exception {
    cluster.service("vault", "keys", true);
    cluster.slice("vault", "keys", "10.1.0.9");

    try (var connection = cluster.connect();
        var witness = new Witness(connection.source())) {
      witness.awaitsComplete(1);
      cluster.policy("vault", "default", Map.of("mtls", Map.of("mode", "STRICT")));
      witness.awaitsOffer(o -> o.access().reachability() == Reachability.MESH_IDENTITY_REQUIRED);
      assertThat(witness.last("keys").access().reason()).contains("vault/default");

      cluster.delete(Cluster.POLICY, "vault", "default");
      witness.awaits(all -> witness.last("keys").access().reachability() == Reachability.PLAIN);
    }
  }

  @Test
  void keepsEverythingWhenTheApiIsUnreachableAndReadsAgainAfterwards() throws Exception {
    cluster.service("shop", "web", true);
    cluster.service("shop", "cart", true);

    try (var connection = cluster.connect();
        var witness = new Witness(connection.source())) {
      witness.awaitsComplete(1);
      api.block();
      witness.awaits(all -> all.stream().anyMatch(Observation.Interrupted.class::isInstance));
      api.client().services().inNamespace("shop").withName("cart").delete();
      assertThat(witness.withdrawn()).isEmpty();
      api.unblock();

      witness.awaitsComplete(2);
      // Its kind's reading may have been cut, but not found broken: it is told a moment later then.
      witness.awaits(all -> witness.withdrawn().equals(List.of("cart")));
      assertThat(witness.seen()).filteredOn(Observation.Interrupted.class::isInstance).hasSize(1);
    }
  }

  @Test
  void withdrawsNothingWhenWatchesAreCut() throws Exception {
    cluster.service("shop", "web", true);
    cluster.slice("shop", "web", "10.1.0.1");

    try (var connection = cluster.connect();
        var witness = new Witness(connection.source())) {
      witness.awaitsComplete(1);
      api.cutConnections();
      cluster.slice("shop", "web", "10.1.0.7");

      witness.awaitsOffer(
          o -> o.endpoints().endpoints().stream().anyMatch(e -> e.address().equals("10.1.0.7")));
      assertThat(witness.withdrawn()).isEmpty();
    }
  }

  @Test
  void listsAgainWithoutAWithdrawalWhenHistoryIsGone() throws Exception {
    cluster.service("shop", "web", true);

    try (var connection = cluster.connect();
        var witness = new Witness(connection.source())) {
      witness.awaitsComplete(1);
      api.block();
      cluster.service("shop", "late", true);
      assumeThat(api.forgetHistory()).isTrue();
      api.unblock();

      witness.awaitsOffer(o -> o.key().name().equals("late"));
      assertThat(witness.withdrawn()).isEmpty();
    }
  }

  @Test
  void offersServicesWhenPeerAuthenticationIsNotInstalled() throws Exception {
    try (var bare = KubernetesTestApi.startWithoutCrds()) {
      var plain = new Cluster(bare);
      plain.service("shop", "web", true);

      try (var connection = plain.connect();
          var witness = new Witness(connection.source())) {
        witness.awaitsComplete(1);

        assertThat(witness.last("web").access().reachability()).isEqualTo(Reachability.PLAIN);
        assertThat(witness.seen()).noneMatch(Observation.Interrupted.class::isInstance);
      }
    }
  }

  @Test
  void offersServiceEntriesOfTheMeshAndOfWhatIsOutsideOfIt() throws Exception {
    var ports = List.of(Map.of("number", 443, "name", "https", "protocol", "HTTPS"));
    var endpoints = List.of(Map.of("address", "10.2.0.1"));
    var marked = Map.of("meshbridge.io/export", "true");
    cluster.entry(
        "shop",
        "vm",
        Map.of(
            "hosts",
            List.of("vm.shop.internal"),
            "location",
            "MESH_INTERNAL",
            "resolution",
            "STATIC",
            "ports",
            ports,
            "endpoints",
            endpoints),
        marked);
    cluster.entry(
        "shop",
        "outside",
        Map.of(
            "hosts",
            List.of("api.example.com"),
            "location",
            "MESH_EXTERNAL",
            "resolution",
            "DNS",
            "ports",
            ports),
        marked);
    cluster.entry(
        "shop",
        "anywhere",
        Map.of("hosts", List.of("any.example.com"), "resolution", "NONE", "ports", ports),
        marked);

    try (var connection = cluster.connect();
        var witness = new Witness(connection.source())) {
      witness.awaitsComplete(1);

      assertThat(witness.offers())
          .extracting(o -> o.key().name(), o -> o.access().reachability())
          .containsExactlyInAnyOrder(
              tuple("vm", Reachability.PLAIN), tuple("outside", Reachability.PLAIN));
      assertThat(witness.seen())
          .filteredOn(Observation.Unreadable.class::isInstance)
          .singleElement()
          .satisfies(
              o -> assertThat(((Observation.Unreadable) o).reason()).contains("resolution NONE"));
    }
  }

  @Test
  void readsServiceExportsAsMarksOnlyWhenToldTo() throws Exception {
    cluster.service("shop", "web", false);
    api.client()
        .genericKubernetesResources(
            new io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext.Builder()
                .withGroup("multicluster.x-k8s.io")
                .withVersion("v1beta1")
                .withKind("ServiceExport")
                .withPlural("serviceexports")
                .withNamespaced(true)
                .build())
        .inNamespace("shop")
        .resource(
            new io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder()
                .withApiVersion("multicluster.x-k8s.io/v1beta1")
                .withKind("ServiceExport")
                .withNewMetadata()
                .withName("web")
                .withNamespace("shop")
                .endMetadata()
                .build())
        .create();

    try (var connection = cluster.connect("marks.service-export", "true");
        var witness = new Witness(connection.source());
        var other = cluster.connect();
        var deaf = new Witness(other.source())) {
      witness.awaitsComplete(1);
      deaf.awaitsComplete(1);

      assertThat(witness.offers()).extracting(o -> o.key().name()).containsExactly("web");
      assertThat(deaf.offers()).isEmpty();
    }
  }
}
