package io.meshbridge.testkit.kubernetes;

import static io.meshbridge.testkit.kubernetes.ServiceExports.condition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A status that is a subresource: who may write what, and whose it is then. */
class StatusSubresourceTest {
  private static final Map<String, Object> READY = ready("Here");

  private KubernetesTestApi api;
  private ServiceExports exports;

  @BeforeEach
  void start() {
    api = KubernetesTestApi.start();
    exports = new ServiceExports(api, "shop");
    exports.create("web");
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void isNotWrittenWithItsObject() {
    exports.applyStatus("web", "a", READY);

    var changed = exports.get("web");
    changed.setAdditionalProperty("status", ready("There"));
    changed.setAdditionalProperty("spec", Map.of("exportedLabels", Map.of("tier", "web")));
    exports.resource("web").patch(PatchContext.of(PatchType.JSON_MERGE), changed);

    assertThat(exports.condition("web", "Ready")).containsEntry("reason", "Here");
    assertThat(exports.get("web").getAdditionalProperties()).containsKey("spec");
  }

  @Test
  void takesNothingElseWithIt() {
    var object = exports.get("web");
    object.setAdditionalProperty("status", READY);
    object.setAdditionalProperty("spec", Map.of("exportedLabels", Map.of("tier", "web")));

    exports
        .resource("web")
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), object);

    assertThat(exports.get("web").getAdditionalProperties())
        .containsKey("status")
        .doesNotContainKey("spec");
  }

  @Test
  void leavesTheGenerationAsItIsAndAChangeOfTheSpecDoesNot() {
    assertThat(exports.get("web").getMetadata().getGeneration()).isEqualTo(1);

    exports.applyStatus("web", "a", READY);
    assertThat(exports.get("web").getMetadata().getGeneration()).isEqualTo(1);

    exports.relabel("web", Map.of("tier", "web"));
    assertThat(exports.get("web").getMetadata().getGeneration()).isEqualTo(2);
  }

  @Test
  void isHeldConditionByCondition() {
    exports.applyStatus("web", "a", READY);
    exports.applyStatus(
        "web", "b", Map.of("conditions", List.of(condition("Valid", "True", "There"))));

    assertThat(exports.condition("web", "Ready")).containsEntry("reason", "Here");
    assertThat(exports.condition("web", "Valid")).containsEntry("reason", "There");
    assertThatThrownBy(() -> exports.applyStatus("web", "b", ready("Mine")))
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refused -> {
              assertThat(refused.getCode()).isEqualTo(409);
              assertThat(refused.getMessage())
                  .contains("\"a\"")
                  .contains(".status.conditions[type=\"Ready\"].reason");
            });
    assertThat(exports.condition("web", "Ready")).containsEntry("reason", "Here");
    assertThat(exports.get("web").getMetadata().getManagedFields())
        .filteredOn(entry -> "status".equals(entry.getSubresource()))
        .extracting(ManagedFieldsEntry::getManager)
        .containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void losesAConditionThatItsOwnerLeavesOut() {
    var both = List.of(condition("Ready", "True", "Here"), condition("Valid", "True", "Valid"));
    exports.applyStatus("web", "a", Map.of("conditions", both));

    exports.applyStatus("web", "a", READY);

    assertThat(exports.conditions("web"))
        .extracting(one -> one.get("type"))
        .containsExactly("Ready");
  }

  @Test
  void isNoNewVersionIfNothingChanges() {
    exports.applyStatus("web", "a", READY);
    var version = exports.get("web").getMetadata().getResourceVersion();

    exports.applyStatus("web", "a", READY);

    assertThat(exports.get("web").getMetadata().getResourceVersion()).isEqualTo(version);
  }

  @Test
  void isNotThereForAKindWithoutIt() {
    var type =
        new ResourceDefinitionContext.Builder()
            .withGroup("policy.linkerd.io")
            .withVersion("v1beta3")
            .withKind("Server")
            .withPlural("servers")
            .withNamespaced(true)
            .build();
    var server = new GenericKubernetesResource();
    server.setApiVersion("policy.linkerd.io/v1beta3");
    server.setKind("Server");
    server.setMetadata(new ObjectMetaBuilder().withNamespace("shop").withName("web").build());
    server.setAdditionalProperty(
        "spec", Map.of("podSelector", Map.of("matchLabels", Map.of("app", "web")), "port", "http"));
    var servers = api.client().genericKubernetesResources(type).inNamespace("shop");
    servers.resource(server).create();
    server.setAdditionalProperty("status", READY);

    assertThatThrownBy(
            () ->
                servers
                    .withName("web")
                    .subresource("status")
                    .patch(PatchContext.of(PatchType.JSON_MERGE), server))
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            refused -> assertThat(refused.getCode()).isEqualTo(404));
  }

  private static Map<String, Object> ready(String reason) {
    return Map.of("conditions", List.of(condition("Ready", "True", reason)));
  }
}
