package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.Problem;
import io.meshbridge.adapter.kubernetes.ProblemLosses;
import io.meshbridge.adapter.kubernetes.ReadResult;
import io.meshbridge.adapter.kubernetes.ServiceFacts;
import io.meshbridge.adapter.kubernetes.ServiceOffers;
import io.meshbridge.adapter.kubernetes.SliceFacts;
import io.meshbridge.model.Location;
import io.meshbridge.model.MeshDescriptor;
import java.util.Collection;
import java.util.function.Function;

/**
 * The one mapping from Istio's objects to the model. The live source and the translator of files
 * differ only in where the objects come from.
 */
final class OfferReader {
  private final ServiceOffers services;
  private final EntryReader entries;

  /** Reads for one mesh; {@code locations} says where a field stands. */
  OfferReader(MeshDescriptor mesh, String clusterDomain, Function<Problem, Location> locations) {
    this.services =
        new ServiceOffers(
            mesh,
            (service, port) ->
                IstioProtocols.ofService(port.transport(), port.appProtocol(), port.name()),
            clusterDomain,
            locations);
    this.entries = new EntryReader(mesh, new ProblemLosses(locations));
  }

  /** A Service with its slices, under these policies. */
  ReadResult service(ServiceFacts service, Collection<SliceFacts> slices, PeerPolicies policies) {
    return services.read(
        service,
        slices,
        (guarded, targets) ->
            policies.ofSelected(guarded.key().namespace(), guarded.selector(), targets));
  }

  /** A ServiceEntry, under these policies. */
  ReadResult entry(EntryFacts entry, PeerPolicies policies) {
    try {
      return entries.read(entry, policies);
    } catch (IllegalArgumentException outOfRange) {
      return new ReadResult.Unreadable(entry.object() + ": " + outOfRange.getMessage());
    }
  }
}
