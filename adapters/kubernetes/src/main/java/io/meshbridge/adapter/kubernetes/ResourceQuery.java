package io.meshbridge.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;

/**
 * Which objects of a kind are wanted.
 *
 * @param type the kind
 * @param namespace one namespace; empty for all
 * @param labelSelector as the Kubernetes API spells it; empty for any
 * @param fieldSelector as the Kubernetes API spells it; empty for any
 */
public record ResourceQuery(
    ResourceType type, String namespace, String labelSelector, String fieldSelector) {

  /** All objects of a kind, in all namespaces. */
  public static ResourceQuery all(ResourceType type) {
    return new ResourceQuery(type, "", "", "");
  }

  /** The objects with these labels, in all namespaces. */
  public static ResourceQuery labelled(ResourceType type, String labelSelector) {
    return new ResourceQuery(type, "", labelSelector, "");
  }

  /** One object. */
  public static ResourceQuery one(ResourceType type, String namespace, String name) {
    return new ResourceQuery(type, namespace, "", "metadata.name=" + name);
  }

  /** The same query, for the kind in another version. */
  public ResourceQuery inVersion(String version) {
    return new ResourceQuery(type.inVersion(version), namespace, labelSelector, fieldSelector);
  }

  ListOptions options() {
    var options = new ListOptionsBuilder();
    if (!labelSelector.isEmpty()) {
      options.withLabelSelector(labelSelector);
    }
    if (!fieldSelector.isEmpty()) {
      options.withFieldSelector(fieldSelector);
    }
    return options.build();
  }

  /** For people. */
  @Override
  public String toString() {
    return type.resource() + (namespace.isEmpty() ? "" : " in " + namespace);
  }
}
