package io.meshbridge.model;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One place where a service answers. Two endpoints with equal address and ports are the same
 * endpoint; see {@link EndpointList}.
 *
 * @param address an IP address or a host name, without port
 * @param ports the port that answers, 1 to 65535, for each of the service's port names
 * @param health whether it should get traffic
 * @param weight share of the traffic in proportion to its siblings, 0 to 65535; 1 where the mesh
 *     has no weights
 * @param locality where it runs
 * @param network the network on which the address is reachable; empty for its mesh's own
 * @param labels what its mesh says of it, without Meshbridge's own marks
 * @param identity the identity that its certificate shows (SPIFFE URI or DNS name); empty if none
 */
public record Endpoint(
    String address,
    SortedMap<String, Integer> ports,
    Health health,
    int weight,
    Locality locality,
    String network,
    SortedMap<String, String> labels,
    String identity) {
  /**
   * The order in which endpoints stand in every output: address, ports, then best health first.
   * Whatever differs is compared, so that the order of the input never shows. Entries are compared
   * after their text, since two different maps can print alike.
   */
  static final Comparator<Endpoint> ORDER =
      Comparator.comparing(Endpoint::address)
          .thenComparing(endpoint -> endpoint.ports().toString())
          .thenComparing(Endpoint::ports, Endpoint::compareEntries)
          .thenComparing(Endpoint::health)
          .thenComparing(Endpoint::weight, Comparator.reverseOrder())
          .thenComparing(endpoint -> endpoint.labels().toString())
          .thenComparing(Endpoint::labels, Endpoint::compareEntries)
          .thenComparing(Endpoint::identity)
          .thenComparing(endpoint -> endpoint.locality().region())
          .thenComparing(endpoint -> endpoint.locality().zone())
          .thenComparing(Endpoint::network);

  /**
   * @throws IllegalArgumentException if the address is blank or too long, or a number out of range
   */
  public Endpoint {
    Checks.requireText("an endpoint's address", address, 253);
    ports.forEach(
        (name, number) ->
            Checks.requireRange("port '" + name + "' of endpoint " + address, number, 1, 65_535));
    Checks.requireRange("the weight of endpoint " + address, weight, 0, 65_535);
    ports = Collections.unmodifiableSortedMap(new TreeMap<>(ports));
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  /** A ready endpoint of weight 1 about which nothing else is known. */
  public static Endpoint ready(String address, Map<String, Integer> ports) {
    return new Endpoint(
        address, new TreeMap<>(ports), Health.READY, 1, Locality.UNKNOWN, "", new TreeMap<>(), "");
  }

  /** The same endpoint in another state of health. */
  public Endpoint withHealth(Health other) {
    return new Endpoint(address, ports, other, weight, locality, network, labels, identity);
  }

  /** Whether both are the same place, whatever is said of it. */
  boolean isSamePlaceAs(Endpoint other) {
    return address.equals(other.address) && ports.equals(other.ports);
  }

  private static <V extends Comparable<V>> int compareEntries(
      SortedMap<String, V> one, SortedMap<String, V> other) {
    var others = other.entrySet().iterator();
    for (var entry : one.entrySet()) {
      if (!others.hasNext()) {
        return 1;
      }
      var counterpart = others.next();
      int byKey = entry.getKey().compareTo(counterpart.getKey());
      int order = byKey == 0 ? entry.getValue().compareTo(counterpart.getValue()) : byKey;
      if (order != 0) {
        return order;
      }
    }
    return others.hasNext() ? -1 : 0;
  }
}
