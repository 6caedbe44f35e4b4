package io.meshbridge.adapter.linkerd;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.meshbridge.model.Import;
import io.meshbridge.model.Marks;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.NativeDocument;
import io.meshbridge.spi.Translation;
import io.meshbridge.spi.Translator;
import io.meshbridge.testkit.Samples;
import io.meshbridge.testkit.contract.HomeService;
import io.meshbridge.testkit.contract.KubernetesSide;
import io.meshbridge.testkit.contract.MeshRig;
import io.meshbridge.testkit.contract.NativeObject;
import io.meshbridge.testkit.contract.Tampering;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A Linkerd mesh: a Kubernetes API, in memory or real. */
final class LinkerdRig implements MeshRig {
  private static final String EXPORT = Marks.KUBERNETES.export();
  private static final ResourceDefinitionContext SERVICE = kind("", "v1", "Service", "services");
  private static final ResourceDefinitionContext SLICE =
      kind("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices");

  private final KubernetesSide kubernetes = new KubernetesSide(Cluster.MESH);
  private final Cluster cluster = new Cluster(kubernetes.api());
  private final LinkerdAdapter adapter = new LinkerdAdapter();

  @Override
  public MeshDescriptor mesh() {
    return Cluster.MESH;
  }

  @Override
  public Translator translator() {
    return adapter.translator();
  }

  @Override
  public MeshConnection connect() {
    return cluster.connectTo(Samples.FEDERATION, Cluster.NO_HOSTS);
  }

  @Override
  public void clear() {
    kubernetes.clear();
  }

  @Override
  public ServiceKey put(HomeService service) {
    return kubernetes.put(service);
  }

  @Override
  public void remove(HomeService service) {
    kubernetes.remove(service);
  }

  @Override
  public boolean putMirrored(HomeService service) {
    kubernetes.putMirrored(service);
    return true;
  }

  @Override
  public ServiceKey putExported(Import imported) {
    var context = new Translator.WriteContext(Samples.FEDERATION, mesh().id(), "");
    var written = (Translation.Written) translator().write(imported, context);
    for (NativeDocument document : written.documents()) {
      var manifest = new LinkedHashMap<>(document.content());
      if (manifest.get("kind").equals("Service")) {
        labelsOf(manifest).put(EXPORT, "true");
        kubernetes.create(SERVICE, manifest);
      } else {
        kubernetes.create(SLICE, manifest);
      }
    }
    var name = nameOf(imported.service());
    return new ServiceKey(mesh().id(), KubernetesSide.NAMESPACE, name);
  }

  @Override
  public Set<ServiceKey> putStrange() {
    var strange = new HashSet<>(kubernetes.putStrange());
    kubernetes.create(
        SERVICE,
        Map.of(
            "apiVersion",
            "v1",
            "kind",
            "Service",
            "metadata",
            Map.of(
                "namespace",
                KubernetesSide.NAMESPACE,
                "name",
                "opaque",
                "labels",
                Map.of(EXPORT, "true"),
                "annotations",
                Map.of(LinkerdTypes.OPAQUE_PORTS, "x, 9-1,99999999999, 🚀,,80")),
            "spec",
            Map.of("clusterIP", "None", "ports", List.of(Map.of("name", "p", "port", 80)))));
    strange.add(new ServiceKey(mesh().id(), KubernetesSide.NAMESPACE, "opaque"));
    return strange;
  }

  @Override
  public void breakReading() {
    kubernetes.api().block();
  }

  @Override
  public void restoreReading() {
    kubernetes.api().unblock();
  }

  @Override
  public String importName(ServiceKey service) {
    return nameOf(service) + "." + service.namespace();
  }

  /** Without what the API server chooses anew for an object that is made again. */
  @Override
  public SortedMap<String, NativeObject> objects() {
    var objects = new TreeMap<String, NativeObject>();
    kubernetes
        .objects()
        .forEach(
            (name, object) ->
                objects.put(
                    name,
                    new NativeObject(
                        object.version(),
                        new Document(
                            object.document().location(),
                            withoutChoices(object.document().content()),
                            Map.of()))));
    return objects;
  }

