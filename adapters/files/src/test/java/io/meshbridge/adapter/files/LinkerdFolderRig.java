package io.meshbridge.adapter.files;

import io.meshbridge.adapter.linkerd.LinkerdAdapter;
import io.meshbridge.model.Import;
import io.meshbridge.model.ServiceKey;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A folder of Kubernetes manifests, as a Linkerd mesh keeps them in Git. */
final class LinkerdFolderRig extends ManifestFolderRig {
  LinkerdFolderRig() {
    super(new LinkerdAdapter());
  }

  @Override
  public Set<ServiceKey> putStrange() {
    var strange = new HashSet<>(super.putStrange());
    write(
        "opaque.yaml",
        """
        apiVersion: v1
        kind: Service
        metadata:
          namespace: shop
          name: opaque
          labels: {"meshbridge.io/export": "true"}
          annotations: {"config.linkerd.io/opaque-ports": "x, 9-1,99999999999, 🚀,,80"}
        spec:
          ports: [{name: p, port: 80}]
        """);
    strange.add(key("opaque"));
    return strange;
  }

  @Override
  public String importName(ServiceKey service) {
    return labelOf(service) + "." + service.namespace();
  }

  @Override
  String nameIn(Import standing) {
    return labelOf(standing.service());
  }

  /** A slice is no service: the mark counts on the Service alone. */
  @Override
  Map<String, Object> exported(Map<String, Object> document) {
    return "Service".equals(document.get("kind")) ? super.exported(document) : document;
  }

  @Override
  ServiceKey exportedKey(Import imported) {
    return key(labelOf(imported.service()));
  }

  @Override
  String foreignText() {
    return """
    apiVersion: v1
    kind: Service
    metadata: {namespace: shop, name: theirs}
    spec: {ports: [{name: http, port: 80}]}
    """;
  }

  private static String labelOf(ServiceKey service) {
    return service.name() + "-" + service.mesh();
  }
}
