package io.meshbridge.adapter.linkerd;

import io.meshbridge.adapter.kubernetes.LossList;
import io.meshbridge.adapter.kubernetes.Manifests;
import io.meshbridge.adapter.kubernetes.OwnMarks;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.ResourceType;
import io.meshbridge.adapter.kubernetes.SliceFacts;
import io.meshbridge.adapter.linkerd.traffic.PolicyShape;
import io.meshbridge.adapter.linkerd.traffic.PolicyWriter;
import io.meshbridge.adapter.linkerd.traffic.RouteObject;
import io.meshbridge.adapter.linkerd.traffic.TargetService;
import io.meshbridge.model.ContentHash;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Import;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.traffic.Ingress;
import io.meshbridge.model.traffic.Subset;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The one shaping of imports: what the sink applies is what the translator prints. Pure. */
final class ImportShape {
  private static final String SERVICE_NAME = "kubernetes.io/service-name";

  private final String federation;
  private final MeshId target;
  private final String namespace;

  /**
   * Shapes for one mesh.
   *
   * @param namespace where everything is put; empty for each in the namespace of its name
   */
  ImportShape(String federation, MeshId target, String namespace) {
    this.federation = federation;
    this.target = target;
    this.namespace = namespace;
  }

  /** The import as a Service with slices, or why there can be none. */
  Shape of(Import service, HostAnswers hosts) {
    var losses = new LossList(service);
    losses.refuseIfGuarded(service);
    if (service.export().ingress().isPresent()) {
      losses.refused(
          Ingress.FIELD,
          "Linkerd has no ingress of its own: requests come in through a proxy of another make",
          "let an ingress of the target's choice lead to the imported services");
    }
    var key = ImportName.of(service, namespace, losses);
    if (losses.isRefused()) {
      return new Shape.Refused(losses.all());
    }
    var ports = ServicePorts.of(service.export().ports(), losses);
    if (ports.isEmpty()) {
      losses.refused("ports", "a Service needs at least one", "offer a port");
      return new Shape.Refused(losses.all());
    }
    var policy =
        PolicyWriter.write(target(service, key, ports), service.export().traffic(), losses);
    if (policy.refused()) {
      return new Shape.Refused(losses.all());
    }
    if (!service.export().labels().isEmpty()) {
      losses.dropped("labels", "a Service of another mesh's service bears only our marks");
    }
    var places = Places.of(service.endpoints(), ports, hosts, losses);
    boolean callable = places.stream().anyMatch(place -> place.health().takesTraffic());
    var opened = ports.opened(policy, losses);
    return new Shape.Objects(
        serviceItem(service, key, opened, policy.annotations()),
        slices(service, key, opened, places),
        subsets(service, key, opened, hosts, policy),
        policy.routes().stream().map(route -> routed(service, route)).toList(),
        policy.routed(),
        policy.guarded(),
        callable,
        losses.all());
  }

  private TargetService target(Import service, ResourceKey key, ServicePorts ports) {
    return new TargetService(
        key, List.copyOf(ports.byName().values()), other -> nameOf(service, other));
  }

  private Optional<ResourceKey> nameOf(Import service, ServiceKey other) {
    return Optional.ofNullable(service.names().get(other))
        .map(name -> ImportName.of(name, other.namespace(), namespace, new LossList(service)));
  }

  private List<Shape.Item> slices(
      Import service, ResourceKey key, ServicePorts ports, List<Place> places) {
    return SlicePlan.of(key.name(), places).stream()
        .map(slice -> sliceItem(service, key, ports, slice))
        .toList();
  }

  /** Each part of the endpoints as a Service of its own; what is lost of them was told already. */
  private List<Shape.Part> subsets(
      Import service, ResourceKey key, ServicePorts ports, HostAnswers hosts, PolicyShape policy) {
    var target = target(service, key, ports);
    var told = new LossList(service);
    return policy.subsets().values().stream()
        .map(
            subset -> {
              var own = target.subset(subset.name());
              var places = Places.of(endpointsOf(service, subset), ports, hosts, told);
              return new Shape.Part(
                  serviceItem(service, own, ports, policy.annotations()),
                  slices(service, own, ports, places));
            })
        .toList();
  }

  private static EndpointList endpointsOf(Import service, Subset subset) {
    return EndpointList.of(
        service.endpoints().endpoints().stream()
            .filter(
                endpoint -> endpoint.labels().entrySet().containsAll(subset.labels().entrySet()))
            .toList());
  }

  private Shape.Routed routed(Import service, RouteObject route) {
    var annotations = new TreeMap<>(route.annotations());
    var ownership =
        ownership(service, Map.of("spec", route.spec(), "annotations", route.annotations()));
    annotations.putAll(OwnMarks.annotations(ownership));
    var manifest =
        Manifests.of(
            RouteTypes.of(route.kind()), route.key(), OwnMarks.labels(ownership), annotations);
    manifest.put("spec", route.spec());
    return new Shape.Routed(route.kind(), new Shape.Item(route.key(), manifest));
  }

  private Shape.Item serviceItem(
      Import service, ResourceKey key, ServicePorts ports, Map<String, String> said) {
    var spec = new LinkedHashMap<String, Object>();
    spec.put("type", "ClusterIP");
    spec.put("ports", ports.ofService());
    var annotations = new TreeMap<String, String>(said);
    if (!ports.opaque().isEmpty()) {
      annotations.put(LinkerdTypes.OPAQUE_PORTS, ports.opaque());
    }
    var ownership = ownership(service, Map.of("spec", spec, "annotations", annotations));
    annotations.putAll(OwnMarks.annotations(ownership));
    var manifest = Manifests.of(ResourceType.SERVICE, key, OwnMarks.labels(ownership), annotations);
    manifest.put("spec", spec);
    return new Shape.Item(key, manifest);
  }

  private Shape.Item sliceItem(
      Import service, ResourceKey key, ServicePorts ports, SlicePlan.Slice slice) {
    var content = new LinkedHashMap<String, Object>();
    content.put("addressType", slice.group().family());
    content.put("ports", ports.ofSlice(slice.group().ports()));
    content.put("endpoints", slice.places().stream().map(Place::manifest).toList());
    var annotations = new TreeMap<String, String>();
    if (!slice.group().identity().isEmpty()) {
      annotations.put(SliceFacts.IDENTITY, slice.group().identity());
      annotations.put(LinkerdTypes.REMOTE_NAME, fullNameOf(service));
    }
    var ownership = ownership(service, Map.of("content", content, "annotations", annotations));
    annotations.putAll(OwnMarks.annotations(ownership));
    var labels = new TreeMap<>(OwnMarks.labels(ownership));
    labels.put(SERVICE_NAME, key.name());
    labels.put(OwnSlices.MANAGED_BY, OwnSlices.MANAGER);
    var sliceKey = new ResourceKey(key.namespace(), slice.name());
    var manifest = Manifests.of(ResourceType.ENDPOINT_SLICE, sliceKey, labels, annotations);
    manifest.putAll(content);
    return new Shape.Item(sliceKey, manifest);
  }

  private Ownership ownership(Import service, Map<String, Object> content) {
    return new Ownership(
        federation, target, service.service(), service.export().path(), ContentHash.of(content));
  }

  /** The fullest of the names by which the service is called at home. */
  private static String fullNameOf(Import service) {
    List<String> hostnames = service.export().hostnames();
    return hostnames.stream()
        .max(
            Comparator.comparingInt(String::length)
                .thenComparing(Comparator.<String>naturalOrder().reversed()))
        .orElse(service.name());
  }
}
