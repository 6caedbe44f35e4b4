package io.meshbridge.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** An Istio behind a Kubernetes API. */
final class KubernetesRig implements MeshRig, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ResourceDefinitionContext SERVICE_ENTRY =
      kind("networking.istio.io", "ServiceEntry", "serviceentries");
  private static final ResourceDefinitionContext PEER_AUTHENTICATION =
      kind("security.istio.io", "PeerAuthentication", "peerauthentications");

  private final Oracle.Origin origin;
  private final KubernetesTestApi api;
  private final ShippedRights rights;
  private final ClusterShops shops;

  KubernetesRig(String mesh) {
    this.origin = Oracle.Origin.istio(mesh);
    this.api = KubernetesTestApi.start();
    this.rights = new ShippedRights(api, "istio-system").give("istio");
    this.shops = new ClusterShops(api, origin.namespace());
  }

  private static ResourceDefinitionContext kind(String group, String kind, String plural) {
    return new ResourceDefinitionContext.Builder()
        .withGroup(group)
        .withVersion("v1")
        .withKind(kind)
        .withPlural(plural)
        .withNamespaced(true)
        .build();
  }

  @Override
  public Oracle.Origin origin() {
    return origin;
  }

  KubernetesTestApi api() {
    return api;
  }

  KubernetesClient client() {
    return api.client();
  }

  @Override
  public BridgeConfiguration addTo(BridgeConfiguration configuration) {
    return configuration.withMesh(
        id(),
        Map.of(
            "kind",
            "istio",
            "settings.kubeconfig",
            rights.kubeconfig().toString(),
            "settings.create-namespace",
            "false"));
  }

  /** Lets bridges read ServiceExports, and tell owners what becomes of them. */
  void letBridgesTellOwners() {
    rights.give("service-exports").give("tell-owners");
  }

  @Override
  public void apply(Operation operation) {
    shops.apply(operation);
  }

  /** From now on the workloads of the namespace take calls from inside the mesh only. */
  void demandMutualTls() {
    var policy =
        new GenericKubernetesResourceBuilder()
            .withApiVersion("security.istio.io/v1")
            .withKind("PeerAuthentication")
            .withNewMetadata()
            .withName("default")
            .withNamespace(origin.namespace())
            .endMetadata()
            .addToAdditionalProperties("spec", Map.of("mtls", Map.of("mode", "STRICT")))
            .build();
    client()
        .genericKubernetesResources(PEER_AUTHENTICATION)
        .inNamespace(origin.namespace())
        .resource(policy)
        .create();
  }

  /** Somebody else's entry. */
  void createServiceEntry(String namespace, String name, String host) {
    api.namespace(namespace);
    var entry =
        new GenericKubernetesResourceBuilder()
            .withApiVersion("networking.istio.io/v1")
            .withKind("ServiceEntry")
            .withNewMetadata()
            .withName(name)
            .withNamespace(namespace)
            .endMetadata()
            .addToAdditionalProperties("spec", specOf(host))
            .build();
    serviceEntries().inNamespace(namespace).resource(entry).create();
  }

  /** Somebody makes an entry of ours his own: his host, and none of our marks. */
  void takeOver(String name) {
    serviceEntries()
        .resource(entryNamed(name))
        .edit(
            entry -> {
              entry.getMetadata().setLabels(Map.of());
              entry.getMetadata().setAnnotations(Map.of());
              entry.setAdditionalProperty("spec", specOf("theirs.example.com"));
              return entry;
            });
  }

  private static Map<String, Object> specOf(String host) {
    return Map.of(
        "hosts",
        List.of(host),
        "resolution",
        "STATIC",
        "ports",
        List.of(Map.of("number", 80, "name", "http", "protocol", "HTTP")));
  }

  /** An entry of this name, whole. */
  String serviceEntry(String name) {
    return Serialization.asJson(entryNamed(name));
  }

  /** Creates a ServiceEntry that somebody wrote, in the namespace of the services. */
  void create(String entry) {
    var object = Serialization.unmarshal(entry, GenericKubernetesResource.class);
    serviceEntries().inNamespace(origin.namespace()).resource(object).create();
  }

  /** Deletes an entry of this name, whoever's it is. */
  void deleteServiceEntry(String name) {
    serviceEntries().resource(entryNamed(name)).delete();
  }

  /** Lets an entry's first port have another number. */
  void changePort(String name) {
    serviceEntries()
        .resource(entryNamed(name))
        .edit(
            entry -> {
              List<Map<String, Object>> ports = entry.get("spec", "ports");
              ports.getFirst().put("number", 1);
              return entry;
            });
  }

  private GenericKubernetesResource entryNamed(String name) {
    return entries().stream()
        .filter(entry -> entry.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  MixedOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      serviceEntries() {
    return client().genericKubernetesResources(SERVICE_ENTRY);
  }

  static String line(GenericKubernetesResource entry) {
    return IstioObjects.line(JSON.<JsonNode>valueToTree(entry));
  }

  @Override
  public SortedSet<String> imports() {
    var lines = new TreeSet<String>();
    for (GenericKubernetesResource entry : entries()) {
      lines.add(line(entry));
    }
    return lines;
  }

  /** The version of every ServiceEntry: a write changes it. */
  SortedMap<String, String> resourceVersions() {
    var versions = new TreeMap<String, String>();
    for (GenericKubernetesResource entry : entries()) {
      versions.put(entry.getMetadata().getName(), entry.getMetadata().getResourceVersion());
    }
    return versions;
  }

  private List<GenericKubernetesResource> entries() {
    return serviceEntries().inAnyNamespace().list().getItems();
  }

  @Override
  public SortedSet<String> expected(String federation, MeshRig other, List<Operation> operations) {
    return new Oracle(federation, other.origin(), id()).istio(operations);
  }

  @Override
  public void close() {
    api.close();
  }
}
