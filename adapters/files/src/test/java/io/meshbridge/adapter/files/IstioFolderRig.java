package io.meshbridge.adapter.files;

import io.meshbridge.adapter.istio.IstioAdapter;
import io.meshbridge.model.Import;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.testkit.contract.HomeService;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A folder of Kubernetes manifests, as an Istio mesh keeps them in Git. */
final class IstioFolderRig extends FolderRig {
  private static final String NAMESPACE = "shop";
  private static final String EXPORT = "meshbridge.io/export";

  IstioFolderRig() {
    super(new IstioAdapter());
  }

  @Override
  String text(HomeService service) {
    return text(service, service.marked() ? Map.of(EXPORT, "true") : Map.of());
  }

  @Override
  ServiceKey key(String name) {
    return new ServiceKey(mesh().id(), NAMESPACE, name);
  }

  @Override
  public boolean putMirrored(HomeService service) {
    write(
        "mirrored.yaml",
        text(service, Map.of(EXPORT, "true", "mirror.linkerd.io/mirrored-service", "true")));
    return true;
  }

  /** What an API server would refuse, a folder takes. */
  @Override
  public Set<ServiceKey> putStrange() {
    var strange = new HashSet<ServiceKey>();
    for (String name :
        new String[] {"x", "UPPER_case", "größe-🚀", "a.b", "n-" + "0".repeat(200)}) {
      write("strange-" + strange.size() + ".yaml", text(HomeService.marked(name, "10.1.1.1")));
      strange.add(key(name));
    }
    write(
        "untyped.yaml",
        """
        apiVersion: v1
        kind: Service
        metadata:
          namespace: shop
          name: untyped
          labels: {"meshbridge.io/export": "true", number: 7, "größe": "🚀", none: , list: [1]}
          annotations: {long: "%s"}
        spec:
          ports: [{port: "eighty"}, {name: http, port: 80}, 7, {name: big, port: 70000}]
        """
            .formatted("ä".repeat(100_000)));
    strange.add(key("untyped"));
    write(
        "portless.yaml",
        """
        apiVersion: v1
        kind: Service
        metadata: {namespace: shop, name: portless, labels: {"meshbridge.io/export": "true"}}
        spec: {}
        """);
    strange.add(key("portless"));
    write(
        "wildcard.yaml",
        """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {namespace: shop, name: wildcard, labels: {"meshbridge.io/export": "true"}}
        spec: {hosts: ["*.example.com"], location: MESH_INTERNAL, resolution: NONE}
        """);
    strange.add(key("wildcard"));
    return strange;
  }

  @Override
  public String importName(ServiceKey service) {
    return service.name() + "." + service.namespace() + "." + service.mesh() + ".mesh.internal";
  }

  @Override
  Map<String, Object> exported(Map<String, Object> document) {
    var content = new LinkedHashMap<>(document);
    var metadata = mapIn(content, "metadata");
    var labels = mapIn(metadata, "labels");
    labels.put(EXPORT, "true");
    metadata.put("labels", labels);
    content.put("metadata", metadata);
    return content;
  }

  @Override
  ServiceKey exportedKey(Import imported) {
    var service = imported.service();
    return new ServiceKey(
        mesh().id(),
        "meshbridge-imports",
        service.name() + "." + service.namespace() + "." + service.mesh());
  }

  @Override
  String foreignText() {
    return """
    apiVersion: networking.istio.io/v1
    kind: ServiceEntry
    metadata: {namespace: theirs, name: theirs}
    spec: {hosts: [theirs.example.com], resolution: NONE}
    """;
  }

  private static String text(HomeService service, Map<String, String> marks) {
    var labels = new TreeMap<>(service.labels());
    labels.putAll(marks);
    return """
    apiVersion: v1
    kind: Service
    metadata:
      namespace: shop
      name: "%1$s"
      labels: {%2$s}
    spec:
      ports:
      - {name: http, port: 80, targetPort: 8080}
    ---
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata:
      namespace: shop
      name: "%1$s-1"
      labels: {"kubernetes.io/service-name": "%1$s"}
    addressType: IPv4
    ports:
    - {name: http, port: 8080}
    endpoints:
    %3$s
    """
        .formatted(
            service.name(),
            labels.entrySet().stream()
                .map(label -> "\"" + label.getKey() + "\": \"" + label.getValue() + "\"")
                .collect(Collectors.joining(", ")),
            service.addresses().stream()
                .map(address -> "- {addresses: [\"" + address + "\"], conditions: {ready: true}}")
                .collect(Collectors.joining("\n")));
  }

  private static Map<String, Object> mapIn(Map<String, Object> object, String field) {
    var copy = new TreeMap<String, Object>();
    if (object.get(field) instanceof Map<?, ?> map) {
      map.forEach((key, value) -> copy.put(String.valueOf(key), value));
    }
    return copy;
  }
}
