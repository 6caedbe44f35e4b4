package io.meshbridge.adapter.linkerd;

import io.meshbridge.adapter.kubernetes.KubeObject;
import io.meshbridge.adapter.kubernetes.Problem;
import io.meshbridge.adapter.kubernetes.ReadResult;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.ServiceFacts;
import io.meshbridge.adapter.kubernetes.ServiceOffers;
import io.meshbridge.adapter.kubernetes.SliceFacts;
import io.meshbridge.adapter.kubernetes.gatewayapi.ApiGateway;
import io.meshbridge.adapter.kubernetes.gatewayapi.ApiGatewayReading;
import io.meshbridge.adapter.kubernetes.gatewayapi.NamespaceLabels;
import io.meshbridge.adapter.kubernetes.gatewayapi.Route;
import io.meshbridge.adapter.kubernetes.gatewayapi.RouteTarget;
import io.meshbridge.adapter.linkerd.traffic.Annotations;
import io.meshbridge.adapter.linkerd.traffic.ForeignGateways;
import io.meshbridge.adapter.linkerd.traffic.Profile;
import io.meshbridge.adapter.linkerd.traffic.TrafficObjects;
import io.meshbridge.adapter.linkerd.traffic.TrafficReader;
import io.meshbridge.adapter.linkerd.traffic.TrafficReading;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Location;
import io.meshbridge.model.MeshDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The one mapping from Linkerd's objects to the model. The live source and the translator of files
 * differ only in where the objects come from.
 */
final class OfferReader {
  /** Why an EgressNetwork that is marked for export is not offered. */
  static final String NO_SERVICE = "an EgressNetwork names ranges, not a service";

  private final MeshDescriptor mesh;
  private final InboundPolicies policies;
  private final TrafficReader traffic;
  private final ForeignGateways gateways;
  private final ServiceOffers services;

  /**
   * Reads for one mesh under these policies.
   *
   * @param labels those of namespaces
   * @param isGateway whether a Gateway of that name among services is read for itself
   * @param locations says where a field stands
   */
  OfferReader(
      MeshDescriptor mesh,
      String clusterDomain,
      InboundPolicies policies,
      NamespaceLabels labels,
      Predicate<ResourceKey> isGateway,
      Function<Problem, Location> locations) {
    this.mesh = mesh;
    this.policies = policies;
    this.traffic = new TrafficReader(isGateway, locations);
    this.gateways = new ForeignGateways(labels, isGateway, locations);
    this.services = new ServiceOffers(mesh, this::protocolOf, clusterDomain, locations);
  }

  /** What is kept of a Service. */
  static ServiceFacts factsOf(KubeObject object) {
    var service =
        ServiceFacts.of(
            object, name -> name.equals(LinkerdTypes.OPAQUE_PORTS) || Annotations.isOne(name));
    return service.withProblems(
        service.ports().stream()
            .filter(port -> LinkerdProtocols.declared(port.appProtocol()).isEmpty())
            .map(
                port ->
                    Problem.unsaid(
                        service.object(),
                        port.path() + ".appProtocol",
                        "'" + port.appProtocol() + "' is unknown and taken for TCP"))
            .toList());
  }

  /** A Service with its slices. */
  ReadResult read(ServiceFacts service, Collection<SliceFacts> slices) {
    return services.read(service, slices, policies::accessTo);
  }

  /** A Gateway with the routes that are attached to it. */
  ApiGatewayReading gateway(ApiGateway gateway, Collection<Route> routes) {
    return gateways.read(mesh, gateway, routes);
  }

  /** What these objects say of a Service's traffic. */
  TrafficReading traffic(
      ServiceFacts service, Collection<Route> routes, Collection<Profile> profiles) {
    var annotations = new TreeMap<>(service.annotations());
    annotations.remove(LinkerdTypes.OPAQUE_PORTS);
    return traffic.read(
        TrafficObjects.of(
            new RouteTarget(mesh.id(), service.key(), service.ports()),
            service.object(),
            annotations,
            opaquePortsOf(service)::contain,
            routes,
            profiles));
  }

  /** The result with what is said of its traffic. */
  static ReadResult with(TrafficReading traffic, ReadResult result) {
    return switch (result) {
      case ReadResult.Unreadable unreadable -> unreadable;
      case ReadResult.Readable readable -> {
        var losses = new ArrayList<>(readable.offer().losses());
        losses.addAll(traffic.losses());
        yield new ReadResult.Readable(readable.offer().withTraffic(traffic.policy(), losses));
      }
    };
  }

  private AppProtocol protocolOf(ServiceFacts service, ServiceFacts.Port port) {
    return LinkerdProtocols.of(
        port.transport(), port.appProtocol(), opaquePortsOf(service).contain(port.number()));
  }

  private OpaquePorts opaquePortsOf(ServiceFacts service) {
    var own = service.annotations().get(LinkerdTypes.OPAQUE_PORTS);
    return own == null ? policies.opaquePorts(service.key()) : OpaquePorts.parse(own);
  }
}
