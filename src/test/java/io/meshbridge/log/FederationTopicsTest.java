package io.meshbridge.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshbridge.model.MeshId;
import org.junit.jupiter.api.Test;

class FederationTopicsTest {
  private final FederationTopics topics = new FederationTopics("demo");

  @Test
  void knowsTheMeshOfItsTopic() {
    var mesh = new MeshId("istio-a");

    assertThat(topics.mesh(mesh)).isEqualTo("meshbridge.demo.mesh.istio-a");
    assertThat(topics.meshOf(topics.mesh(mesh))).contains(mesh);
  }

  @Test
  void takesNoOtherTopicForThatOfAMesh() {
    assertThat(topics.meshOf("meshbridge.other.mesh.istio-a")).isEmpty();
    assertThat(topics.meshOf("meshbridge.demo.mesh.NO")).isEmpty();
    assertThat(topics.meshOf(topics.members())).isEmpty();
  }

  @Test
  void refusesANameThatIsNoDnsLabel() {
    assertThatThrownBy(() -> new FederationTopics("De.mo"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("De.mo");
  }
}
