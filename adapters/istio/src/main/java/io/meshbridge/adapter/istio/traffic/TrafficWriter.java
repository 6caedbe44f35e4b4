package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.adapter.kubernetes.LossList;
import io.meshbridge.model.Import;
import io.meshbridge.model.ServicePort;
import io.meshbridge.model.traffic.L4Rule;
import io.meshbridge.model.traffic.TrafficPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says an import's policy as a DestinationRule and a VirtualService. Pure. */
public final class TrafficWriter {
  private static final String TRAFFIC = TrafficPolicy.FIELD + ".";

  private final Import service;
  private final TrafficPolicy policy;
  private final PortKinds ports;
  private final Capabilities capabilities;
  private final LossList losses;
  private final SubsetNames subsets;

  private TrafficWriter(
      Import service, Collection<ServicePort> ports, Capabilities capabilities, LossList losses) {
    this.service = service;
    this.policy = service.export().traffic();
    this.ports = PortKinds.of(ports);
    this.capabilities = capabilities;
    this.losses = losses;
    this.subsets = SubsetNames.of(policy);
  }

  /**
   * What the policy needs beside the ServiceEntry.
   *
   * @param destinationRule the content of its {@code spec}; empty if none is needed
   * @param virtualService likewise
   * @param forbids whether any rule keeps requests from being served
   */
  public record Specs(
      Optional<Map<String, Object>> destinationRule,
      Optional<Map<String, Object>> virtualService,
      boolean forbids) {
    /** Nothing is needed. */
    public static final Specs NONE = new Specs(Optional.empty(), Optional.empty(), false);
  }

  /**
   * Says a policy; what cannot be said is told, and may refuse the import.
   *
   * @param ports those of the import's ports that are written
   */
  public static Specs write(
      Import service, Collection<ServicePort> ports, Capabilities capabilities, LossList losses) {
    return service.export().traffic().isNone()
        ? Specs.NONE
        : new TrafficWriter(service, ports, capabilities, losses).write();
  }

  private Specs write() {
    return new Specs(
        new DestinationRuleWriter(service, ports, subsets, capabilities, losses).write(),
        virtualService(),
        policy.http().stream().anyMatch(Forbidding::forbids));
  }

  private Optional<Map<String, Object>> virtualService() {
    var rules = new LinkedHashMap<String, Object>();
    var http = httpRules();
    if (!http.isEmpty()) {
      rules.put("http", http);
    }
    putL4(rules);
    if (rules.isEmpty()) {
      return Optional.empty();
    }
    var spec = new LinkedHashMap<String, Object>();
    spec.put("hosts", List.of(service.name()));
    spec.putAll(rules);
    return Optional.of(spec);
  }

  private List<Map<String, Object>> httpRules() {
    if (policy.http().isEmpty() || !speaksHttp()) {
      return List.of();
    }
    var destinations = new Destinations(service, subsets);
    var routes = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < policy.http().size(); i++) {
      var part = new RulePart(TRAFFIC + "http[" + i + "]", losses);
      routes.addAll(
          new HttpRuleWriter(service, policy.http().get(i), part, ports, destinations, capabilities)
              .write());
    }
    if (routes.isEmpty()) {
      // Where no rule takes a request, none is served; without any rule all would be.
      routes.add(Map.of("directResponse", Map.of("status", 404)));
    }
    return routes.equals(List.of(trivial())) ? List.of() : routes;
  }

  /** A rule that sends everything where it goes by itself. */
  private Map<String, Object> trivial() {
    return Map.of("route", List.of(Map.of("destination", Map.of("host", service.name()))));
  }

  private boolean speaksHttp() {
    if (ports.http()) {
      return true;
    }
    for (int i = 0; i < policy.http().size(); i++) {
      var part = new RulePart(TRAFFIC + "http[" + i + "]", losses);
      part.unsayable(
          "matches",
          "no port of the import is declared for HTTP, so that nobody looks into its requests",
          "declare what the port speaks");
      part.leaveOut(Forbidding.forbids(policy.http().get(i)));
    }
    return false;
  }

  private void putL4(Map<String, Object> rules) {
    var writer = new L4RuleWriter(service, new Destinations(service, subsets));
    for (int i = 0; i < policy.l4().size(); i++) {
      L4Rule rule = policy.l4().get(i);
      var part = new RulePart(TRAFFIC + "l4[" + i + "]", losses);
      writer.write(rule, part).ifPresent(route -> listIn(rules, rule.isTls()).add(route));
    }
  }

  @SuppressWarnings("unchecked")
  static List<Object> listIn(Map<String, Object> rules, boolean tls) {
    return (List<Object>)
        rules.computeIfAbsent(tls ? "tls" : "tcp", absent -> new ArrayList<Object>());
  }
}
