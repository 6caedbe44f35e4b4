package io.meshbridge.testkit.reference;

import io.meshbridge.testkit.reference.ClusterServices.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The hosts that an Istio mesh knows: Services and ServiceEntries. */
final class IstioRegistry {
  private static final String CLUSTER = ".svc.cluster.local";

  private final SortedMap<String, Host> hosts = new TreeMap<>();

  /**
   * A port of a host.
   *
   * @param http whether proxies look into it: it is HTTP, or nobody says
   */
  record Port(String name, int number, int target, boolean http) {}

  /** A host. */
  record Host(String name, List<Port> ports, List<Place> places) {
    Optional<Port> port(int number) {
      return ports.stream().filter(port -> port.number() == number).findFirst();
    }

    /** The endpoints behind a port that bear these labels. */
    SortedSet<String> endpoints(int number, Map<String, String> labels) {
      var found = new TreeSet<String>();
      port(number)
          .ifPresent(
              port ->
                  places.stream()
                      .filter(place -> place.labels().entrySet().containsAll(labels.entrySet()))
                      .forEach(place -> found.add(place.address() + ":" + numberOf(place, port))));
      return found;
    }

    private static int numberOf(Place place, Port port) {
      return place.ports().getOrDefault(port.name(), port.target());
    }
  }

  IstioRegistry(List<Native> documents) {
    for (var service : new ClusterServices(documents).all()) {
      var host = fullName(service.name(), service.namespace());
      hosts.put(host, new Host(host, portsOf(service.ports()), service.places()));
    }
    for (Native document : documents) {
      if (Kube.isOf(document, "networking.istio.io", "ServiceEntry")) {
        addEntry(document.at("spec"));
      }
    }
  }

  Optional<Host> find(String host) {
    return Optional.ofNullable(hosts.get(host));
  }

  /** A host as an object in that namespace means it: a name without dots is a Service there. */
  static String fullName(String host, String namespace) {
    return host.contains(".") || host.equals("*") ? host : host + "." + namespace + CLUSTER;
  }

  private void addEntry(Native spec) {
    var ports = new ArrayList<Port>();
    for (Native port : spec.at("ports").list()) {
      int number = port.at("number").number(0);
      ports.add(
          new Port(
              port.at("name").text(),
              number,
              port.at("targetPort").number(number),
              isHttp(port.at("protocol").text())));
    }
    for (String host : spec.at("hosts").texts()) {
      hosts.put(host, new Host(host, ports, placesOf(spec, host)));
    }
  }

  private static List<Place> placesOf(Native spec, String host) {
    var places = new ArrayList<Place>();
    for (Native endpoint : spec.at("endpoints").list()) {
      var numbers = new TreeMap<String, Integer>();
      endpoint.at("ports").entries().forEach((name, number) -> numbers.put(name, number.number(0)));
      places.add(
          new Place(endpoint.at("address").text(), numbers, endpoint.at("labels").textEntries()));
    }
    if (places.isEmpty() && spec.at("resolution").text().startsWith("DNS")) {
      places.add(new Place(host, Map.of(), new TreeMap<>()));
    }
    return places;
  }

  private static List<Port> portsOf(List<ClusterServices.Port> ports) {
    return ports.stream()
        .map(
            port ->
                new Port(
                    port.name(),
                    port.number(),
                    port.number(),
                    isHttp(port.appProtocol().isEmpty() ? port.name() : port.appProtocol())))
        .toList();
  }

  private static boolean isHttp(String protocol) {
    var word = protocol.toLowerCase(Locale.ROOT);
    int dash = word.indexOf('-');
    return switch (dash < 0 ? word : word.substring(0, dash)) {
      case "tcp", "tls", "https", "mongo", "mysql", "redis", "udp" -> false;
      default -> true;
    };
  }
}
