package io.meshbridge.adapter.istio;

import io.meshbridge.model.Import;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.Settings;
import io.meshbridge.spi.Translator;
import io.meshbridge.testkit.Samples;
import io.meshbridge.testkit.contract.KubernetesMeshRig;
import io.meshbridge.testkit.contract.KubernetesSide;
import io.meshbridge.testkit.contract.Tampering;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An Istio mesh: a Kubernetes API, in memory or real. */
final class IstioRig extends KubernetesMeshRig {
  private final IstioAdapter adapter = new IstioAdapter();

  IstioRig() {
    super(Samples.mesh("here", IstioAdapter.KIND), Cluster.ENTRY, Cluster.RULE, Cluster.ROUTE);
  }

  @Override
  public Translator translator() {
    return adapter.translator();
  }

  @Override
  public MeshConnection connect() {
    return adapter.connect(
        Settings.check(
            adapter.settings(), Map.of("kubeconfig", kubernetes().api().kubeconfig().toString())),
        new ConnectionContext(Samples.FEDERATION, mesh(), Clock.systemUTC()));
  }

  @Override
  public ServiceKey putExported(Import imported) {
    kubernetes().create(Cluster.ENTRY, exported(documentsOf(imported).getFirst().content()));
    var key = keyOf(imported.service());
    return new ServiceKey(mesh().id(), key.namespace(), key.name());
  }

  @Override
  public Set<ServiceKey> putStrange() {
    var strange = new HashSet<>(kubernetes().putStrange());
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
  public String importName(ServiceKey service) {
    return hostOf(service);
  }

  /** The host in another namespace: the API lets two entries have it. */
  @Override
  public String occupy(Import wanted) {
    var name = "theirs-" + wanted.service().name();
    kubernetes()
        .create(
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
  public List<Tampering> tamperings(Import standing) {
    var key = keyOf(standing.service());
    var deeds = new ArrayList<Tampering>();
    deeds.add(spec(key, "hosts", List.of("stolen.example.com")));
    deeds.add(spec(key, "location", "MESH_INTERNAL"));
    deeds.add(
        spec(key, "ports", List.of(Map.of("number", 81, "name", "http", "protocol", "HTTP"))));
    deeds.add(spec(key, "resolution", "DNS"));
    deeds.add(spec(key, "endpoints", List.of(Map.of("address", "10.9.9.9"))));
    deeds.addAll(tamperingsWithMarks(Cluster.ENTRY, key.namespace(), key.name()));
    return deeds;
  }

  static String hostOf(ServiceKey service) {
    return service.name() + "." + service.namespace() + "." + service.mesh() + ".mesh.internal";
  }

  private Tampering spec(Key key, String field, Object value) {
    return tampering(
        Cluster.ENTRY,
        key.namespace(),
        key.name(),
        "spec." + field,
        entry -> {
          var spec = new LinkedHashMap<String, Object>(entry.<Map<String, Object>>get("spec"));
          spec.put(field, value);
          entry.setAdditionalProperty("spec", spec);
        });
  }

  private ServiceKey putEntry(String name, Map<String, Object> spec) {
    kubernetes()
        .create(Cluster.ENTRY, entry(KubernetesSide.NAMESPACE, name, Map.of(EXPORT, "true"), spec));
    return new ServiceKey(mesh().id(), KubernetesSide.NAMESPACE, name);
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
