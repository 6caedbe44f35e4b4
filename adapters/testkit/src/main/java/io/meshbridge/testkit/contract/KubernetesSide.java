package io.meshbridge.testkit.contract;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.meshbridge.model.Location;
import io.meshbridge.model.Marks;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Document;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The half of a rig that all Kubernetes meshes share: people's services are Services with
 * EndpointSlices, in one namespace. Headless ones, so that no range of cluster addresses ends.
 */
public final class KubernetesSide implements AutoCloseable {
  /** Where people's services are. */
  public static final String NAMESPACE = "shop";

  private static final String SLICE_OF = "kubernetes.io/service-name";
  private static final Set<String> VOLATILE =
      Set.of("managedFields", "resourceVersion", "generation", "creationTimestamp", "uid");

  private final KubernetesTestApi api;
  private final MeshDescriptor mesh;
  private final List<ResourceDefinitionContext> customTypes;
  private final KubernetesSerialization json = new KubernetesSerialization();

  /**
   * Starts an API: a real one where there is one, else one in memory.
   *
   * @param customTypes the custom resources that count among a mesh's objects
   */
  public KubernetesSide(MeshDescriptor mesh, ResourceDefinitionContext... customTypes) {
    this.mesh = mesh;
    this.customTypes = List.of(customTypes);
    this.api = KubernetesTestApi.start();
  }

  /** The API, for what is not shared. */
  public KubernetesTestApi api() {
    return api;
  }

  /** Deletes what tests made, and mends the line. */
  public void clear() {
    api.unblock();
    api.clear();
    api.namespace(NAMESPACE);
  }

  /** Creates or changes a Service and its slice. */
  public ServiceKey put(HomeService service) {
    var labels = new TreeMap<>(service.labels());
    if (service.marked()) {
      labels.put(Marks.KUBERNETES.export(), "true");
    }
    return put(service, labels);
  }

  /** Deletes a Service and its slice. */
  public void remove(HomeService service) {
    api.client().services().inNamespace(NAMESPACE).withName(service.name()).delete();
    api.client()
        .discovery()
        .v1()
        .endpointSlices()
        .inNamespace(NAMESPACE)
        .withName(service.name())
        .delete();
  }

  /** Puts a Service as each of the tools would that are known to mirror. */
  public void putMirrored(HomeService service) {
    var marks =
        Map.of(
            "linkerd", Map.of("mirror.linkerd.io/mirrored-service", "true"),
            "admiral", Map.of("app.kubernetes.io/created-by", "admiral"),
            "consul", Map.of("external-source", "consul"));
    marks.forEach(
        (tool, mark) -> {
          var labels = new TreeMap<>(mark);
          labels.put(Marks.KUBERNETES.export(), "true");
          var named = service.name() + "-" + tool;
          put(new HomeService(named, true, service.labels(), service.addresses()), labels);
        });
  }

  /** Services at the edge of what an API server lets people make. */
  public Set<ServiceKey> putStrange() {
    var strange = new HashSet<ServiceKey>();
    strange.add(put(HomeService.marked("x", "10.1.1.1")));
    strange.add(put(HomeService.marked("a" + "-0".repeat(31), "10.1.1.2")));
    var labelled =
        new TreeMap<>(Map.of("example.com/" + "k".repeat(63), "V.x_y-" + "z".repeat(57)));
    strange.add(put(new HomeService("labelled", true, labelled, List.of("10.1.1.3"))));
    var annotated = service("annotated", Map.of(Marks.KUBERNETES.export(), "true"));
    annotated
        .getMetadata()
        .setAnnotations(
            Map.of(
                "example.com/emoji",
                "🚀 größe",
                "example.com/long",
                "ä".repeat(100_000),
                "empty",
                ""));
    strange.add(put(annotated));
    var nameless = service("nameless-port", Map.of(Marks.KUBERNETES.export(), "true"));
    nameless.getSpec().getPorts().getFirst().setName(null);
    strange.add(put(nameless));
    var external = service("external", Map.of(Marks.KUBERNETES.export(), "true"));
    external.getSpec().setType("ExternalName");
    external.getSpec().setExternalName("xn--bcher-kva.example.com");
    external.getSpec().setClusterIP(null);
    strange.add(put(external));
    var portless = service("portless", Map.of(Marks.KUBERNETES.export(), "true"));
    portless.getSpec().setPorts(List.of());
    strange.add(put(portless));
    return strange;
  }

  /** Creates an object of any kind, from its manifest. */
  public void create(ResourceDefinitionContext type, Map<String, Object> manifest) {
    var object = json.convertValue(manifest, GenericKubernetesResource.class);
    var namespace = object.getMetadata().getNamespace();
    api.namespace(namespace);
    api.client().genericKubernetesResources(type).inNamespace(namespace).resource(object).create();
  }

