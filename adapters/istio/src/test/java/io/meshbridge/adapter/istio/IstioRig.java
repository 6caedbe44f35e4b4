package io.meshbridge.adapter.istio;

import io.meshbridge.model.Import;
import io.meshbridge.model.Marks;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.Settings;
import io.meshbridge.spi.Translation;
import io.meshbridge.spi.Translator;
import io.meshbridge.testkit.Samples;
import io.meshbridge.testkit.contract.HomeService;
import io.meshbridge.testkit.contract.KubernetesSide;
import io.meshbridge.testkit.contract.MeshRig;
import io.meshbridge.testkit.contract.NativeObject;
import io.meshbridge.testkit.contract.Tampering;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** An Istio mesh: a Kubernetes API, in memory or real. */
final class IstioRig implements MeshRig {
  private static final String EXPORT = Marks.KUBERNETES.export();

  private final MeshDescriptor mesh = Samples.mesh("here", IstioAdapter.KIND);
  private final KubernetesSide kubernetes =
      new KubernetesSide(mesh, Cluster.ENTRY, Cluster.RULE, Cluster.ROUTE);
  private final IstioAdapter adapter = new IstioAdapter();

  @Override
  public MeshDescriptor mesh() {
    return mesh;
  }

  @Override
  public Translator translator() {
    return adapter.translator();
  }

  @Override
  public MeshConnection connect() {
    return adapter.connect(
        Settings.check(
            adapter.settings(), Map.of("kubeconfig", kubernetes.api().kubeconfig().toString())),
        new ConnectionContext(Samples.FEDERATION, mesh, Clock.systemUTC()));
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
    var manifest = manifestOf(imported);
    labelsOf(manifest).put(EXPORT, "true");
    kubernetes.create(Cluster.ENTRY, manifest);
    var key = keyOf(imported.service());
    return new ServiceKey(mesh.id(), key.namespace(), key.name());
  }

  @Override
  public Set<ServiceKey> putStrange() {
    var strange = new HashSet<>(kubernetes.putStrange());
    strange.add(
        putEntry("wildcard", Map.of("hosts", List.of("*.example.com"), "resolution", "NONE")));
    strange.add(
        putEntry(
            "vm",
            Map.of(
                "hosts", List.of("vm.shop.internal"),
                "location", "MESH_INTERNAL",
                "resolution", "STATIC",
                "ports", List.of(Map.of("number", 80, "name", "x".repeat(62), "protocol", "Odd")),
                "endpoints",
                    List.of(
                        Map.of("address", "unix:///run/x.sock"),
                        Map.of("address", "10.1.2.1", "locality", "a/b/c/d/e")))));
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
    return hostOf(service);
  }

  @Override
  public SortedMap<String, NativeObject> objects() {
    return kubernetes.objects();
  }

  /** The host in another namespace: the API lets two entries have it. */
  @Override
  public String occupy(Import wanted) {
    var name = "theirs-" + wanted.service().name();
    kubernetes.create(
        Cluster.ENTRY,
        entry(
            "elsewhere",
            name,
            Map.of(),
            Map.of(
                "hosts", List.of(wanted.name()),
                "resolution", "DNS",
                "ports", List.of(Map.of("number", 80, "name", "http", "protocol", "HTTP")))));
    return "ServiceEntry elsewhere/" + name;
  }

  @Override
  public void delete(String object) {
    kubernetes.delete(object);
  }

  @Override
  public List<Tampering> tamperings(Import standing) {
    var service = standing.service();
    return List.of(
        spec(service, "hosts", List.of("stolen.example.com")),
        spec(service, "location", "MESH_INTERNAL"),
        spec(service, "ports", List.of(Map.of("number", 81, "name", "http", "protocol", "HTTP"))),
        spec(service, "resolution", "DNS"),
        spec(service, "endpoints", List.of(Map.of("address", "10.9.9.9"))),
        new Tampering(
            "label managed-by",
            () ->
                edit(
                    service,
                    entry ->
                        entry.getMetadata().getLabels().put("app.kubernetes.io/managed-by", "x"))),
        new Tampering(
            "annotation content-hash",
            () ->
                edit(
                    service,
                    entry ->
                        entry
                            .getMetadata()
                            .getAnnotations()
                            .put(Marks.KUBERNETES.of("content-hash"), "x"))));
  }

  @Override
  public void close() {
    kubernetes.close();
  }

  static String hostOf(ServiceKey service) {
    return service.name() + "." + service.namespace() + "." + service.mesh() + ".mesh.internal";
  }

  private Tampering spec(ServiceKey service, String field, Object value) {
    return new Tampering(
        "spec." + field,
        () ->
            edit(
                service,
                entry -> {
                  var spec =
                      new LinkedHashMap<String, Object>(entry.<Map<String, Object>>get("spec"));
                  spec.put(field, value);
                  entry.setAdditionalProperty("spec", spec);
                }));
  }

  private void edit(
      ServiceKey service,
      Consumer<io.fabric8.kubernetes.api.model.GenericKubernetesResource> change) {
    var key = keyOf(service);
    kubernetes.edit(Cluster.ENTRY, key.namespace(), key.name(), change);
  }

  private ServiceKey putEntry(String name, Map<String, Object> spec) {
    kubernetes.create(
        Cluster.ENTRY, entry(KubernetesSide.NAMESPACE, name, Map.of(EXPORT, "true"), spec));
    return new ServiceKey(mesh.id(), KubernetesSide.NAMESPACE, name);
  }

  private Map<String, Object> manifestOf(Import imported) {
    var context = new Translator.WriteContext(Samples.FEDERATION, mesh.id(), "");
    var written = (Translation.Written) translator().write(imported, context);
    return new LinkedHashMap<>(written.documents().getFirst().content());
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> labelsOf(Map<String, Object> manifest) {
    var metadata = new TreeMap<>((Map<String, Object>) manifest.get("metadata"));
    var labels = new TreeMap<>((Map<String, Object>) metadata.get("labels"));
    metadata.put("labels", labels);
    manifest.put("metadata", metadata);
    return labels;
  }

  private static Map<String, Object> entry(
      String namespace, String name, Map<String, String> labels, Map<String, Object> spec) {
    return Map.of(
        "apiVersion",
        "networking.istio.io/v1",
        "kind",
        "ServiceEntry",
        "metadata",
        Map.of("namespace", namespace, "name", name, "labels", labels),
        "spec",
        spec);
  }

  private record Key(String namespace, String name) {}

  private static Key keyOf(ServiceKey service) {
    return new Key(
        IstioSettings.DEFAULT_NAMESPACE,
        service.name() + "." + service.namespace() + "." + service.mesh());
  }
}
