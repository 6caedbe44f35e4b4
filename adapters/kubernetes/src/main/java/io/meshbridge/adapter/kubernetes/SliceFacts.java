package io.meshbridge.adapter.kubernetes;

import io.meshbridge.model.Health;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the bridge keeps of an EndpointSlice. Slices of all Services are watched, since a slice need
 * not bear its Service's labels; so this is small: no labels, no topology, pods only by name.
 *
 * @param service the Service that it belongs to; its name is empty if the slice names none
 * @param ports the number behind each port name of the Service; an unnamed port is ""
 * @param identity what the certificate of all places shows, as Linkerd's annotation says it; empty
 *     if none
 * @param endpoints the places, as they stand in the slice
 * @param problems what could not be read
 */
public record SliceFacts(
    ResourceKey service,
    SortedMap<String, Integer> ports,
    String identity,
    List<Place> endpoints,
    List<Problem> problems) {
  /** On slices: the identity that the endpoints' certificate shows. */
  public static final String IDENTITY = "mirror.linkerd.io/remote-gateway-identity";

  private static final String SERVICE_NAME = "kubernetes.io/service-name";

  /**
   * One address.
   *
   * @param address an IP address or, in a slice of type FQDN, a host name
   * @param zone empty if not known
   * @param pod the pod that answers there, in the slice's namespace; empty if it is none, or if
   *     pods are not asked for
   */
  public record Place(String address, Health health, String zone, String pod) {}

  /** Reads an EndpointSlice without the names of its pods. */
  public static SliceFacts ofSlice(KubeObject slice) {
    return ofSlice(slice, false);
  }

  /** Reads an EndpointSlice with the names of its pods. */
  public static SliceFacts ofSliceWithPods(KubeObject slice) {
    return ofSlice(slice, true);
  }

  private static SliceFacts ofSlice(KubeObject slice, boolean pods) {
    var problems = new ArrayList<Problem>();
    var fields = slice.fields((path, text) -> problems.add(problem(slice, path, text)));
    var places = new ArrayList<Place>();
    for (Fields endpoint : fields.objects("endpoints")) {
      placeOf(endpoint, pods)
          .ifPresentOrElse(
              places::add,
              () ->
                  problems.add(
                      problem(slice, endpoint.pathOf("addresses"), "the endpoint has no address")));
    }
    var service =
        new ResourceKey(slice.key().namespace(), slice.labels().getOrDefault(SERVICE_NAME, ""));
    return new SliceFacts(
        service,
        portsOf(fields),
        slice.marks().getOrDefault(IDENTITY, ""),
        List.copyOf(places),
        List.copyOf(problems));
  }

  /** Reads one subset after the other of the older kind, Endpoints. */
  public static List<SliceFacts> ofEndpoints(KubeObject endpoints) {
    var slices = new ArrayList<SliceFacts>();
    var problems = new ArrayList<Problem>();
    var fields = endpoints.fields((path, text) -> problems.add(problem(endpoints, path, text)));
    for (Fields subset : fields.objects("subsets")) {
      var places = new ArrayList<Place>();
      addAddresses(subset, "addresses", Health.READY, places);
      addAddresses(subset, "notReadyAddresses", Health.NOT_READY, places);
      slices.add(
          new SliceFacts(
              endpoints.key(), portsOf(subset), "", List.copyOf(places), List.copyOf(problems)));
      problems.clear();
    }
    return slices;
  }

  private static void addAddresses(Fields subset, String list, Health health, List<Place> places) {
    for (Fields address : subset.objects(list)) {
      var ip = address.text("ip");
      if (!ip.isEmpty()) {
        places.add(new Place(ip, health, "", podOf(address.object("targetRef"))));
      }
    }
  }

  private static Problem problem(KubeObject object, String path, String message) {
    return Problem.malformed(object.reference(), path, message);
  }

  private static SortedMap<String, Integer> portsOf(Fields fields) {
    var ports = new TreeMap<String, Integer>();
    for (Fields port : fields.objects("ports")) {
      port.port("port").ifPresent(number -> ports.put(port.text("name"), number));
    }
    return ports;
  }

  /** All addresses of one endpoint lead to one place; Kubernetes itself uses the first. */
  private static Optional<Place> placeOf(Fields endpoint, boolean pods) {
    return endpoint.textList("addresses").stream()
        .filter(address -> !address.isBlank())
        .findFirst()
        .map(
            address ->
                new Place(
                    address,
                    health(endpoint.object("conditions")),
                    endpoint.text("zone"),
                    pods ? podOf(endpoint.object("targetRef")) : ""));
  }

  private static String podOf(Fields target) {
    return target.text("kind").equals("Pod") ? target.text("name") : "";
  }

  /** A condition that is not given counts as Kubernetes says: ready, and serving if ready. */
  private static Health health(Fields conditions) {
    boolean ready = conditions.flag("ready").orElse(true);
    boolean serving = conditions.flag("serving").orElse(ready);
    if (conditions.flag("terminating").orElse(false)) {
      return serving ? Health.DRAINING : Health.NOT_READY;
    }
    return ready ? Health.READY : Health.NOT_READY;
  }
}
