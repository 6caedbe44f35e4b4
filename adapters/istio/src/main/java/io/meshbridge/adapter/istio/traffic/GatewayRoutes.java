package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.adapter.kubernetes.LossList;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.model.Import;
import io.meshbridge.model.traffic.HostConditions;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.Ingress;
import io.meshbridge.model.traffic.L4Rule;
import io.meshbridge.model.traffic.Listener;
import io.meshbridge.model.traffic.TrafficPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Says the rules for what comes in through a gateway as one VirtualService. Pure. */
public final class GatewayRoutes {
  private static final String TRAFFIC = TrafficPolicy.FIELD + ".";

  private final Import service;
  private final Ingress ingress;
  private final Capabilities capabilities;
  private final LossList losses;
  private final Destinations destinations;

  private GatewayRoutes(
      Import service, Ingress ingress, Capabilities capabilities, LossList losses) {
    this.service = service;
    this.ingress = ingress;
    this.capabilities = capabilities;
    this.losses = losses;
    this.destinations = new Destinations(service, SubsetNames.of(service.export().traffic()));
  }

  /**
   * What stands for a gateway.
   *
   * @param gateway the content of the Gateway's {@code spec}
   * @param virtualService likewise; empty if no rule can be said
   */
  public record Specs(Map<String, Object> gateway, Optional<Map<String, Object>> virtualService) {}

  /**
   * Says a gateway; what cannot be said is told, and may refuse the import.
   *
   * @param key under which the Gateway is written
   * @param selector the labels of the pods that do the work
   */
  public static Specs write(
      Import service,
      Ingress ingress,
      ResourceKey key,
      Map<String, String> selector,
      Capabilities capabilities,
      LossList losses) {
    return new Specs(
        new GatewayWriter(service, capabilities, losses).write(ingress, selector),
        new GatewayRoutes(service, ingress, capabilities, losses).virtualService(key));
  }

  private Optional<Map<String, Object>> virtualService(ResourceKey key) {
    var hosts = hosts();
    var rules = new LinkedHashMap<String, Object>();
    var http = httpRules(hosts);
    if (!http.isEmpty()) {
      rules.put("http", http);
    }
    putL4(rules);
    if (rules.isEmpty()) {
      return Optional.empty();
    }
    var spec = new LinkedHashMap<String, Object>();
    spec.put("hosts", List.copyOf(hosts));
    spec.put("gateways", List.of(key.toString()));
    spec.putAll(rules);
    return Optional.of(spec);
  }

  /** All hosts that a rule is for. */
  private Set<String> hosts() {
    var hosts = new LinkedHashSet<String>();
    var policy = service.export().traffic();
    for (HttpRule rule : policy.http()) {
      rule.matches().forEach(match -> hosts.addAll(hostsOf(match)));
    }
    for (L4Rule rule : policy.l4()) {
      hosts.addAll(rule.isTls() ? rule.serverNames() : hostsAt(rule.port()));
    }
    // Whoever names all may name no other beside it.
    return hosts.contains(HostConditions.ANY) ? Set.of(HostConditions.ANY) : hosts;
  }

  private List<String> hostsOf(HttpMatch match) {
    return HostConditions.hostOf(match.authority())
        .filter(host -> match.authority().isPresent())
        .map(List::of)
        .orElseGet(() -> hostsAt(match.port()));
  }

  private List<String> hostsAt(OptionalInt port) {
    var listeners = port.isPresent() ? ingress.at(port.getAsInt()) : ingress.listeners();
    return listeners.stream().anyMatch(Listener::takesAllHosts)
        ? List.of(HostConditions.ANY)
        : listeners.stream().flatMap(listener -> listener.hosts().stream()).toList();
  }

  private List<Map<String, Object>> httpRules(Set<String> hosts) {
    var matches = new GatewayMatches(ingress, hosts);
    var rules = service.export().traffic().http();
    var routes = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < rules.size(); i++) {
      var said = matches.of(rules.get(i));
      var part =
          new RulePart(
              TRAFFIC + "http[" + i + "]",
              said.stream().map(GatewayMatches.Said::origin).toList(),
              losses);
      var rule = rules.get(i).withMatches(said.stream().map(GatewayMatches.Said::match).toList());
      routes.addAll(
          new HttpRuleWriter(service, rule, part, ports(), destinations, capabilities).write());
    }
    return routes;
  }

  private PortKinds ports() {
    return new PortKinds(
        ingress.listeners().stream().map(Listener::port).collect(Collectors.toUnmodifiableSet()),
        ingress.listeners().stream().anyMatch(Listener::isHttp),
        ingress.listeners().stream().anyMatch(listener -> !listener.isHttp()));
  }

  private void putL4(Map<String, Object> rules) {
    var writer = new L4RuleWriter(service, destinations);
    var policy = service.export().traffic();
    for (int i = 0; i < policy.l4().size(); i++) {
      var rule = policy.l4().get(i);
      var part = new RulePart(TRAFFIC + "l4[" + i + "]", losses);
      writer
          .write(rule, part)
          .ifPresent(route -> TrafficWriter.listIn(rules, rule.isTls()).add(route));
    }
  }
}
