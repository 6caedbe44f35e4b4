package io.meshbridge.testkit.contract;

import io.meshbridge.model.Endpoint;
import io.meshbridge.model.Import;
import io.meshbridge.model.Loss;
import io.meshbridge.model.ServicePort;
import io.meshbridge.spi.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares an import with what was read back of the documents that it was written as, field by
 * field. Pure.
 */
final class RoundTrip {
  private final Import written;
  private final List<ServicePort> ports;
  private final List<Endpoint> endpoints;
  private final List<Offer> offers;
  private final List<Difference> differences = new ArrayList<>();

  /**
   * A field that did not come back.
   *
   * @param field which
   * @param paths the paths by which a loss may speak of it: the field itself, of this element or of
   *     all, or what holds it
   * @param text what was written and what was read, for people
   */
  record Difference(ModelField field, Set<String> paths, String text) {
    /** Whether one of the losses speaks of it. */
    boolean isToldBy(List<Loss> losses) {
      return losses.stream().anyMatch(loss -> paths.contains(loss.path()));
    }
  }

  private RoundTrip(Import written, List<Offer> offers) {
    this.written = written;
    this.offers = offers;
    this.ports = offers.stream().flatMap(offer -> offer.ports().stream()).toList();
    this.endpoints =
        offers.stream().flatMap(offer -> offer.endpoints().endpoints().stream()).toList();
  }

  /** All that differs; what was read may say more than what was written. */
  static List<Difference> differences(Import written, List<Offer> offers) {
    var trip = new RoundTrip(written, offers);
    written.export().ports().forEach(trip::comparePort);
    // If nothing came back at all, it is told of each port and endpoint, and that says all.
    if (!offers.isEmpty()) {
      written.export().labels().forEach(trip::compareLabel);
    }
    written.endpoints().endpoints().forEach(trip::compareEndpoint);
    return List.copyOf(trip.differences);
  }

  private void comparePort(ServicePort port) {
    var found =
        ports.stream()
            .filter(other -> other.name().equals(port.name()))
            .findFirst()
            .or(() -> ports.stream().filter(o -> o.number() == port.number()).findFirst());
    compare(
        ModelField.PORT_NAME,
        port.name(),
        found.map(ServicePort::name),
        ofPort(port, "name"),
        port.toString());
    compare(
        ModelField.PORT_NUMBER,
        port.number(),
        found.map(ServicePort::number),
        ofPort(port, "number"),
        port.toString());
    compare(
        ModelField.PORT_PROTOCOL,
        port.protocol(),
        found.map(ServicePort::protocol),
        ofPort(port, "protocol"),
        port.toString());
  }

  private void compareLabel(String key, String value) {
    var paths = Set.of("labels", "labels[" + key + "]", "labels." + key, "endpoints.labels." + key);
    var held = offers.stream().anyMatch(offer -> value.equals(offer.labels().get(key)));
    if (!held) {
      var all = new TreeSet<>(paths);
      // Where a service's labels are those of its instances, the loss is told of one of these.
      written
          .endpoints()
          .endpoints()
          .forEach(e -> all.addAll(ofEndpoint(e, "labels." + key, "labels[" + key + "]")));
      add(ModelField.LABELS, all, "label " + key + "=" + value);
    }
  }

  private void compareEndpoint(Endpoint endpoint) {
    var same = endpoints.stream().filter(o -> o.address().equals(endpoint.address())).toList();
    var what = endpoint.toString();
    if (same.isEmpty()) {
      addUnheld(endpoint);
      return;
    }
    endpoint
        .ports()
        .forEach(
            (name, number) -> {
              if (same.stream().noneMatch(other -> other.ports().containsValue(number))) {
                var paths = new TreeSet<>(ofEndpoint(endpoint, "ports", "ports[" + name + "]"));
                paths.addAll(Set.of("ports", "ports[" + name + "]"));
                add(ModelField.ENDPOINT_PORT, paths, name + "=" + number + " of " + what);
              }
            });
    compareFacts(endpoint, same);
    endpoint
        .labels()
        .forEach(
            (key, value) -> {
              if (same.stream().noneMatch(other -> value.equals(other.labels().get(key)))) {
                add(
                    ModelField.ENDPOINT_LABELS,
                    ofEndpoint(endpoint, "labels", "labels[" + key + "]", "labels." + key),
                    key + "=" + value + " of " + what);
              }
            });
  }

