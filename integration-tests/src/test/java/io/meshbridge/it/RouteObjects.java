package io.meshbridge.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Objects that route, as their owners write them into a cluster and as tests find them there. */
final class RouteObjects {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> GROUPS =
      Map.of(
          "VirtualService", "networking.istio.io",
          "DestinationRule", "networking.istio.io",
          "Gateway", "networking.istio.io",
          "HTTPRoute", "gateway.networking.k8s.io");

  private final KubernetesTestApi api;

  RouteObjects(KubernetesTestApi api) {
    this.api = api;
  }

  /** Creates the object, or puts this one in its place. */
  void put(String yaml) {
    var object = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
    var metadata = object.getMetadata();
    api.client()
        .genericKubernetesResources(kind(object.getKind()))
        .inNamespace(metadata.getNamespace())
        .resource(object)
        .createOr(existing -> existing.update());
  }

  void delete(String kind, String namespace, String name) {
    api.client()
        .genericKubernetesResources(kind(kind))
        .inNamespace(namespace)
        .withName(name)
        .delete();
  }

  /** All objects of a kind that bridges wrote. */
  List<JsonNode> ours(String kind) {
    return api
        .client()
        .genericKubernetesResources(kind(kind))
        .inAnyNamespace()
        .list()
        .getItems()
        .stream()
        .map(object -> JSON.<JsonNode>valueToTree(object))
        .filter(object -> object.at("/metadata/labels").toString().contains("meshbridge.io/"))
        .toList();
  }

  private static ResourceDefinitionContext kind(String kind) {
    return new ResourceDefinitionContext.Builder()
        .withGroup(GROUPS.get(kind))
        .withVersion("v1")
        .withKind(kind)
        .withPlural(kind.toLowerCase(Locale.ROOT) + "s")
        .withNamespaced(true)
        .build();
  }
}
