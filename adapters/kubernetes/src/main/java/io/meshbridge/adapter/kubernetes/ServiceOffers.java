package io.meshbridge.adapter.kubernetes;

import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.Location;
import io.meshbridge.model.Marks;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Offer;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.Function;

/**
 * The one mapping from Services to the model. A live source and a translator of files differ only
 * in where the objects come from.
 */
public final class ServiceOffers {
  private final MeshDescriptor mesh;
  private final ServiceReader services;
  private final ProblemLosses losses;

  /** How a mesh guards its Services. */
  @FunctionalInterface
  public interface Guard {
    /**
     * Who may call a Service that its owner has not opened.
     *
     * @param targets the ports on which its pods answer, as far as they are known
     */
    AccessPolicy accessTo(ServiceFacts service, SortedSet<Integer> targets);
  }

  /**
   * Reads for one mesh.
   *
   * @param locations says where a field stands
   */
  public ServiceOffers(
      MeshDescriptor mesh,
      PortProtocols protocols,
      String clusterDomain,
      Function<Problem, Location> locations) {
    this(mesh, protocols, clusterDomain, locations, pod -> Collections.emptySortedMap());
  }

  /**
   * Reads for one mesh that tells the endpoints of a Service apart by the labels of their pods.
   *
   * @param locations says where a field stands
   * @param podLabels the labels of a pod, none if they are not known
   */
  public ServiceOffers(
      MeshDescriptor mesh,
      PortProtocols protocols,
      String clusterDomain,
      Function<Problem, Location> locations,
      Function<ResourceKey, SortedMap<String, String>> podLabels) {
    this.mesh = mesh;
    this.services = new ServiceReader(protocols, clusterDomain, podLabels);
    this.losses = new ProblemLosses(locations);
  }

  /** A Service with its slices, in any order. */
  public ReadResult read(ServiceFacts service, Collection<SliceFacts> slices, Guard guard) {
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
                  accessTo(service, readable, guard),
                  readable.endpoints(),
                  path.orElseThrow(),
                  losses.of(readable.problems())));
    };
  }

  private static AccessPolicy accessTo(
      ServiceFacts service, ServiceReading.Readable readable, Guard guard) {
    // What an external name stands for is not in the mesh, so the mesh cannot guard it.
    return service.direct() || !service.externalName().isEmpty()
        ? AccessPolicy.OPEN
        : guard.accessTo(service, readable.targets());
  }
}
