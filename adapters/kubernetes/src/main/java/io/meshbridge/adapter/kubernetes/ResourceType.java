package io.meshbridge.adapter.kubernetes;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A kind of Kubernetes object, in the version in which the bridge speaks of it.
 *
 * @param group empty for the core group
 * @param version such as {@code v1}
 * @param kind such as {@code Service}
 * @param plural as it stands in addresses, such as {@code services}
 * @param namespaced whether objects live in a namespace
 */
public record ResourceType(
    String group, String version, String kind, String plural, boolean namespaced) {
  /** Services of the core group. */
  public static final ResourceType SERVICE =
      new ResourceType("", "v1", "Service", "services", true);

  /** Namespaces. */
  public static final ResourceType NAMESPACE =
      new ResourceType("", "v1", "Namespace", "namespaces", false);

  /** ConfigMaps. */
  public static final ResourceType CONFIG_MAP =
      new ResourceType("", "v1", "ConfigMap", "configmaps", true);

  /** Deployments. */
  public static final ResourceType DEPLOYMENT =
      new ResourceType("apps", "v1", "Deployment", "deployments", true);

  /** What answers behind Services. */
  public static final ResourceType POD = new ResourceType("", "v1", "Pod", "pods", true);

  /** The addresses behind Services. */
  public static final ResourceType ENDPOINT_SLICE =
      new ResourceType("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices", true);

  /** The mark of the Multi-Cluster Services API. */
  public static final ResourceType SERVICE_EXPORT =
      new ResourceType("multicluster.x-k8s.io", "v1beta1", "ServiceExport", "serviceexports", true);

  /** What happens to objects, as people read it. */
  public static final ResourceType EVENT =
      new ResourceType("events.k8s.io", "v1", "Event", "events", true);

  /** {@code group/version}, or the version alone for the core group. */
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** {@code plural.group}, as people name it to kubectl and in RBAC. */
  public String resource() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  /** The same kind in another version. */
  public ResourceType inVersion(String other) {
    return new ResourceType(group, other, kind, plural, namespaced);
  }

  ResourceDefinitionContext context() {
    return new ResourceDefinitionContext.Builder()
        .withGroup(group)
        .withVersion(version)
        .withKind(kind)
        .withPlural(plural)
        .withNamespaced(namespaced)
        .build();
  }

  /** Where the objects of a namespace stand, below the server's address. */
  String collectionPath(String namespace) {
    var root = group.isEmpty() ? "api/" + version : "apis/" + group + "/" + version;
    return namespaced
        ? root + "/namespaces/" + encoded(namespace) + "/" + plural
        : root + "/" + plural;
  }

  String objectPath(ResourceKey key) {
    return collectionPath(key.namespace()) + "/" + encoded(key.name());
  }

  private static String encoded(String element) {
    return URLEncoder.encode(element, StandardCharsets.UTF_8);
  }
}
