package io.meshbridge.adapter.files;

import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.MeshAdapter;
import io.meshbridge.testkit.contract.HomeService;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A folder of Kubernetes manifests, as meshes in Kubernetes keep them in Git. */
abstract class ManifestFolderRig extends FolderRig {
  static final String NAMESPACE = "shop";

  private static final String EXPORT = "meshbridge.io/export";

  ManifestFolderRig(MeshAdapter make) {
    super(make);
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
    return strange;
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
}
