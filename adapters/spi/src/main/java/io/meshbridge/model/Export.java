package io.meshbridge.model;

import io.meshbridge.model.traffic.Ingress;
import io.meshbridge.model.traffic.TrafficPolicy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One service as its mesh offers it, whole: nobody ever sees a service without the policy that
 * guards it. Its endpoints travel apart, because they change often and can be many.
 *
 * @param key which service
 * @param ports sorted by number, then name; names are unique
 * @param labels what its mesh says of it, without Meshbridge's own marks
 * @param hostnames the names by which its own mesh calls it, sorted
 * @param firstSeen when the mesh's bridge first published it (to the millisecond); it settles
 *     conflicts of names and survives restarts in the log
 * @param path the meshes that it has travelled through, ending with the one that exports it
 * @param access who may call it
 * @param traffic how its owner wants its traffic treated
 * @param ingress where requests from outside come in, if it is a gateway
 * @param losses what of its mesh's own words the model cannot say, each at the field that is lost
 */
public record Export(
    ServiceKey key,
    List<ServicePort> ports,
    SortedMap<String, String> labels,
    List<String> hostnames,
    Instant firstSeen,
    FederationPath path,
    AccessPolicy access,
    TrafficPolicy traffic,
    Optional<Ingress> ingress,
    List<Loss> losses) {
  private static final Comparator<ServicePort> PORT_ORDER =
      Comparator.comparingInt(ServicePort::number).thenComparing(ServicePort::name);

  /**
   * @throws IllegalArgumentException if two ports have one name, or the path does not end with the
   *     exporting mesh
   */
  public Export {
    ports = sortedPorts(key, ports);
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    hostnames = hostnames.stream().sorted().distinct().toList();
    losses = List.copyOf(losses);
    firstSeen = firstSeen.truncatedTo(ChronoUnit.MILLIS);
    Checks.require(
        path.meshes().getLast().equals(key.mesh()),
        "the path of " + key + " must end with its mesh, but is " + path);
  }

  /** A service that is no gateway. */
  public Export(
      ServiceKey key,
      List<ServicePort> ports,
      SortedMap<String, String> labels,
      List<String> hostnames,
      Instant firstSeen,
      FederationPath path,
      AccessPolicy access,
      TrafficPolicy traffic,
      List<Loss> losses) {
    this(key, ports, labels, hostnames, firstSeen, path, access, traffic, Optional.empty(), losses);
  }

  /** A service of which nothing is lost. */
  public Export(
      ServiceKey key,
      List<ServicePort> ports,
      SortedMap<String, String> labels,
      List<String> hostnames,
      Instant firstSeen,
      FederationPath path,
      AccessPolicy access,
      TrafficPolicy traffic) {
    this(key, ports, labels, hostnames, firstSeen, path, access, traffic, List.of());
  }

  /** A service of whose traffic its owner says nothing. */
  public Export(
      ServiceKey key,
      List<ServicePort> ports,
      SortedMap<String, String> labels,
      List<String> hostnames,
      Instant firstSeen,
      FederationPath path,
      AccessPolicy access) {
    this(key, ports, labels, hostnames, firstSeen, path, access, TrafficPolicy.NONE);
  }

  /** Losses in the words of the service's owner. */
  public List<Loss> inOwnersWords(List<Loss> told) {
    return ownersWords().of(told);
  }

  /** What its owner says of it. */
  public OwnersWords ownersWords() {
    return new OwnersWords(traffic, ingress);
  }

  private static List<ServicePort> sortedPorts(ServiceKey key, List<ServicePort> ports) {
    var names = new HashSet<String>();
    for (ServicePort port : ports) {
      Checks.require(
          names.add(port.name()), "service " + key + " has two ports named '" + port.name() + "'");
    }
    var sorted = new ArrayList<>(ports);
    sorted.sort(PORT_ORDER);
    return List.copyOf(sorted);
  }
}
