package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.LossList;
import io.meshbridge.adapter.kubernetes.Manifests;
import io.meshbridge.adapter.kubernetes.OwnMarks;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.model.ContentHash;
import io.meshbridge.model.Import;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.NameSyntax;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.ServiceKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The one shaping of imports: what the sink applies is what the translator prints. Pure. */
final class ServiceEntryShape {
  private final String federation;
  private final MeshId target;
  private final String namespace;
  private final String clusterDomain;

  ServiceEntryShape(String federation, MeshId target, String namespace, String clusterDomain) {
    this.federation = federation;
    this.target = target;
    this.namespace = namespace;
    this.clusterDomain = clusterDomain;
  }

  /** The import as a ServiceEntry, or why there can be none. */
  Shape of(Import service) {
    var losses = new LossList(service);
    refuse(service, losses);
    if (losses.isRefused()) {
      return new Shape.Refused(losses.all());
    }
    var ports = EntryPorts.of(service.export().ports(), losses);
    if (ports.manifest().isEmpty()) {
      losses.refused("ports", "none of them can be said in a ServiceEntry", "offer a TCP port");
      return new Shape.Refused(losses.all());
    }
    UnsaidFields.tell(service, losses);
    var endpoints = EntryEndpoints.of(service.endpoints(), ports, losses);
    var spec = specOf(service.name(), ports, endpoints);
    var ownership =
        new Ownership(
            federation, target, service.service(), service.export().path(), ContentHash.of(spec));
    var key = keyOf(service.service());
    var manifest =
        Manifests.of(
            IstioTypes.SERVICE_ENTRY,
            key,
            OwnMarks.labels(ownership),
            OwnMarks.annotations(ownership));
    manifest.put("spec", spec);
    return new Shape.Entry(key, manifest, !endpoints.manifest().isEmpty(), losses.all());
  }

  /** Three labels, each one-to-one with what it stands for: two services never share a name. */
  ResourceKey keyOf(ServiceKey service) {
    return new ResourceKey(
        namespace,
        String.join(
            ".",
            NameSyntax.label(service.name()),
            NameSyntax.label(service.namespace()),
            NameSyntax.label(service.mesh().value())));
  }

  private void refuse(Import service, LossList losses) {
    losses.refuseIfGuarded(service);
    if (!NameSyntax.DNS_NAME.accepts(service.name())) {
      losses.refused("name", "'" + service.name() + "' is not a DNS name", "change the template");
    } else if (Hosts.belongsToTarget(service.name(), clusterDomain)) {
      losses.refused(
          "name",
          "'" + service.name() + "' belongs to the target's own cluster or to a Consul",
          "name imports below the origin's host suffix");
    }
  }

  private static Map<String, Object> specOf(
      String host, EntryPorts ports, EntryEndpoints endpoints) {
    var spec = new LinkedHashMap<String, Object>();
    spec.put("hosts", List.of(host));
    // The endpoints are plain addresses, not members of this mesh: MESH_INTERNAL would make clients
    // expect, and send, this mesh's certificates.
    spec.put("location", "MESH_EXTERNAL");
    spec.put("ports", ports.manifest());
    // Without endpoints DNS would resolve the host itself, somewhere; STATIC says 503 at once.
    spec.put("resolution", endpoints.names() ? "DNS" : "STATIC");
    if (!endpoints.manifest().isEmpty()) {
      spec.put("endpoints", endpoints.manifest());
    }
    return spec;
  }
}
