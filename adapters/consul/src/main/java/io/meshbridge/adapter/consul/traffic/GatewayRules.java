package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.MeshId;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.ClientMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.L4Rule;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.WeightedBackend;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The rules of a listener: those of each service, on its hosts. A proxy looks for the closest host
 * first (Envoy's virtual hosts), so that is their order.
 */
final class GatewayRules {
  private GatewayRules() {}

  /**
   * A service on hosts that are equally far.
   *
   * @param hosts none for Consul's own name for the service
   */
  private record Place(
      GatewayService service,
      ServiceTraffic traffic,
      List<GatewayService.Host> hosts,
      int distance) {}

  static List<HttpRule> http(
      MeshId mesh, int port, String protocol, Map<GatewayService, ServiceTraffic> services) {
    var rules = new ArrayList<HttpRule>();
    for (Place place : places(services)) {
      var key = place.service().name().in(mesh);
      var grpc = protocol.equals("grpc");
      for (HttpRule rule : ServiceRules.of(key, place.traffic().policy(), grpc)) {
        new GatewayRule(rule, place.service(), place.hosts(), port).onHosts().ifPresent(rules::add);
      }
    }
    return rules;
  }

  static List<L4Rule> l4(MeshId mesh, int port, Map<GatewayService, ServiceTraffic> services) {
    var rules = new ArrayList<L4Rule>();
    services.forEach(
        (service, traffic) -> {
          var key = service.name().in(mesh);
          var own = traffic.policy().l4().stream().findFirst();
          var sources = new Sources.Builder();
          service.refs().forEach(ref -> sources.add("backends[0].ref", ref));
          own.ifPresent(rule -> sources.addAll("", rule.sources()));
          rules.add(
              new L4Rule(
                  List.of(),
                  OptionalInt.of(port),
                  ClientMatch.ANY,
                  own.map(rule -> ServiceRules.backends(key, rule.backends()))
                      .orElse(List.of(WeightedBackend.only(BackendRef.service(key)))),
                  sources.build()));
        });
    return rules;
  }

  /** Exact hosts, then domains by their length, then Consul's own names, then all hosts. */
  private static List<Place> places(Map<GatewayService, ServiceTraffic> services) {
    var places = new ArrayList<Place>();
    services.forEach(
        (service, traffic) -> {
          var byDistance = new TreeMap<Integer, List<GatewayService.Host>>();
          service
              .hosts()
              .forEach(
                  host ->
                      byDistance
                          .computeIfAbsent(host.pattern().distance(), absent -> new ArrayList<>())
                          .add(host));
          byDistance.forEach(
              (distance, hosts) -> places.add(new Place(service, traffic, hosts, distance)));
          if (service.hosts().isEmpty()) {
            places.add(new Place(service, traffic, List.of(), HostPattern.OF_BEGINNING));
          }
        });
    places.sort(Comparator.comparingInt(Place::distance));
    return places;
  }
}
