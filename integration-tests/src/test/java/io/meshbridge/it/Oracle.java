package io.meshbridge.it;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the imports of a target must be, whole, from the operations on the origin alone. A line for
 * each object, so that a difference can be read.
 *
 * @param federation the federation's name
 * @param origin the mesh in which the operations were done
 * @param target the mesh that imports
 */
record Oracle(String federation, Origin origin, String target) {
  /**
   * What a make of mesh says of the services that tests put into it.
   *
   * @param mesh its id
   * @param namespace where its services are
   * @param portName what their one port is called
   * @param protocol what Istio calls that port's protocol
   * @param servicePort the number that clients call; 0 if it is the instances' own
   */
  record Origin(String mesh, String namespace, String portName, String protocol, int servicePort) {
    /** Kubernetes services with one port, 80, named http. */
    static Origin istio(String mesh) {
      return new Origin(mesh, "shop", "http", "HTTP", 80);
    }

    /** Services of a Linkerd with one port, 80, named http. */
    static Origin linkerd(String mesh) {
      return new Origin(mesh, "yard", "http", "HTTP", 80);
    }

    /** Consul services, of which nobody said what they speak. */
    static Origin consul(String mesh) {
      return new Origin(mesh, "default", "tcp", "TCP", 0);
    }
  }

  /** What stands at the end. */
  static SortedMap<String, Shop> last(List<Operation> operations) {
    var shops = new TreeMap<String, Shop>();
    for (Operation operation : operations) {
      switch (operation) {
        case Operation.Put(var shop) -> shops.put(shop.name(), shop);
        case Operation.Remove(var name) -> shops.remove(name);
      }
    }
    return shops;
  }

  /** Where the target is a Consul. */
  SortedSet<String> consul(List<Operation> operations) {
    var lines = new TreeSet<String>();
    last(operations).values().forEach(shop -> lines.addAll(consul(shop)));
    return lines;
  }

  /** In a Consul: an instance for each, also for those that are not healthy. */
  SortedSet<String> consul(Shop shop) {
    var lines = new TreeSet<String>();
    shop.instances()
        .forEach(
            (address, healthy) ->
                lines.add(
                    consulLine(
                        consulName(shop),
                        address,
                        shop.port(),
                        healthy ? "passing" : "critical",
                        owner(shop))));
    return lines;
  }

  /** What a service is called in a Consul. */
  String consulName(Shop shop) {
    return shop.name() + "-" + origin.mesh();
  }

  /** Where the target is an Istio. */
  SortedSet<String> istio(List<Operation> operations) {
    var lines = new TreeSet<String>();
    last(operations).values().forEach(shop -> lines.add(istio(shop)));
    return lines;
  }

  /** In an Istio: an entry, with the healthy instances only. */
  String istio(Shop shop) {
    int number = origin.servicePort() == 0 ? shop.port() : origin.servicePort();
    var endpoints =
        shop.instances().entrySet().stream()
            .filter(SortedMap.Entry::getValue)
            .map(instance -> instance.getKey() + " " + origin.portName() + "=" + shop.port())
            .collect(Collectors.toCollection(TreeSet::new));
    return istioLine(
        istioHost(shop),
        number + "/" + origin.portName() + "/" + origin.protocol(),
        endpoints.toString(),
        owner(shop));
  }

  /** What a service is called in an Istio. */
  String istioHost(Shop shop) {
    return shop.name() + "." + origin.namespace() + "." + origin.mesh() + ".mesh.internal";
  }

  /** Where the target is a Linkerd. */
  SortedSet<String> linkerd(List<Operation> operations) {
    var lines = new TreeSet<String>();
    last(operations).values().forEach(shop -> lines.add(linkerd(shop)));
    return lines;
  }

  /** In a Linkerd: a Service with all instances, and whether each is ready. */
  String linkerd(Shop shop) {
    int number = origin.servicePort() == 0 ? shop.port() : origin.servicePort();
    // What speaks nobody knows what must not be looked into.
    boolean opaque = origin.protocol().equals("TCP");
    var endpoints =
        shop.instances().entrySet().stream()
            .map(
                instance ->
                    instance.getKey()
                        + " "
                        + origin.portName()
                        + "="
                        + shop.port()
                        + (instance.getValue() ? " ready" : " not ready"))
            .collect(Collectors.toCollection(TreeSet::new));
    return linkerdLine(
        linkerdName(shop),
        number
            + "/"
            + origin.portName()
            + "/"
            + (opaque ? "linkerd.io/opaque" : origin.protocol().toLowerCase(Locale.ROOT)),
        opaque ? Integer.toString(number) : "",
        endpoints.toString(),
        owner(shop));
  }

  /** What a service is called in a Linkerd. */
  String linkerdName(Shop shop) {
    return shop.name() + "-" + origin.mesh() + "." + origin.namespace();
  }

  private String owner(Shop shop) {
    return owner(federation, target, origin.mesh(), origin.namespace(), shop.name());
  }

  static String owner(
      String federation, String target, String mesh, String namespace, String name) {
    return mesh + "/" + namespace + "/" + name + " for " + federation + "/" + target;
  }

  static String consulLine(String service, String address, int port, String status, String owner) {
    return service + " at " + address + ":" + port + " " + status + " <- " + owner;
  }

  static String linkerdLine(
      String name, String ports, String opaque, String endpoints, String owner) {
    return name + " " + ports + " opaque [" + opaque + "] at " + endpoints + " <- " + owner;
  }

  static String istioLine(String host, String ports, String endpoints, String owner) {
    return host + " " + ports + " at " + endpoints + " <- " + owner;
  }
}
