package io.meshbridge.adapter.istio;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.meshbridge.model.Reachability;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.Reading;
import io.meshbridge.spi.Translator.Selection;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A mesh whose settings are not the default ones is read as they say. */
class IstioDocumentsTest {
  private KubernetesTestApi api;
  private Cluster cluster;

  @BeforeEach
  void start() {
    api = KubernetesTestApi.startInMemory();
    cluster = new Cluster(api);
    cluster.service("shop", "web", true);
    cluster.slice("shop", "web", "10.1.0.1");
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void aPolicyOfTheMeshesOwnRootNamespaceHoldsForAll() throws Exception {
    cluster.policy("mesh-root", "default", Map.of("mtls", Map.of("mode", "STRICT")));

    assertThat(reachabilityWith()).isNotEqualTo(Reachability.MESH_IDENTITY_REQUIRED);
    assertThat(reachabilityWith("root-namespace", "mesh-root"))
        .isEqualTo(Reachability.MESH_IDENTITY_REQUIRED);
  }

  @Test
  void namesOfTheClustersOwnDomainAreItsOwn() throws Exception {
    try (var connection = cluster.connect("cluster-domain", "cluster.example")) {
      assertThat(read(connection).offers().getFirst().hostnames())
          .contains("web.shop.svc.cluster.example");
    }
  }

  @Test
  void tellsWhatTheMeshSaysOfItself() throws Exception {
    api.namespace("istio-system");
    api.client()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("istio-system")
                .withName("istio")
                .endMetadata()
                .addToData("mesh", "trustDomain: here.example")
                .build())
        .create();

    try (var connection = cluster.connect()) {
      var documents = connection.documents();
      assertThat(documents.mesh().trustDomain()).isEqualTo("here.example");
      assertThat(documents.besides())
          .extracting(document -> document.location().file())
          .containsExactly("ConfigMap istio-system/istio");
    }
  }

  private Reachability reachabilityWith(String... settings) throws Exception {
    try (var connection = cluster.connect(settings)) {
      return read(connection).offers().getFirst().access().reachability();
    }
  }

  private static Reading read(MeshConnection connection) throws Exception {
    var read = connection.documents();
    return connection.translator().read(read.documents(), read.mesh(), Selection.MARKED);
  }
}
