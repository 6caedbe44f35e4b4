package io.meshbridge.adapter.linkerd;

import io.meshbridge.adapter.kubernetes.KubeObject;
import io.meshbridge.adapter.kubernetes.Problem;
import io.meshbridge.adapter.kubernetes.ReadResult;
import io.meshbridge.adapter.kubernetes.ServiceFacts;
import io.meshbridge.adapter.kubernetes.ServiceOffers;
import io.meshbridge.adapter.kubernetes.SliceFacts;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Location;
import io.meshbridge.model.MeshDescriptor;
import java.util.Collection;
import java.util.Set;
import java.util.function.Function;

/**
 * The one mapping from Linkerd's objects to the model. The live source and the translator of files
 * differ only in where the objects come from.
 */
final class OfferReader {
  /** Why an EgressNetwork that is marked for export is not offered. */
  static final String NO_SERVICE = "an EgressNetwork names ranges, not a service";

  private static final Set<String> ANNOTATIONS = Set.of(LinkerdTypes.OPAQUE_PORTS);

  private final InboundPolicies policies;
  private final ServiceOffers services;

  /** Reads for one mesh under these policies; {@code locations} says where a field stands. */
  OfferReader(
      MeshDescriptor mesh,
      String clusterDomain,
      InboundPolicies policies,
      Function<Problem, Location> locations) {
    this.policies = policies;
    this.services = new ServiceOffers(mesh, this::protocolOf, clusterDomain, locations);
  }

  /** What is kept of a Service. */
  static ServiceFacts factsOf(KubeObject object) {
    var service = ServiceFacts.of(object, ANNOTATIONS);
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

  private AppProtocol protocolOf(ServiceFacts service, ServiceFacts.Port port) {
    var own = service.annotations().get(LinkerdTypes.OPAQUE_PORTS);
    var opaque = own == null ? policies.opaquePorts(service.key()) : OpaquePorts.parse(own);
    return LinkerdProtocols.of(port.transport(), port.appProtocol(), opaque.contain(port.number()));
  }
}
