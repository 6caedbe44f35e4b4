package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.adapter.consul.traffic.Neighbours.Place;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Import;
import io.meshbridge.model.NameSyntax;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.ServicePort;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Where a gateway's listener leads by host. A host of which is said just what Consul does with a
 * service anyway leads to that service; any other to a name of its own with a router.
 */
final class HostWriter {
  private final Import gateway;
  private final ServicePort port;
  private final Neighbours neighbours;
  private final ServerVersion version;
  private final LossBook losses;
  private final boolean onlyNames;
  private final List<WantedEntry> entries = new ArrayList<>();
  private final Set<String> taken = new HashSet<>();

  /**
   * @param port of the listener, with what it speaks
   * @param onlyNames whether the server does not take a listener for all hosts
   */
  HostWriter(
      Import gateway,
      ServicePort port,
      Neighbours neighbours,
      ServerVersion version,
      LossBook losses,
      boolean onlyNames) {
    this.gateway = gateway;
    this.port = port;
    this.neighbours = neighbours;
    this.version = version;
    this.losses = losses;
    this.onlyNames = onlyNames;
  }

  /** What has to stand besides the listener. */
  List<WantedEntry> entries() {
    return List.copyOf(entries);
  }

  /** The listener's services; each is named once. */
  List<Map<String, Object>> services(GatewayHosts hosts) {
    var byService = new LinkedHashMap<String, List<String>>();
    var groups = hosts.groups();
    var isOne = groups.size() > 1 && takesOnlyOne();
    for (GatewayHosts.Group group : isOne ? List.of(hosts.together()) : groups) {
      var named = group.hosts().stream().filter(host -> canBeNamed(host, group)).toList();
      if (!named.isEmpty()) {
        direct(group)
            .or(
                () ->
                    isOne
                        ? own(HostPattern.ALL, group, hosts::onAny)
                        : own(named.getFirst(), group, match -> hosts.on(named.getFirst(), match)))
            .ifPresent(
                service ->
                    named.forEach(
                        host ->
                            byService
                                .computeIfAbsent(service, absent -> new ArrayList<>())
                                .add(host.text())));
      }
    }
    var services = new ArrayList<Map<String, Object>>();
    byService.forEach(
        (service, on) -> {
          var fields = new LinkedHashMap<String, Object>();
          fields.put("Name", service);
          fields.put("Hosts", on);
          services.add(fields);
        });
    return services;
  }

  private boolean takesOnlyOne() {
    return port.protocol() != AppProtocol.HTTP && !version.has(Feature.SERVICES_BY_HTTP2);
  }

  private boolean canBeNamed(HostPattern host, GatewayHosts.Group group) {
    if (!onlyNames || !host.equals(HostPattern.ALL)) {
      return true;
    }
    group
        .rules()
        .keySet()
        .forEach(
            rule ->
                losses.drop(
                    "traffic.http[" + rule + "].matches",
                    "a server before "
                        + Feature.LISTENER_TLS.since()
                        + " has TLS only for hosts by name: of all others nobody is led there",
                    "name the hosts, or upgrade the server"));
    return false;
  }

  /** The service to which all goes just as Consul does it anyway. */
  private Optional<String> direct(GatewayHosts.Group group) {
    var rules = List.copyOf(group.rules().values());
    return rules.stream()
        .flatMap(rule -> rule.backends().stream())
        .flatMap(backend -> backend.ref().service().stream())
        .distinct()
        .filter(key -> isAllThatIsDoneBy(key, rules))
        .findFirst()
        .flatMap(
            key ->
                neighbours.find(BackendRef.service(key)) instanceof Place.Known known
                    ? Optional.of(known.service())
                    : Optional.empty());
  }

  private boolean isAllThatIsDoneBy(ServiceKey key, List<HttpRule> rules) {
    var export = Optional.ofNullable(gateway.others().get(key));
    return export.isPresent()
        && ServiceRules.of(key, export.get().traffic(), port.protocol() == AppProtocol.GRPC)
            .stream()
            .map(HostWriter::bare)
            .toList()
            .equals(rules.stream().map(HostWriter::bare).toList());
  }

  private static HttpRule bare(HttpRule rule) {
    var bare = rule.withoutSources();
    return bare.matches().equals(List.of(HttpMatch.ANY)) ? bare.withMatches(List.of()) : bare;
  }

  private Optional<String> own(
      HostPattern host, GatewayHosts.Group group, Function<HttpMatch, Optional<HttpMatch>> scope) {
    var plan = PortPlan.ofName(nameOf(host), port, neighbours, version, losses);
    var routes = new ArrayList<Map<String, Object>>();
    group
        .rules()
        .keySet()
        .forEach(
            index -> {
              var rule = gateway.export().traffic().http().get(index);
              routes.addAll(new RuleWriter(rule, index, plan, scope).routes());
            });
    if (routes.isEmpty()) {
      return Optional.empty();
    }
    if (group.rules().values().stream().noneMatch(HttpRule::takesAll)) {
      losses.approximate(
          "traffic.http", "requests that no rule takes lead to no instance, which is 503");
    }
    plan.addProtocol(plan.name());
    plan.add(ConfigKind.SERVICE_ROUTER, plan.name(), Map.of("Routes", routes));
    entries.addAll(plan.entries());
    return Optional.of(plan.name());
  }

  private String nameOf(HostPattern host) {
    var readable = host.text().replace("*", "any").replaceAll("[^a-z0-9]+", "-");
    var name = gateway.name() + "-" + port.number() + "-" + readable;
    var label = PortNames.label(name);
    return taken.add(label) ? label : NameSyntax.withHash(name, host.text());
  }
}
