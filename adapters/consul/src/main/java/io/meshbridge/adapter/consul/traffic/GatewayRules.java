package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.traffic.ClientMatch;
import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.L4Rule;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.TextMatch;
import io.meshbridge.model.traffic.WeightedBackend;
import io.meshbridge.model.traffic.BackendRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The rules of a listener: those of each service, on its hosts. A proxy looks for the closest host
 * first (Envoy's virtual hosts), so that is their order.
 */
final class GatewayRules {
  private static final int LONGEST = 1_000;
  private static final int OWN_NAME = LONGEST + 1;

  private GatewayRules() {}

  /**
   * A service on hosts of one rank.
   *
   * @param hosts none for Consul's own name for the service
   */
  private record Place(
      GatewayService service, ServiceTraffic traffic, List<GatewayService.Host> hosts, int rank) {}

  static List<HttpRule> http(
      MeshId mesh, int port, String protocol, Map<GatewayService, ServiceTraffic> services) {
    var rules = new ArrayList<HttpRule>();
    for (Place place : places(services)) {
      var key = place.service().name().in(mesh);
      var grpc = protocol.equals("grpc");
      for (HttpRule rule : ServiceRules.of(key, place.traffic().policy(), grpc)) {
        new OneRule(rule, place, port).onHosts().ifPresent(rules::add);
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
          var byRank = new TreeMap<Integer, List<GatewayService.Host>>();
          service
              .hosts()
              .forEach(
                  host ->
                      byRank
                          .computeIfAbsent(rank(host.pattern()), absent -> new ArrayList<>())
                          .add(host));
          byRank.forEach((rank, hosts) -> places.add(new Place(service, traffic, hosts, rank)));
          if (service.hosts().isEmpty()) {
            places.add(new Place(service, traffic, List.of(), OWN_NAME));
          }
        });
    places.sort(Comparator.comparingInt(Place::rank));
    return places;
  }

  private static int rank(HostPattern host) {
    if (host.equals(HostPattern.ALL)) {
      return OWN_NAME + 1;
    }
    return host.isDomain() ? LONGEST - host.text().length() : 0;
  }

  /** A rule of a service while it is put on the hosts by which a gateway leads there. */
  private static final class OneRule {
    private final HttpRule rule;
    private final Place place;
    private final int port;
    private final Sources.Builder sources = new Sources.Builder();
    private final List<HttpMatch> matches = new ArrayList<>();

    OneRule(HttpRule rule, Place place, int port) {
      this.rule = rule;
      this.place = place;
      this.port = port;
    }

    /** Empty if it is about none of the hosts. */
    Optional<HttpRule> onHosts() {
      var own = rule.matches().isEmpty() ? List.of(HttpMatch.ANY) : rule.matches();
      for (int i = 0; i < own.size(); i++) {
        if (place.hosts().isEmpty()) {
          addOnOwnName(own.get(i), i);
        }
        for (GatewayService.Host host : place.hosts()) {
          add(own.get(i), i, host);
        }
      }
      if (matches.isEmpty()) {
        return Optional.empty();
      }
      addRest();
      var filters = filters();
      return Optional.of(
          new HttpRule(
              rule.name(),
              rule.grpc(),
              matches,
              filters,
              rule.backends(),
              rule.timeouts(),
              rule.retry(),
              rule.affinity(),
              sources.build()));
    }

    private void addOnOwnName(HttpMatch match, int index) {
      var name = place.service().name();
      var isDefault = name.namespace().equals(ServiceName.DEFAULT_NAMESPACE);
      var start = name.name() + ".ingress." + (isDefault ? "" : name.namespace() + ".");
      if (match.authority().isPresent()) {
        leaveOut(place.service().fields().ref("Name"));
      } else {
        add(match, index, Optional.of(new TextMatch(TextMatch.Kind.PREFIX, start, true)));
        place.service().refs().forEach(ref -> sources.add(last() + ".authority", ref));
      }
    }

    private void add(HttpMatch match, int index, GatewayService.Host host) {
      if (match.authority().isEmpty()) {
        add(match, index, host.pattern().authority());
      } else if (host.pattern().equals(HostPattern.ALL)) {
        add(match, index, match.authority());
      } else {
        var both = HostPattern.of(match.authority().get()).map(host.pattern()::and);
        if (both.isEmpty()) {
          leaveOut(host.ref());
          return;
        }
        if (both.get().isEmpty()) {
          // It is about other hosts.
          return;
        }
        add(match, index, both.get().get().authority());
      }
      sources.add(last() + ".authority", host.ref());
    }

    private void add(HttpMatch match, int index, Optional<TextMatch> authority) {
      matches.add(
          new HttpMatch(
              match.path(),
              match.method(),
              match.headers(),
              match.query(),
              authority,
              match.scheme(),
              OptionalInt.of(port),
              match.client()));
      addSources("matches[" + index + "]", last());
    }

    private String last() {
      return "matches[" + (matches.size() - 1) + "]";
    }

    private void leaveOut(FieldRef host) {
      place
          .service()
          .fields()
          .trace()
          .lose(
              host.path(),
              Outcome.DROPPED,
              "a route of the service asks for hosts in words of its own; it is left out here",
              "");
    }

    private void addRest() {
      rule.sources()
          .fields()
          .forEach(
              (field, refs) -> {
                if (!field.startsWith("matches[")) {
                  refs.forEach(ref -> sources.add(field, ref));
                }
              });
      for (int i = 0; i < rule.backends().size(); i++) {
        var at = "backends[" + i + "].ref";
        place.service().refs().forEach(ref -> sources.add(at, ref));
      }
    }

    private void addSources(String from, String to) {
      rule.sources()
          .fields()
          .forEach(
              (field, refs) -> {
                if (field.equals(from) || field.startsWith(from + ".")) {
                  refs.forEach(ref -> sources.add(to + field.substring(from.length()), ref));
                }
              });
    }

    /** What the gateway does comes after what the service's own rule does. */
    private List<HttpFilter> filters() {
      var filters = new ArrayList<>(rule.filters());
      var request = place.service().request();
      if (!request.isEmpty()) {
        addSources(request.refs(), filters.size());
        filters.add(new HttpFilter.RequestHeaders(request.change()));
      }
      var response = place.service().response();
      if (!response.isEmpty()) {
        addSources(response.refs(), filters.size());
        filters.add(new HttpFilter.ResponseHeaders(response.change()));
      }
      return filters;
    }

    private void addSources(List<FieldRef> refs, int filter) {
      refs.forEach(ref -> sources.add("filters[" + filter + "]", ref));
    }
  }
}