  /** Changes an object of any kind as somebody else would: read, change, replace. */
  public void edit(
      ResourceDefinitionContext type,
      String namespace,
      String name,
      Consumer<GenericKubernetesResource> change) {
    var resource =
        api.client().genericKubernetesResources(type).inNamespace(namespace).withName(name);
    var object = resource.get();
    change.accept(object);
    resource.patch(object);
  }

  /** Deletes an object by its name among {@link #objects()}. */
  public void delete(String reference) {
    everything().stream()
        .filter(object -> referenceOf(object).equals(reference))
        .forEach(this::delete);
  }

  /** All Services, slices and custom resources. */
  public SortedMap<String, NativeObject> objects() {
    var objects = new TreeMap<String, NativeObject>();
    everything().forEach(object -> objects.put(referenceOf(object), nativeObject(object)));
    return objects;
  }

  @Override
  public void close() {
    api.close();
  }

  private Collection<HasMetadata> everything() {
    var all = new HashMap<String, HasMetadata>();
    Consumer<HasMetadata> add = object -> all.put(referenceOf(object), object);
    api.client().services().inAnyNamespace().list().getItems().stream()
        .filter(service -> !service.getMetadata().getName().equals("kubernetes"))
        .forEach(add);
    api.client().discovery().v1().endpointSlices().inAnyNamespace().list().getItems().stream()
        .filter(slice -> !slice.getMetadata().getName().startsWith("kubernetes"))
        .forEach(add);
    for (ResourceDefinitionContext type : customTypes) {
      api.client().genericKubernetesResources(type).inAnyNamespace().list().getItems().forEach(add);
    }
    return all.values();
  }

  private void delete(HasMetadata object) {
    if (object instanceof GenericKubernetesResource custom) {
      customTypes.stream()
          .filter(type -> type.getKind().equals(custom.getKind()))
          .forEach(
              type ->
                  api.client()
                      .genericKubernetesResources(type)
                      .inNamespace(custom.getMetadata().getNamespace())
                      .withName(custom.getMetadata().getName())
                      .delete());
    } else {
      api.client().resource(object).delete();
    }
  }

  private static String referenceOf(HasMetadata object) {
    var metadata = object.getMetadata();
    return object.getKind() + " " + metadata.getNamespace() + "/" + metadata.getName();
  }

  private NativeObject nativeObject(HasMetadata object) {
    var metadata = object.getMetadata();
    var content = new LinkedHashMap<String, Object>(asMap(object));
    if (content.get("metadata") instanceof Map<?, ?> full) {
      var stable = new TreeMap<String, Object>();
      full.forEach(
          (key, value) -> {
            if (!VOLATILE.contains(String.valueOf(key))) {
              stable.put(String.valueOf(key), value);
            }
          });
      content.put("metadata", stable);
    }
    return new NativeObject(
        metadata.getUid() + "/" + metadata.getResourceVersion(),
        new Document(Location.of(referenceOf(object)), content, Map.of()));
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> asMap(HasMetadata object) {
    return json.convertValue(object, Map.class);
  }

  private ServiceKey put(HomeService service, Map<String, String> labels) {
    var key = put(service(service.name(), labels));
    put(slice(service));
    return key;
  }

  private ServiceKey put(Service service) {
    api.client().resource(service).createOr(existing -> existing.update());
    return new ServiceKey(mesh.id(), NAMESPACE, service.getMetadata().getName());
  }

  private void put(EndpointSlice slice) {
    api.client().resource(slice).createOr(existing -> existing.update());
  }

  private static Service service(String name, Map<String, String> labels) {
    return new ServiceBuilder()
        .withMetadata(metadata(name, labels))
        .withNewSpec()
        .withClusterIP("None")
        .withSelector(Map.of("app", name))
        .addNewPort()
        .withName("http")
        .withPort(80)
        .withNewTargetPort(HomeService.PORT)
        .withProtocol("TCP")
        .endPort()
        .endSpec()
        .build();
  }

  private static EndpointSlice slice(HomeService service) {
    return new EndpointSliceBuilder()
        .withMetadata(metadata(service.name(), Map.of(SLICE_OF, service.name())))
        .withAddressType("IPv4")
        .addNewPort()
        .withName("http")
        .withPort(HomeService.PORT)
        .withProtocol("TCP")
        .endPort()
        .withEndpoints(
            service.addresses().stream()
                .map(
                    address ->
                        new EndpointBuilder()
                            .withAddresses(address)
                            .withNewConditions()
                            .withReady(true)
                            .endConditions()
                            .build())
                .toList())
        .build();
  }

  private static ObjectMeta metadata(String name, Map<String, String> labels) {
    return new ObjectMetaBuilder()
        .withNamespace(NAMESPACE)
        .withName(name)
        .withLabels(new TreeMap<>(labels))
        .build();
  }
}
