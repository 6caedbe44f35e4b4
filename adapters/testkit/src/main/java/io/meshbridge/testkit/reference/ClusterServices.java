package io.meshbridge.testkit.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The Services of a cluster with the places that stand behind them. */
final class ClusterServices {
  private final SortedMap<String, ClusterService> services = new TreeMap<>();

  /**
   * A port of a Service.
   *
   * @param name empty if it has none
   */
  record Port(String name, int number, String appProtocol) {}

  /**
   * One ready address.
   *
   * @param ports the number behind each name of a port
   * @param labels of the pod; none without one
   */
  record Place(String address, Map<String, Integer> ports, SortedMap<String, String> labels) {}

  /** A Service. */
  record ClusterService(
      String name, String namespace, Native document, List<Port> ports, List<Place> places) {
    Optional<Port> port(int number) {
      return ports.stream().filter(port -> port.number() == number).findFirst();
    }

    /** The endpoints behind a port that bear these labels; none if there is no such port. */
    SortedSet<String> endpoints(int number, Map<String, String> labels) {
      var found = new TreeSet<String>();
      port(number)
          .ifPresent(
              port ->
                  places.stream()
                      .filter(place -> place.labels().entrySet().containsAll(labels.entrySet()))
                      .filter(place -> place.ports().containsKey(port.name()))
                      .forEach(
                          place ->
                              found.add(place.address() + ":" + place.ports().get(port.name()))));
      return found;
    }
  }

  ClusterServices(List<Native> documents) {
    var pods = new TreeMap<String, SortedMap<String, String>>();
    for (Native document : documents) {
      if (Kube.isOf(document, "", "Pod")) {
        pods.put(key(document), document.at("metadata", "labels").textEntries());
      }
    }
    for (Native document : documents) {
      if (Kube.isOf(document, "", "Service")) {
        services.put(
            key(document),
            new ClusterService(
                Kube.name(document),
                Kube.namespace(document),
                document,
                portsOf(document),
                placesOf(document, documents, pods)));
      }
    }
  }

  /** The Service of that name, if it exists. */
  Optional<ClusterService> find(String namespace, String name) {
    return Optional.ofNullable(services.get(name + "." + namespace));
  }

  List<ClusterService> all() {
    return List.copyOf(services.values());
  }

  private static String key(Native document) {
    return Kube.name(document) + "." + Kube.namespace(document);
  }

  private static List<Port> portsOf(Native service) {
    return service.at("spec", "ports").list().stream()
        .map(
            port ->
                new Port(
                    port.at("name").text(),
                    port.at("port").number(0),
                    port.at("appProtocol").text()))
        .toList();
  }

  private static List<Place> placesOf(
      Native service, List<Native> documents, Map<String, SortedMap<String, String>> pods) {
    var places = new ArrayList<Place>();
    for (Native document : documents) {
      var owner = document.at("metadata", "labels").entry("kubernetes.io/service-name").text();
      if (Kube.isOf(document, "discovery.k8s.io", "EndpointSlice")
          && owner.equals(Kube.name(service))
          && Kube.namespace(document).equals(Kube.namespace(service))) {
        addPlaces(document, pods, places);
      }
    }
    return places;
  }

  private static void addPlaces(
      Native slice, Map<String, SortedMap<String, String>> pods, List<Place> places) {
    var ports = new TreeMap<String, Integer>();
    slice
        .at("ports")
        .list()
        .forEach(port -> ports.put(port.at("name").text(), port.at("port").number(0)));
    for (Native endpoint : slice.at("endpoints").list()) {
      if (!endpoint.at("conditions", "ready").text().equals("false")) {
        var pod = endpoint.at("targetRef", "name").text() + "." + Kube.namespace(slice);
        places.add(
            new Place(
                endpoint.at("addresses").texts().getFirst(),
                ports,
                pods.getOrDefault(pod, new TreeMap<>())));
      }
    }
  }
}
