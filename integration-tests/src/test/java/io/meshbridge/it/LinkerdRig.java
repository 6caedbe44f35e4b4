package io.meshbridge.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** A Linkerd behind a Kubernetes API. */
final class LinkerdRig implements MeshRig, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OURS = "meshbridge.io/target";

  private final Oracle.Origin origin;
  private final KubernetesTestApi api;
  private final ShippedRights rights;
  private final ClusterShops shops;

  /** With the namespaces that the other meshes' services are in. */
  LinkerdRig(String mesh) {
    this.origin = Oracle.Origin.linkerd(mesh);
    this.api = KubernetesTestApi.start();
    this.rights = new ShippedRights(api, "linkerd").give("linkerd").give("linkerd-home-namespaces");
    this.shops = new ClusterShops(api, origin.namespace());
    api.namespace("default");
    api.namespace(Oracle.Origin.istio("").namespace());
  }

  @Override
  public Oracle.Origin origin() {
    return origin;
  }

  KubernetesTestApi api() {
    return api;
  }

  @Override
  public BridgeConfiguration addTo(BridgeConfiguration configuration) {
    return configuration.withMesh(
        id(), Map.of("kind", "linkerd", "settings.kubeconfig", rights.kubeconfig().toString()));
  }

  @Override
  public void apply(Operation operation) {
    shops.apply(operation);
  }

  @Override
  public SortedSet<String> imports() {
    return LinkerdObjects.lines(
        ours().stream().map(object -> JSON.<JsonNode>valueToTree(object)).toList());
  }

  /** The version of every object that bridges wrote: a write changes it. */
  SortedMap<String, String> resourceVersions() {
    var versions = new TreeMap<String, String>();
    for (HasMetadata object : ours()) {
      var meta = object.getMetadata();
      versions.put(object.getKind() + " " + meta.getName(), meta.getResourceVersion());
    }
    return versions;
  }

  private List<HasMetadata> ours() {
    var client = api.client();
    // The slices first: a Service whose slices are just being written is not whole, nor is one
    // whose slices were listed before it came.
    var objects =
        new ArrayList<HasMetadata>(
            client
                .discovery()
                .v1()
                .endpointSlices()
                .inAnyNamespace()
                .withLabel(OURS)
                .list()
                .getItems());
    objects.addAll(client.services().inAnyNamespace().withLabel(OURS).list().getItems());
    return objects;
  }

  @Override
  public SortedSet<String> expected(String federation, MeshRig other, List<Operation> operations) {
    return new Oracle(federation, other.origin(), id()).linkerd(operations);
  }

  @Override
  public void close() {
    api.close();
  }
}
