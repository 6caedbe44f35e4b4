package io.meshbridge.it;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The services of a test in a namespace of a cluster, whatever mesh is in it. */
final class ClusterShops {
  private final KubernetesTestApi api;
  private final String namespace;
  private final Map<String, Shop> standing = new ConcurrentHashMap<>();

  /** Makes the namespace. */
  ClusterShops(KubernetesTestApi api, String namespace) {
    this.api = api;
    this.namespace = namespace;
    api.namespace(namespace);
  }

  /** Sends only what differs from before, as a deployment would. */
  void apply(Operation operation) {
    switch (operation) {
      case Operation.Put(var shop) -> {
        var before = standing.put(shop.name(), shop);
        if (before == null || before.port() != shop.port()) {
          apply(IstioObjects.service(namespace, shop));
        }
        apply(IstioObjects.slice(namespace, shop));
      }
      case Operation.Remove(var name) -> {
        standing.remove(name);
        var client = api.client();
        client.services().inNamespace(namespace).withName(name).delete();
        client
            .discovery()
            .v1()
            .endpointSlices()
            .inNamespace(namespace)
            .withName(name + "-1")
            .delete();
      }
    }
  }

  private void apply(String yaml) {
    HasMetadata object = api.client().resource(yaml).item();
    api.client().resource(object).fieldManager("test").forceConflicts().serverSideApply();
  }
}
