package io.meshbridge.spi;

import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Loss;
import io.meshbridge.model.OwnersWords;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.ServicePort;
import io.meshbridge.model.traffic.Ingress;
import io.meshbridge.model.traffic.TrafficPolicy;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A service that its mesh marks for export, as read.
 *
 * @param key which service
 * @param ports what clients call; names are unique
 * @param labels what the mesh says of it, without Meshbridge's own marks
 * @param hostnames the names by which its own mesh calls it
 * @param access who may call it
 * @param traffic how its owner wants its traffic treated
 * @param ingress where requests from outside come in, if it is a gateway
 * @param endpoints where it answers, with their health
 * @param path the meshes that it came through: this mesh alone for a service that is at home; for
 *     an object that a bridge wrote, that object's path and then this mesh
 * @param losses what reading could not keep
 */
public record Offer(
    ServiceKey key,
    List<ServicePort> ports,
    SortedMap<String, String> labels,
    List<String> hostnames,
    AccessPolicy access,
    TrafficPolicy traffic,
    Optional<Ingress> ingress,
    EndpointList endpoints,
    FederationPath path,
    List<Loss> losses) {
  /** Copies. */
  public Offer {
    ports = List.copyOf(ports);
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    hostnames = List.copyOf(hostnames);
    losses = List.copyOf(losses);
  }

  /** A service that is no gateway. */
  public Offer(
      ServiceKey key,
      List<ServicePort> ports,
      SortedMap<String, String> labels,
      List<String> hostnames,
      AccessPolicy access,
      TrafficPolicy traffic,
      EndpointList endpoints,
      FederationPath path,
      List<Loss> losses) {
    this(key, ports, labels, hostnames, access, traffic, Optional.empty(), endpoints, path, losses);
  }

  /** A service of whose traffic its owner says nothing. */
  public Offer(
      ServiceKey key,
      List<ServicePort> ports,
      SortedMap<String, String> labels,
      List<String> hostnames,
      AccessPolicy access,
      EndpointList endpoints,
      FederationPath path,
      List<Loss> losses) {
    this(key, ports, labels, hostnames, access, TrafficPolicy.NONE, endpoints, path, losses);
  }

  /**
   * A gateway: the ports are those of its listeners, and nobody in the mesh calls it.
   *
   * @param labels what the mesh says of it, without Meshbridge's own marks
   */
  public static Offer gateway(
      ServiceKey key,
      SortedMap<String, String> labels,
      Ingress ingress,
      TrafficPolicy traffic,
      FederationPath path,
      List<Loss> losses) {
    return new Offer(
        key,
        ingress.ports(),
        labels,
        List.of(),
        AccessPolicy.OPEN,
        traffic,
        Optional.of(ingress),
        EndpointList.EMPTY,
        path,
        losses);
  }

  /** The same service, with what its owner says of its traffic. */
  public Offer withTraffic(TrafficPolicy policy, List<Loss> lost) {
    return new Offer(key, ports, labels, hostnames, access, policy, ingress, endpoints, path, lost);
  }

  /** Losses in the words of the service's owner. */
  public List<Loss> inOwnersWords(List<Loss> told) {
    return ownersWords().of(told);
  }

  /** What its owner says of it. */
  public OwnersWords ownersWords() {
    return new OwnersWords(traffic, ingress);
  }
}
