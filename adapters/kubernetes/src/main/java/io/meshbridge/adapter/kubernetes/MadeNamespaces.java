package io.meshbridge.adapter.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.meshbridge.spi.MeshUnavailableException;
import java.util.List;

/**
 * The namespaces that were made for imports. Nobody but their owners can say whether something of
 * theirs is in them by now, and it would go with them.
 */
public final class MadeNamespaces {
  static final String MARK = "app.kubernetes.io/managed-by";
  static final String OURS = "meshbridge";

  private MadeNamespaces() {}

  /**
   * Each of them with what to do.
   *
   * @throws MeshUnavailableException if the connection was closed
   */
  public static List<String> inWords(KubernetesAccess access) throws MeshUnavailableException {
    try {
      return access
          .client()
          .genericKubernetesResources("v1", "Namespace")
          .withLabel(MARK, OURS)
          .list()
          .getItems()
          .stream()
          .map(MadeNamespaces::advice)
          .sorted()
          .toList();
    } catch (KubernetesClientException unreadable) {
      return List.of(
          "namespaces with the label %s=%s, if there are any; they cannot be listed: %s"
              .formatted(MARK, OURS, unreadable.getMessage()));
    }
  }

  private static String advice(GenericKubernetesResource namespace) {
    var name = namespace.getMetadata().getName();
    return "namespace %s, which was made for imports; if nothing of yours is in it: kubectl delete namespace %s"
        .formatted(name, name);
  }
}
