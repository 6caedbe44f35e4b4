package io.meshbridge.adapter.linkerd;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.meshbridge.model.Import;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.NativeDocument;
import io.meshbridge.spi.Translator;
import io.meshbridge.testkit.Samples;
import io.meshbridge.testkit.contract.KubernetesMeshRig;
import io.meshbridge.testkit.contract.KubernetesSide;
import io.meshbridge.testkit.contract.NativeObject;
import io.meshbridge.testkit.contract.Tampering;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A Linkerd mesh: a Kubernetes API, in memory or real. */
final class LinkerdRig extends KubernetesMeshRig {
  private static final ResourceDefinitionContext SERVICE = kind("", "v1", "Service", "services");
  private static final ResourceDefinitionContext SLICE =
      kind("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices");

  private final Cluster cluster = new Cluster(kubernetes().api());
  private final LinkerdAdapter adapter = new LinkerdAdapter();

  LinkerdRig() {
    super(Cluster.MESH);
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
  public ServiceKey putExported(Import imported) {
    for (NativeDocument document : documentsOf(imported)) {
      if (document.content().get("kind").equals("Service")) {
        kubernetes().create(SERVICE, exported(document.content()));
      } else {
        kubernetes().create(SLICE, document.content());
      }
    }
    var name = nameOf(imported.service());
    return new ServiceKey(mesh().id(), KubernetesSide.NAMESPACE, name);
  }

  @Override
  public Set<ServiceKey> putStrange() {
    var strange = new HashSet<>(kubernetes().putStrange());
    kubernetes()
        .create(
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
  public String importName(ServiceKey service) {
    return nameOf(service) + "." + service.namespace();
  }

  /** Without what the API server chooses anew for an object that is made again. */
  @Override
  public SortedMap<String, NativeObject> objects() {
    var objects = new TreeMap<String, NativeObject>();
    super.objects()
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
    delete("Service " + namespace + "/" + name);
    cluster.service(namespace, name, Map.of());
    return "Service " + namespace + "/" + name;
  }

  @Override
  public List<Tampering> tamperings(Import standing) {
    var service = nameOf(standing.service());
    var slice =
        cluster.slices(KubernetesSide.NAMESPACE, service).getFirst().getMetadata().getName();
    var deeds = new ArrayList<Tampering>();
    deeds.add(with(SERVICE, service, "spec.ports", o -> portsOf(o).getFirst().put("port", 81)));
    deeds.addAll(tamperingsWithMarks(SERVICE, KubernetesSide.NAMESPACE, service));
    deeds.add(spoilt(slice, "ports", Map.of("name", "http", "port", 1)));
    deeds.add(spoilt(slice, "endpoints", Map.of("addresses", List.of("10.9.9.9"))));
    deeds.add(
        with(
            SLICE,
            slice,
            "label service-name",
            o -> o.getMetadata().getLabels().put("kubernetes.io/service-name", "x")));
    deeds.addAll(tamperingsWithMarks(SLICE, KubernetesSide.NAMESPACE, slice));
    return deeds;
  }

  /** One element in place of all of a list of a slice. */
  private Tampering spoilt(String slice, String list, Map<String, Object> element) {
    return with(SLICE, slice, list, o -> o.setAdditionalProperty(list, List.of(element)));
  }

  private Tampering with(
      ResourceDefinitionContext type,
      String name,
      String what,
      Consumer<GenericKubernetesResource> change) {
    return tampering(type, KubernetesSide.NAMESPACE, name, what, change);
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
