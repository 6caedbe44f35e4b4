package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.istio.traffic.Capabilities;
import io.meshbridge.adapter.istio.traffic.GatewayRoutes;
import io.meshbridge.adapter.istio.traffic.TrafficWriter;
import io.meshbridge.adapter.kubernetes.LossList;
import io.meshbridge.adapter.kubernetes.Manifests;
import io.meshbridge.adapter.kubernetes.OwnMarks;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.ResourceType;
import io.meshbridge.model.ContentHash;
import io.meshbridge.model.Import;
import io.meshbridge.model.Loss;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.NameSyntax;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.ServicePort;
import io.meshbridge.model.traffic.Ingress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The one shaping of imports: what the sink applies is what the translator prints. Pure. */
final class ImportShape {
  private final String federation;
  private final MeshId target;
  private final String namespace;
  private final String clusterDomain;
  private final SortedMap<String, String> ingressPods;

  /**
   * Shapes imports for a mesh.
   *
   * @param ingressPods the labels of the pods that do the work of gateways
   */
  ImportShape(
      String federation,
      MeshId target,
      String namespace,
      String clusterDomain,
      SortedMap<String, String> ingressPods) {
    this.federation = federation;
    this.target = target;
    this.namespace = namespace;
    this.clusterDomain = clusterDomain;
    this.ingressPods = Collections.unmodifiableSortedMap(new TreeMap<>(ingressPods));
  }

  /** The import as its objects, or why there can be none. */
  Shape of(Import service, Capabilities capabilities) {
    var losses = new LossList(service);
    refuse(service, losses);
    if (losses.isRefused()) {
      return new Shape.Refused(losses.all());
    }
    return service
        .export()
        .ingress()
        .map(ingress -> gatewayOf(service, ingress, capabilities, losses))
        .orElseGet(() -> entryOf(service, capabilities, losses));
  }

  private Shape gatewayOf(
      Import service, Ingress ingress, Capabilities capabilities, LossList losses) {
    UnsaidFields.tellLabels(service, losses);
    var key = keyOf(service);
    var specs = GatewayRoutes.write(service, ingress, key, ingressPods, capabilities, losses);
    if (losses.isRefused()) {
      return new Shape.Refused(losses.all());
    }
    return new Shape.Gateway(
        key,
        manifestOf(IstioTypes.GATEWAY, service, specs.gateway()),
        specs.virtualService().map(spec -> manifestOf(IstioTypes.VIRTUAL_SERVICE, service, spec)),
        losses.all());
  }

  private Shape entryOf(Import service, Capabilities capabilities, LossList losses) {
    var ports = EntryPorts.of(service.export().ports(), losses);
    if (ports.manifest().isEmpty()) {
      losses.refused("ports", "none of them can be said in a ServiceEntry", "offer a TCP port");
      return new Shape.Refused(losses.all());
    }
    UnsaidFields.tell(service, losses);
    var endpoints = EntryEndpoints.of(service.endpoints(), ports, losses);
    var policy = TrafficWriter.write(service, written(service, ports), capabilities, losses);
    if (losses.all().stream().anyMatch(loss -> loss.outcome() == Loss.Outcome.REFUSED)) {
      return new Shape.Refused(losses.all());
    }
    var entry = specOf(service.name(), ports, endpoints);
    return new Shape.Objects(
        keyOf(service),
        manifestOf(IstioTypes.SERVICE_ENTRY, service, entry),
        policy
            .destinationRule()
            .map(spec -> manifestOf(IstioTypes.DESTINATION_RULE, service, spec)),
        policy.virtualService().map(spec -> manifestOf(IstioTypes.VIRTUAL_SERVICE, service, spec)),
        policy.forbids(),
        !endpoints.manifest().isEmpty(),
        losses.all());
  }

  private Map<String, Object> manifestOf(
      ResourceType type, Import service, Map<String, Object> spec) {
    var ownership =
        new Ownership(
            federation, target, service.service(), service.export().path(), ContentHash.of(spec));
    var manifest =
        Manifests.of(
            type, keyOf(service), OwnMarks.labels(ownership), OwnMarks.annotations(ownership));
    manifest.put("spec", spec);
    return manifest;
  }

  private static List<ServicePort> written(Import service, EntryPorts ports) {
    return service.export().ports().stream()
        .filter(port -> ports.names().containsKey(port.name()))
        .toList();
  }

  /** Three labels, each one-to-one with what it stands for: two services never share a name. */
  private ResourceKey keyOf(Import imported) {
    var service = imported.service();
    return new ResourceKey(
        imported.namespace().isEmpty() ? namespace : imported.namespace(),
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
