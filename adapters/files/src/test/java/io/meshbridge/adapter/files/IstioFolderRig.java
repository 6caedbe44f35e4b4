package io.meshbridge.adapter.files;

import io.meshbridge.adapter.istio.IstioAdapter;
import io.meshbridge.model.Import;
import io.meshbridge.model.ServiceKey;
import java.util.HashSet;
import java.util.Set;

/** A folder of Kubernetes manifests, as an Istio mesh keeps them in Git. */
final class IstioFolderRig extends ManifestFolderRig {
  IstioFolderRig() {
    super(new IstioAdapter());
  }

  @Override
  public Set<ServiceKey> putStrange() {
    var strange = new HashSet<>(super.putStrange());
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
}
