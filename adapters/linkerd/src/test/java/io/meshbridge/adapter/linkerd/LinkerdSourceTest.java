package io.meshbridge.adapter.linkerd;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Reachability;
import io.meshbridge.model.ServicePort;
import io.meshbridge.spi.Observation;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LinkerdSourceTest {
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
    cluster.config("linkerdVersion: edge-26.8.3\nidentityTrustDomain: shops.example\n");
  }

  @Test
  void tellsTheTrustRootsAndTellsThemAgainWhenTheyRotate() throws Exception {
    cluster.trustRoots(certificate("AAAA"));

    try (var connection = cluster.connect();
        var witness = new Witness(connection.source())) {
      witness.awaits(all -> rootsIn(all).contains(1));

      cluster.trustRoots(certificate("AAAA") + certificate("BBBB"));

      witness.awaits(all -> rootsIn(all).equals(List.of(1, 2)));
    }
  }

  private static String certificate(String content) {
    return "-----BEGIN CERTIFICATE-----\n" + content + "\n-----END CERTIFICATE-----\n";
  }

  private static List<Integer> rootsIn(List<Observation> all) {
    return all.stream()
        .filter(Observation.Trusted.class::isInstance)
        .map(o -> ((Observation.Trusted) o).roots().size())
        .toList();
  }

  @Test
  void describesTheMeshThenOffersWhatIsMarkedThenSaysThatThatIsAll() throws Exception {
    cluster.service("shop", "web", Cluster.EXPORTED);
    cluster.slice("shop", "web", "10.1.0.1", "10.1.0.2");
    cluster.service("shop", "hidden", Map.of());

    try (var connection = cluster.connect();
        var witness = new Witness(connection.source())) {
      witness.awaitsComplete(1);

      assertThat(witness.seen().getFirst())
          .isInstanceOfSatisfying(
              Observation.Described.class,
              described -> {
                assertThat(described.mesh().trustDomain()).isEqualTo("shops.example");
                assertThat(described.mesh().version()).isEqualTo("edge-26.8.3");
              });
      var offer = witness.last("web");
      assertThat(offer.ports()).containsExactly(new ServicePort("http", 80, AppProtocol.HTTP));
      assertThat(offer.endpoints().endpoints())
          .extracting(e -> e.address() + e.ports())
          .containsExactly("10.1.0.1{http=8080}", "10.1.0.2{http=8080}");
      assertThat(offer.access().reachability()).isEqualTo(Reachability.PLAIN);
      assertThat(witness.seen().getLast())
          .isInstanceOfSatisfying(
              Observation.Complete.class,
              complete -> assertThat(complete.services()).containsExactly(offer.key()));
    }
  }

  @Test
  void guardsAServiceAsSoonAsAServerMaySelectItsPods() throws Exception {
    cluster.service("shop", "web", Cluster.EXPORTED);
    cluster.slice("shop", "web", "10.1.0.1");

    try (var connection = cluster.connect();
        var witness = new Witness(connection.source())) {
      witness.awaitsComplete(1);
      cluster.server(
          "shop",
          "web-http",
          Map.of("podSelector", Map.of("matchLabels", Map.of("app", "web")), "port", 8080));
      witness.awaitsOffer(o -> o.access().reachability() == Reachability.MESH_IDENTITY_REQUIRED);
      assertThat(witness.last("web").access().reason()).contains("Server shop/web-http");

      cluster.deleteServer("shop", "web-http");
      witness.awaits(all -> witness.last("web").access().reachability() == Reachability.PLAIN);
    }
  }

  @Test
  void readsServersOfAnOlderLinkerd() throws Exception {
    try (var old = KubernetesTestApi.startWithoutCrds()) {
      old.installCrd("policy.linkerd.io", "Server", "servers", "v1beta1");
      var older = new Cluster(old);
      older.service("shop", "web", Cluster.EXPORTED);
      older.create(
          "Server",
          "servers",
          "v1beta1",
          "shop",
          "web-http",
          Map.of("podSelector", Map.of(), "port", "http"),
          Map.of());

      try (var connection = older.connect();
          var witness = new Witness(connection.source())) {
        witness.awaitsComplete(1);

        assertThat(witness.last("web").access().reason())
            .contains("Server shop/web-http")
            .contains("deny");
      }
    }
  }

  @Test
  void offersServicesWhenLinkerdsPoliciesAreNotInstalled() throws Exception {
    try (var bare = KubernetesTestApi.startWithoutCrds()) {
      var plain = new Cluster(bare);
      plain.service("shop", "web", Cluster.EXPORTED);

      try (var connection = plain.connect();
          var witness = new Witness(connection.source())) {
        witness.awaitsComplete(1);

        assertThat(witness.last("web").access().reachability()).isEqualTo(Reachability.PLAIN);
        assertThat(witness.seen()).noneMatch(Observation.Interrupted.class::isInstance);
        assertThat(witness.seen().getFirst())
            .isInstanceOfSatisfying(
                Observation.Described.class,
                d -> assertThat(d.mesh().trustDomain()).isEqualTo("cluster.local"));
      }
    }
  }

  @Test
  void guardsByTheDefaultPolicyOfTheNamespaceAndOfTheMesh() throws Exception {
    cluster.service("vault", "keys", Cluster.EXPORTED);

    try (var connection = cluster.connect();
        var witness = new Witness(connection.source())) {
      witness.awaitsComplete(1);
      cluster.annotateNamespace(
          "vault", Map.of("config.linkerd.io/default-inbound-policy", "all-authenticated"));
      witness.awaitsOffer(o -> o.access().reason().contains("namespace vault"));

      cluster.annotateNamespace("vault", Map.of());
      witness.awaits(all -> witness.last("keys").access().reachability() == Reachability.PLAIN);
      cluster.config("proxy: {defaultInboundPolicy: deny}");
      witness.awaitsOffer(o -> o.access().reason().contains("mesh is deny"));
    }
  }

  @Test
  void readsOpaquePortsOfTheNamespaceAsTheyChange() throws Exception {
    cluster.service("opaque", "web", Cluster.EXPORTED);

    try (var connection = cluster.connect();
        var witness = new Witness(connection.source())) {
      witness.awaitsComplete(1);
      cluster.annotateNamespace("opaque", Map.of("config.linkerd.io/opaque-ports", "79-80"));

      witness.awaitsOffer(o -> o.ports().getFirst().protocol() == AppProtocol.TCP);
    }
  }

  @Test
  void withdrawsWhatIsGoneAndNothingWhileTheApiIsUnreachable() throws Exception {
    cluster.service("shop", "web", Cluster.EXPORTED);
    cluster.service("shop", "cart", Cluster.EXPORTED);

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
    }
  }

  @Test
  void readsOthersMarksOnlyWhenToldToAndNeverMirrors() throws Exception {
    cluster.service("shop", "web", Map.of("mirror.linkerd.io/exported", "true"));
    cluster.service(
        "shop",
        "cart-east",
        Map.of("meshbridge.io/export", "true", "mirror.linkerd.io/cluster-name", "east"));

    try (var connection = cluster.connect("marks.linkerd-exported", "true");
        var witness = new Witness(connection.source());
        var other = cluster.connect();
        var deaf = new Witness(other.source())) {
      witness.awaitsComplete(1);
      deaf.awaitsComplete(1);

      assertThat(witness.offers()).extracting(o -> o.key().name()).containsExactly("web");
      assertThat(deaf.offers()).isEmpty();
    }
  }

  @Test
  void cannotOfferAnEgressNetwork() throws Exception {
    cluster.egressNetwork("shop", "internet");

    try (var connection = cluster.connect();
        var witness = new Witness(connection.source())) {
      witness.awaitsComplete(1);

      assertThat(witness.seen())
          .filteredOn(Observation.Unreadable.class::isInstance)
          .singleElement()
          .satisfies(
              o ->
                  assertThat(((Observation.Unreadable) o).reason())
                      .isEqualTo("an EgressNetwork names ranges, not a service"));
    }
  }

  @Test
  void offersWhatABridgeWroteWithItsPath() throws Exception {
    api.namespace("shop");
    try (var writing = cluster.connect()) {
      writing.sink().start(ignored -> {});
      writing.sink().apply(Imports.web("10.3.0.1"), io.meshbridge.spi.WritePermit.ALWAYS);
      api.client()
          .services()
          .inNamespace("shop")
          .withName("web-away")
          .edit(
              s ->
                  new io.fabric8.kubernetes.api.model.ServiceBuilder(s)
                      .editMetadata()
                      .addToLabels("meshbridge.io/export", "true")
                      .endMetadata()
                      .build());
      try (var witness = new Witness(writing.source())) {
        witness.awaitsComplete(1);

        var offer = witness.last("web-away");
        assertThat(offer.path().toString()).isEqualTo("away,here");
        assertThat(offer.ports()).isEqualTo(List.of(Imports.HTTP));
        assertThat(offer.endpoints().endpoints())
            .extracting(e -> e.address())
            .containsExactly("10.3.0.1");
      }
    }
  }
}
