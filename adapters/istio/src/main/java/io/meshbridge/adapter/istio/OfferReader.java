package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.istio.traffic.ApiGateways;
import io.meshbridge.adapter.istio.traffic.GatewayFacts;
import io.meshbridge.adapter.istio.traffic.GatewayReader;
import io.meshbridge.adapter.istio.traffic.HostNames;
import io.meshbridge.adapter.istio.traffic.TrafficReader;
import io.meshbridge.adapter.istio.traffic.TrafficReading;
import io.meshbridge.adapter.kubernetes.Paths;
import io.meshbridge.adapter.kubernetes.Problem;
import io.meshbridge.adapter.kubernetes.ProblemLosses;
import io.meshbridge.adapter.kubernetes.ReadResult;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.ServiceFacts;
import io.meshbridge.adapter.kubernetes.ServiceOffers;
import io.meshbridge.adapter.kubernetes.SliceFacts;
import io.meshbridge.adapter.kubernetes.gatewayapi.ApiGateway;
import io.meshbridge.model.Location;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.traffic.Ingress;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.spi.Offer;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * The one mapping from Istio's objects to the model. The live source and the translator of files
 * differ only in where the objects come from.
 */
final class OfferReader {
  // With the suffix of a gateway's key it still is a name (253 characters).
  private static final int LONGEST_GATEWAY = 245;

  private final ServiceOffers services;
  private final EntryReader entries;
  private final HostNames names;
  private final TrafficReader traffic;
  private final GatewayReader gateways;
  private final ApiGateways apiGateways;
  private final MeshDescriptor mesh;

  /**
   * Reads for one mesh.
   *
   * @param traffic reads the policies
   * @param gateways reads where requests come in, as Istio itself has it
   * @param apiGateways the same, as the Gateway API has it
   * @param podLabels the labels of a pod, none if they are not known
   * @param locations says where a field stands
   */
  OfferReader(
      MeshDescriptor mesh,
      HostNames names,
      TrafficReader traffic,
      GatewayReader gateways,
      ApiGateways apiGateways,
      Function<ResourceKey, SortedMap<String, String>> podLabels,
      Function<Problem, Location> locations) {
    this.services =
        new ServiceOffers(
            mesh,
            (service, port) ->
                IstioProtocols.ofService(port.transport(), port.appProtocol(), port.name()),
            names.clusterDomain(),
            locations,
            podLabels);
    this.entries = new EntryReader(mesh, new ProblemLosses(locations));
    this.names = names;
    this.traffic = traffic;
    this.gateways = gateways;
    this.apiGateways = apiGateways;
    this.mesh = mesh;
  }

  /** A Service with its slices, under these policies. */
  PolicedResult service(
      ServiceFacts service, Collection<SliceFacts> slices, PeerPolicies policies) {
    var result =
        services.read(
            service,
            slices,
            (guarded, targets) ->
                policies.ofSelected(guarded.key().namespace(), guarded.selector(), targets));
    var hosts = List.of(names.hostOf(service.key()));
    var policed = policed(result, key -> traffic.readService(key, hosts, service.ports()));
    return policed.keepingLabels(policed.traffic().labelKeys());
  }

  /** A ServiceEntry, under these policies. */
  PolicedResult entry(EntryFacts entry, PeerPolicies policies) {
    try {
      return policed(entries.read(entry, policies), key -> traffic.readHost(key, entry.hosts()));
    } catch (IllegalArgumentException outOfRange) {
      return unreadable(entry.object() + ": " + outOfRange.getMessage());
    }
  }

  /** A Gateway with the routes that are bound to it. */
  PolicedResult gateway(GatewayFacts gateway) {
    var path = Paths.after(gateway.importedPath(), mesh.id());
    if (path.isEmpty()) {
      return unreadable(Paths.loopOf(gateway.object(), gateway.importedPath()));
    }
    if (gateway.key().name().length() > LONGEST_GATEWAY) {
      return unreadable(
          gateway.object() + " has a name of more than " + LONGEST_GATEWAY + " characters");
    }
    var service = Ingress.keyOf(mesh.id(), gateway.key().namespace(), gateway.key().name());
    var reading = gateways.read(service, gateway);
    if (reading.ingress().isEmpty()) {
      return new PolicedResult(
          new ReadResult.Unreadable(
              gateway.object() + " has no server that other meshes could have"),
          reading.traffic());
    }
    var offer =
        Offer.gateway(
            service,
            gateway.labels(),
            reading.ingress().orElseThrow(),
            TrafficPolicy.NONE,
            path.orElseThrow(),
            List.of());
    return PolicedResult.of(offer, reading.traffic());
  }

  /** A Gateway of the Gateway API with the routes that are attached to it. */
  PolicedResult gateway(ApiGateway gateway) {
    var read = apiGateways.read(gateway);
    return new PolicedResult(
        read.result(),
        new TrafficReading(read.policy(), read.losses(), read.faults(), read.objects()));
  }

  private static PolicedResult unreadable(String reason) {
    return new PolicedResult(new ReadResult.Unreadable(reason), TrafficReading.NONE);
  }

  private static PolicedResult policed(
      ReadResult result, Function<ServiceKey, TrafficReading> traffic) {
    return switch (result) {
      case ReadResult.Unreadable no -> new PolicedResult(no, TrafficReading.NONE);
      case ReadResult.Readable readable ->
          PolicedResult.of(readable.offer(), traffic.apply(readable.offer().key()));
    };
  }
}
