package io.meshbridge.adapter.linkerd;

import io.meshbridge.adapter.kubernetes.Addresses;
import io.meshbridge.adapter.kubernetes.LossList;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.ForbiddenRange;
import io.meshbridge.model.Health;
import io.meshbridge.model.NameSyntax;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Turns endpoints into places of slices, and says what slices cannot hold. */
final class Places {
  private final ServicePorts ports;
  private final HostAnswers hosts;
  private final LossList losses;

  private Places(ServicePorts ports, HostAnswers hosts, LossList losses) {
    this.ports = ports;
    this.hosts = hosts;
    this.losses = losses;
  }

  /** The places in canonical order, each once. */
  static List<Place> of(
      EndpointList endpoints, ServicePorts ports, HostAnswers hosts, LossList losses) {
    var places = new Places(ports, hosts, losses);
    places.tellWhatHasNoWord(endpoints.endpoints());
    var found = new ArrayList<Place>();
    endpoints.endpoints().forEach(endpoint -> places.add(endpoint, found));
    found.sort(Place.ORDER);
    var distinct = new ArrayList<Place>(found.size());
    for (Place place : found) {
      if (distinct.isEmpty() || !distinct.getLast().isSamePlaceAs(place)) {
        distinct.add(place);
      }
    }
    return distinct;
  }

  private void tellWhatHasNoWord(List<Endpoint> endpoints) {
    dropIfAny(
        endpoints,
        endpoint -> !endpoint.locality().region().isEmpty(),
        "endpoints.locality.region",
        "a slice has zones and no regions");
    dropIfAny(
        endpoints,
        endpoint -> endpoint.weight() > 1,
        "endpoints.weight",
        "Linkerd has no weights: all endpoints get equal shares");
    if (endpoints.stream().anyMatch(endpoint -> endpoint.weight() == 0)) {
      losses.approximated(
          "endpoints.weight", "an endpoint of weight 0 is written as one that is not ready");
    }
    if (endpoints.stream().anyMatch(endpoint -> endpoint.health() == Health.WARNING)) {
      losses.approximated(
          "endpoints.health", "a slice knows no warning: such an endpoint is written as ready");
    }
    dropIfAny(
        endpoints,
        endpoint -> !endpoint.labels().isEmpty(),
        "endpoints.labels",
        "an endpoint without a pod has no labels");
    dropIfAny(
        endpoints,
        endpoint -> !endpoint.network().isEmpty(),
        "endpoints.network",
        "Linkerd knows no networks");
    dropIfAny(
        endpoints,
        endpoint -> !endpoint.identity().isEmpty() && !isDnsIdentity(endpoint),
        "endpoints.identity",
        "a slice can name only identities that are DNS names; these endpoints are called without"
            + " TLS");
  }

  private void dropIfAny(
      List<Endpoint> endpoints, Predicate<Endpoint> lost, String path, String reason) {
    if (endpoints.stream().anyMatch(lost)) {
      losses.dropped(path, reason);
    }
  }

  private void add(Endpoint endpoint, List<Place> places) {
    var path = "endpoints[" + endpoint.address() + "]";
    if (ports.numbersOf(endpoint.ports()).isEmpty()) {
      losses.dropped(path, "it answers on no port of the Service");
      return;
    }
    for (InetAddress address : addressesOf(endpoint.address(), path)) {
      // Of a name only its answers tell where it leads.
      ForbiddenRange.of(address)
          .ifPresentOrElse(
              range ->
                  losses.dropped(
                      path,
                      "%s is %s, which no slice may hold"
                          .formatted(IpText.of(address), range.inWords())),
              () -> places.add(placeOf(endpoint, address)));
    }
  }

  private List<InetAddress> addressesOf(String address, String path) {
    var ip = Addresses.ipOf(address);
    if (ip.isPresent()) {
      return List.of(ip.orElseThrow());
    }
    if (!Addresses.isName(address)) {
      losses.dropped(path, "its address is neither an IP address nor a DNS name");
      return List.of();
    }
    return switch (hosts.of(address)) {
      case HostAnswers.Answer.Known known -> known.addresses();
      case HostAnswers.Answer.Unknown unknown -> {
        losses.dropped(path, unknown.reason());
        yield List.of();
      }
    };
  }

  private Place placeOf(Endpoint endpoint, InetAddress address) {
    var group =
        new SliceGroup(
            address instanceof Inet6Address ? "IPv6" : "IPv4",
            ports.numbersOf(endpoint.ports()),
            isDnsIdentity(endpoint) ? endpoint.identity() : "");
    return new Place(
        group,
        IpText.of(address),
        endpoint.weight() == 0 ? Health.NOT_READY : endpoint.health(),
        endpoint.locality().zone());
  }

  private static boolean isDnsIdentity(Endpoint endpoint) {
    return NameSyntax.DNS_NAME.accepts(endpoint.identity().toLowerCase(Locale.ROOT));
  }
}