  /** An endpoint that is nowhere: it is told of itself, or of each port that leads to it. */
  private void addUnheld(Endpoint endpoint) {
    // Health or weight may be why it was left out; then it is enough to say so.
    var because = endpoint.health().takesTraffic() ? "weight" : "health";
    var itself = ofEndpoint(endpoint, "address", because);
    for (String port : endpoint.ports().keySet()) {
      var paths = new TreeSet<>(itself);
      paths.addAll(ofEndpoint(endpoint, "ports", "ports[" + port + "]"));
      paths.addAll(Set.of("ports", "ports[" + port + "]"));
      add(ModelField.ADDRESS, paths, port + " of " + endpoint);
    }
    if (endpoint.ports().isEmpty()) {
      var paths = new TreeSet<>(itself);
      paths.addAll(ofEndpoint(endpoint, "ports"));
      written
          .export()
          .ports()
          .forEach(port -> paths.addAll(ofEndpoint(endpoint, "ports[" + port.name() + "]")));
      add(ModelField.ADDRESS, paths, endpoint.toString());
    }
  }

  private void compareFacts(Endpoint endpoint, List<Endpoint> same) {
    var what = endpoint.toString();
    if (same.stream().noneMatch(o -> o.health() == endpoint.health())) {
      // What has no weight gets no traffic: a mesh may say so by its health.
      add(
          ModelField.HEALTH,
          endpoint.weight() == 0
              ? ofEndpoint(endpoint, "health", "weight")
              : ofEndpoint(endpoint, "health"),
          what);
    }
    if (same.stream().noneMatch(o -> o.weight() == endpoint.weight())) {
      add(ModelField.WEIGHT, ofEndpoint(endpoint, "weight"), what);
    }
    if (!endpoint.locality().region().isEmpty()
        && same.stream()
            .noneMatch(o -> o.locality().region().equals(endpoint.locality().region()))) {
      add(ModelField.REGION, ofEndpoint(endpoint, "locality", "locality.region"), what);
    }
    if (!endpoint.locality().zone().isEmpty()
        && same.stream().noneMatch(o -> o.locality().zone().equals(endpoint.locality().zone()))) {
      add(ModelField.ZONE, ofEndpoint(endpoint, "locality", "locality.zone"), what);
    }
    if (!endpoint.network().isEmpty()
        && same.stream().noneMatch(o -> o.network().equals(endpoint.network()))) {
      add(ModelField.NETWORK, ofEndpoint(endpoint, "network"), what);
    }
    if (!endpoint.identity().isEmpty()
        && same.stream().noneMatch(o -> o.identity().equals(endpoint.identity()))) {
      add(ModelField.IDENTITY, ofEndpoint(endpoint, "identity"), what);
    }
  }

  private <T> void compare(
      ModelField field, T wanted, Optional<T> found, Set<String> paths, String what) {
    if (!found.filter(wanted::equals).isPresent()) {
      add(field, paths, what + ", read back " + ports);
    }
  }

  private void add(ModelField field, Set<String> paths, String text) {
    differences.add(new Difference(field, Set.copyOf(paths), text));
  }

  private static Set<String> ofPort(ServicePort port, String field) {
    var element = "ports[" + port.name() + "]";
    return Set.of("ports", "ports." + field, element, element + "." + field);
  }

  private static Set<String> ofEndpoint(Endpoint endpoint, String... fields) {
    var element = "endpoints[" + endpoint.address() + "]";
    var paths = new TreeSet<>(Set.of("endpoints", element));
    for (String field : fields) {
      paths.add("endpoints." + field);
      paths.add(element + "." + field);
    }
    return paths;
  }
}
