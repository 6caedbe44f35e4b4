package io.meshbridge.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.meshbridge.model.Location;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.spi.MeshDocuments;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.Settings;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterDocumentsTest {
  private static final int MORE_THAN_A_PAGE = 510;
  private static final ResourceQuery CONFIG_MAPS = ResourceQuery.all(ResourceType.CONFIG_MAP);
  private static final ResourceType NOTHING =
      new ResourceType("no.example.com", "v1", "Nothing", "nothings", true);
  private static final ResourceType SPLIT =
      new ResourceType("split.smi-spec.io", "v1alpha4", "TrafficSplit", "trafficsplits", true);

  private KubernetesTestApi api;
  private KubernetesAccess access;
  private ClusterDocuments cluster;

  @BeforeEach
  void start() {
    api = KubernetesTestApi.startInMemory();
    access =
        new KubernetesAccess(
            Settings.check(
                KubernetesSettings.specs(), Map.of("kubeconfig", api.kubeconfig().toString())));
    cluster = new ClusterDocuments(access);
  }

  @AfterEach
  void stop() {
    access.close();
    api.close();
  }

  @Test
  void isWholeAlsoIfTheServerForgetsAPageMeanwhile() throws Exception {
    for (int i = 0; i < MORE_THAN_A_PAGE; i++) {
      configMap("map-" + i);
    }
    api.expireNextPage();

    cluster.need(CONFIG_MAPS);

    assertThat(read().documents())
        .extracting(document -> document.location().file())
        .hasSize(MORE_THAN_A_PAGE)
        .doesNotHaveDuplicates();
  }

  @Test
  void writesAnObjectDownAsPeopleKeepItInFiles() throws Exception {
    configMap("map");

    cluster.need(CONFIG_MAPS);

    assertThat(read().documents())
        .singleElement()
        .satisfies(
            document -> {
              assertThat(document.location()).isEqualTo(Location.of("ConfigMap default/map"));
              assertThat(document.content())
                  .containsEntry("apiVersion", "v1")
                  .containsEntry("kind", "ConfigMap")
                  .containsEntry("data", Map.of("word", "said"));
              assertThat(document.content().get("metadata"))
                  .asInstanceOf(
                      org.assertj.core.api.InstanceOfAssertFactories.map(
                          String.class, Object.class))
                  .containsOnlyKeys("name", "namespace", "creationTimestamp", "labels")
                  .containsEntry("labels", Map.of("tier", "web"));
            });
  }

  @Test
  void aKindThatIsNotInstalledHasNoObjects() throws Exception {
    cluster.need(ResourceQuery.all(NOTHING));
    cluster.want(List.of(ResourceQuery.all(NOTHING)));

    assertThat(read().documents()).isEmpty();
    assertThat(read().diagnostics()).isEmpty();
  }

  @Test
  void takesTheVersionThatIsServed() throws Exception {
    split();

    cluster.want(
        List.of(
            ResourceQuery.all(SPLIT.inVersion("v9")),
            ResourceQuery.all(SPLIT),
            ResourceQuery.all(SPLIT.inVersion("v1alpha2")),
            ResourceQuery.all(SPLIT.inVersion("v1alpha1"))));

    assertThat(read().documents())
        .singleElement()
        .satisfies(
            document ->
                assertThat(document.content().get("apiVersion").toString())
                    .startsWith("split.smi-spec.io/v1alpha"));
  }

  @Test
  void saysThatAClusterCannotBeRead() {
    api.block();

    assertThatThrownBy(() -> cluster.want(List.of(CONFIG_MAPS)))
        .isInstanceOf(MeshUnavailableException.class)
        .hasMessageStartingWith("cannot read configmaps: ");
  }

  private MeshDocuments read() {
    return cluster.of(new MeshDescriptor(new MeshId("here"), "any", "", "", ""));
  }

  private void configMap(String name) {
    api.client()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .addToLabels("tier", "web")
                .endMetadata()
                .addToData("word", "said")
                .build())
        .create();
  }

  private void split() {
    var split = new GenericKubernetesResource();
    split.setApiVersion("split.smi-spec.io/v1alpha2");
    split.setKind("TrafficSplit");
    split.setMetadata(new ObjectMetaBuilder().withName("web").withNamespace("default").build());
    split.setAdditionalProperty(
        "spec",
        Map.of("service", "web", "backends", List.of(Map.of("service", "web-2", "weight", 1))));
    api.client()
        .genericKubernetesResources(SPLIT.inVersion("v1alpha2").context())
        .inNamespace("default")
        .resource(split)
        .create();
  }
}
