package io.meshbridge.it;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a bridge may do in a cluster: what the components of {@code k8s/} let it, and nothing else.
 * An API in memory asks nobody who he is, so only a real one holds a bridge to it.
 */
final class ShippedRights {
  private static final Path K8S = Path.of("..", "k8s");
  private static final String ACCOUNT = "meshbridge";

  private final KubernetesTestApi api;
  private final Path kubeconfig;

  /**
   * Makes the namespaces that are shipped, and where the API is a real one the bridge's
   * ServiceAccount, which has no rights yet.
   *
   * @param controlPlane the namespace of the mesh's own parts
   */
  ShippedRights(KubernetesTestApi api, String controlPlane) {
    this.api = api;
    create(K8S.resolve("namespaces").resolve("namespaces.yaml"));
    api.namespace(controlPlane);
    if (api.isReal()) {
      var account =
          new ServiceAccountBuilder()
              .withNewMetadata()
              .withNamespace(ACCOUNT)
              .withName(ACCOUNT)
              .endMetadata()
              .build();
      api.client().resource(account).create();
      this.kubeconfig = api.kubeconfigOf(ACCOUNT, ACCOUNT);
    } else {
      this.kubeconfig = api.kubeconfig();
    }
  }

  /** By which the bridge reaches the API. */
  Path kubeconfig() {
    return kubeconfig;
  }

  /** Gives what a component of {@code k8s/components} gives. */
  ShippedRights give(String component) {
    if (api.isReal()) {
      var folder = K8S.resolve("components").resolve(component);
      List.of("rbac.yaml", "bindings.yaml").stream()
          .map(folder::resolve)
          .filter(Files::exists)
          .forEach(this::create);
    }
    return this;
  }

  private void create(Path manifest) {
    try (InputStream text = Files.newInputStream(manifest)) {
      for (HasMetadata object : api.client().load(text).items()) {
        api.client().resource(toOurAccount(object)).create();
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** As an overlay does it, which says in which namespace the ServiceAccount is. */
  private static HasMetadata toOurAccount(HasMetadata object) {
    switch (object) {
      case RoleBinding binding -> binding.getSubjects().forEach(ShippedRights::inOurNamespace);
      case ClusterRoleBinding binding ->
          binding.getSubjects().forEach(ShippedRights::inOurNamespace);
      default -> {}
    }
    return object;
  }

  private static void inOurNamespace(Subject subject) {
    subject.setNamespace(ACCOUNT);
  }
}