  /** Two Services of one name there cannot be: whoever takes the name takes ours away first. */
  @Override
  public String occupy(Import wanted) {
    var name = nameOf(wanted.service());
    var namespace = wanted.service().namespace();
    kubernetes.delete("Service " + namespace + "/" + name);
    cluster.service(namespace, name, Map.of());
    return "Service " + namespace + "/" + name;
  }

  @Override
  public void delete(String object) {
    kubernetes.delete(object);
  }

  @Override
  public List<Tampering> tamperings(Import standing) {
    var service = nameOf(standing.service());
    var slice =
        cluster.slices(KubernetesSide.NAMESPACE, service).getFirst().getMetadata().getName();
    var deeds = new ArrayList<Tampering>();
    deeds.add(
        new Tampering(
            "spec.ports",
            () -> edit(SERVICE, service, object -> portsOf(object).getFirst().put("port", 81))));
    deeds.addAll(metadataOf(SERVICE, service));
    deeds.add(
        new Tampering(
            "ports",
            () ->
                edit(
                    SLICE,
                    slice,
                    object ->
                        object.setAdditionalProperty(
                            "ports", List.of(Map.of("name", "http", "port", 1))))));
    deeds.add(
        new Tampering(
            "endpoints",
            () ->
                edit(
                    SLICE,
                    slice,
                    object ->
                        object.setAdditionalProperty(
                            "endpoints", List.of(Map.of("addresses", List.of("10.9.9.9")))))));
    deeds.add(
        new Tampering(
            "label service-name",
            () -> edit(SLICE, slice, o -> labels(o).put("kubernetes.io/service-name", "x"))));
    deeds.addAll(metadataOf(SLICE, slice));
    return deeds;
  }

  @Override
  public void close() {
    kubernetes.close();
  }

  private List<Tampering> metadataOf(ResourceDefinitionContext type, String name) {
    return List.of(
        new Tampering(
            type.getKind() + " label managed-by",
            () -> edit(type, name, o -> labels(o).put("app.kubernetes.io/managed-by", "x"))),
        new Tampering(
            type.getKind() + " annotation content-hash",
            () ->
                edit(
                    type,
                    name,
                    o ->
                        o.getMetadata()
                            .getAnnotations()
                            .put(Marks.KUBERNETES.of("content-hash"), "x"))));
  }

  private void edit(
      ResourceDefinitionContext type, String name, Consumer<GenericKubernetesResource> change) {
    kubernetes.edit(type, KubernetesSide.NAMESPACE, name, change);
  }

  private static Map<String, String> labels(GenericKubernetesResource object) {
    return object.getMetadata().getLabels();
  }

  private static List<Map<String, Object>> portsOf(GenericKubernetesResource service) {
    return service.get("spec", "ports");
  }

  private static Map<String, Object> withoutChoices(Map<String, Object> content) {
    var rest = new TreeMap<>(content);
    if (rest.get("spec") instanceof Map<?, ?> spec) {
      rest.put("spec", without(spec, Set.of("clusterIP", "clusterIPs")));
    }
    if (rest.get("metadata") instanceof Map<?, ?> metadata) {
      rest.put("metadata", without(metadata, Set.of("ownerReferences")));
    }
    return rest;
  }

  private static Map<String, Object> without(Map<?, ?> map, Set<String> keys) {
    var rest = new TreeMap<String, Object>();
    map.forEach(
        (key, value) -> {
          if (!keys.contains(String.valueOf(key))) {
            rest.put(String.valueOf(key), value);
          }
        });
    return rest;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> labelsOf(Map<String, Object> manifest) {
    var metadata = new TreeMap<>((Map<String, Object>) manifest.get("metadata"));
    var labels = new TreeMap<>((Map<String, Object>) metadata.get("labels"));
    metadata.put("labels", labels);
    manifest.put("metadata", metadata);
    return labels;
  }

  private static String nameOf(ServiceKey service) {
    return service.name() + "-" + service.mesh();
  }

  private static ResourceDefinitionContext kind(
      String group, String version, String kind, String plural) {
    return new ResourceDefinitionContext.Builder()
        .withGroup(group)
        .withVersion(version)
        .withKind(kind)
        .withPlural(plural)
        .withNamespaced(true)
        .build();
  }
}
