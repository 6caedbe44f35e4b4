package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.Problem;
import io.meshbridge.adapter.kubernetes.ServiceFacts;
import io.meshbridge.adapter.kubernetes.ServiceReader;
import io.meshbridge.adapter.kubernetes.ServiceReading;
import io.meshbridge.adapter.kubernetes.SliceFacts;
import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.Marks;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Offer;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * The one mapping from Istio's objects to the model. The live source and the translator of files
 * differ only in where the objects come from.
 */
final class OfferReader {
  private final MeshDescriptor mesh;
  private final ServiceReader services;
  private final EntryReader entries;
  private final Function<Problem, Location> locations;

  /** Reads for one mesh; {@code locations} says where a field stands. */
  OfferReader(MeshDescriptor mesh, String clusterDomain, Function<Problem, Location> locations) {
    this.mesh = mesh;
    this.services = new ServiceReader(IstioProtocols::ofService, clusterDomain);
    this.entries = new EntryReader(mesh, this::losses);
    this.locations = locations;
  }

  /** A Service with its slices, under these policies. */
  ReadResult service(ServiceFacts service, Collection<SliceFacts> slices, PeerPolicies policies) {
    var path = Paths.after(service.importedPath(), mesh.id());
    if (path.isEmpty()) {
      return new ReadResult.Unreadable(Paths.loopOf(service.object(), service.importedPath()));
    }
    return switch (services.read(service, slices)) {
      case ServiceReading.Unreadable unreadable -> new ReadResult.Unreadable(unreadable.reason());
      case ServiceReading.Readable readable ->
          new ReadResult.Readable(
              new Offer(
                  new ServiceKey(mesh.id(), service.key().namespace(), service.key().name()),
                  readable.ports(),
                  Marks.without(service.labels()),
                  readable.hostnames(),
                  accessTo(service, readable, policies),
                  readable.endpoints(),
                  path.orElseThrow(),
                  losses(readable.problems())));
    };
  }

  /** A ServiceEntry, under these policies. */
  ReadResult entry(EntryFacts entry, PeerPolicies policies) {
    try {
      return entries.read(entry, policies);
    } catch (IllegalArgumentException outOfRange) {
      return new ReadResult.Unreadable(entry.object() + ": " + outOfRange.getMessage());
    }
  }

  private static AccessPolicy accessTo(
      ServiceFacts service, ServiceReading.Readable readable, PeerPolicies policies) {
    // What an external name stands for is not in the mesh, so the mesh cannot guard it.
    if (service.direct() || !service.externalName().isEmpty()) {
      return AccessPolicy.OPEN;
    }
    return policies.ofSelected(service.key().namespace(), service.selector(), readable.targets());
  }

  private List<Loss> losses(Collection<Problem> problems) {
    return problems.stream()
        .map(
            problem ->
                new Loss(
                    locations.apply(problem),
                    problem.path(),
                    Loss.Outcome.DROPPED,
                    problem.message(),
                    ""))
        .toList();
  }
}
