package io.meshbridge.testkit.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The ServiceExports of the Multi-Cluster Services API in one namespace, and what is said of them.
 */
public record ServiceExports(KubernetesTestApi api, String namespace) {
  private static final ResourceDefinitionContext TYPE =
      new ResourceDefinitionContext.Builder()
          .withGroup("multicluster.x-k8s.io")
          .withVersion("v1beta1")
          .withKind("ServiceExport")
          .withPlural("serviceexports")
          .withNamespaced(true)
          .build();

  /** Marks the Service of this name. */
  public void create(String name) {
    api.namespace(namespace);
    api.client()
        .genericKubernetesResources(TYPE)
        .inNamespace(namespace)
        .resource(object(name))
        .create();
  }

  /** Marks it no more. */
  public void delete(String name) {
    resource(name).delete();
  }

  /** As it stands. */
  public GenericKubernetesResource get(String name) {
    return resource(name).get();
  }

  /** Changes what is wanted, and so the generation. */
  public void relabel(String name, Map<String, String> labels) {
    var changed = get(name);
    changed.setAdditionalProperty("spec", Map.of("exportedLabels", labels));
    resource(name).patch(PatchContext.of(PatchType.JSON_MERGE), changed);
  }

  /** Somebody else puts his own status in the place of what stands, whoever's that is. */
  public void overwriteStatus(String name, Map<String, Object> status) {
    var object = get(name);
    object.setAdditionalProperty("status", status);
    resource(name).subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), object);
  }

  /** A controller applies its part of the status, as this field manager. */
  public void applyStatus(String name, String manager, Map<String, Object> status) {
    var object = object(name);
    object.setAdditionalProperty("status", status);
    resource(name)
        .subresource("status")
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(manager)
                .build(),
            object);
  }

  /** A condition as a controller applies it. */
  public static Map<String, Object> condition(String type, String status, String reason) {
    return Map.of(
        "type",
        type,
        "status",
        status,
        "reason",
        reason,
        "message",
        "",
        "lastTransitionTime",
        "2026-11-22T10:00:00Z");
  }

  /** What is said of it; empty if nothing is. */
  public List<Map<String, Object>> conditions(String name) {
    return Objects.requireNonNullElse(get(name).get("status", "conditions"), List.of());
  }

  /** One condition; empty if it does not stand. */
  public Map<String, Object> condition(String name, String type) {
    return conditions(name).stream()
        .filter(one -> type.equals(one.get("type")))
        .findFirst()
        .orElse(Map.of());
  }

  /** For writes for which there is no word here. */
  public Resource<GenericKubernetesResource> resource(String name) {
    return api.client().genericKubernetesResources(TYPE).inNamespace(namespace).withName(name);
  }

  private GenericKubernetesResource object(String name) {
    var object = new GenericKubernetesResource();
    object.setApiVersion("multicluster.x-k8s.io/v1beta1");
    object.setKind("ServiceExport");
    object.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
    return object;
  }
}
