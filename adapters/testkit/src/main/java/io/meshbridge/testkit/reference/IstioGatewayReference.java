package io.meshbridge.testkit.reference;

import io.meshbridge.testkit.reference.IstioRules.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the ingress gateway of an Istio mesh does with a request from outside: all Gateways are for
 * the same pods, and listen to HTTP in clear.
 */
public final class IstioGatewayReference implements MeshReference {
  private final IstioReference mesh;
  private final IstioRules rules;
  private final List<Native> gateways;
  private final List<Native> virtualServices;

  private IstioGatewayReference(List<Map<String, Object>> documents) {
    var all = documents.stream().map(Native::of).toList();
    this.mesh = IstioReference.of(documents);
    this.rules = new IstioRules(all);
    this.gateways = ofKind(all, "Gateway");
    this.virtualServices = ofKind(all, "VirtualService");
  }

  /** A mesh with these documents. */
  public static IstioGatewayReference of(List<Map<String, Object>> documents) {
    return new IstioGatewayReference(documents);
  }

  @Override
  public Verdict decide(Request request) {
    boolean listens =
        gateways.stream()
            .flatMap(gateway -> gateway.at("spec", "servers").list().stream())
            .anyMatch(server -> server.at("port", "number").number(0) == request.port());
    if (!listens) {
      return new Verdict(new Outcome.NoEndpoints(), causes(request));
    }
    var found = new LinkedHashMap<String, List<Rule>>();
    int closest = 0;
    for (Native gateway : gateways) {
      for (Native virtualService : virtualServices) {
        int closeness = closeness(gateway, virtualService, request);
        if (closeness > closest) {
          closest = closeness;
          found.clear();
        }
        if (closeness > 0 && closeness == closest) {
          found
              .computeIfAbsent(nameOf(gateway), none -> new ArrayList<>())
              .addAll(rules.httpRules(virtualService));
        }
      }
    }
    if (found.isEmpty()) {
      return new Verdict(new Outcome.NotFound(), causes(request));
    }
    var entry = found.entrySet().iterator().next();
    var verdict = mesh.atGateway(request, entry.getKey(), entry.getValue());
    var causes = causes(request);
    causes.addAll(verdict.causes());
    return new Verdict(verdict.outcome(), causes);
  }

  /** How close the hosts that both have are to that of the request. */
  private static int closeness(Native gateway, Native virtualService, Request request) {
    if (!isBoundTo(virtualService, gateway)) {
      return 0;
    }
    int closest = 0;
    for (Native server : gateway.at("spec", "servers").list()) {
      if (server.at("port", "number").number(0) == request.port()) {
        for (String host : server.at("hosts").texts()) {
          for (String other : virtualService.at("spec", "hosts").texts()) {
            var common = Domains.common(host, other);
            closest = Math.max(closest, Domains.closeness(common, request.host()));
          }
        }
      }
    }
    return closest;
  }

  /** A name without a namespace is of the VirtualService's own. */
  private static boolean isBoundTo(Native virtualService, Native gateway) {
    return virtualService.at("spec", "gateways").texts().stream()
        .map(name -> name.contains("/") ? name : Kube.namespace(virtualService) + "/" + name)
        .anyMatch(nameOf(gateway)::equals);
  }

  private List<Cause> causes(Request request) {
    var causes = new ArrayList<Cause>();
    for (Native gateway : gateways) {
      for (Native server : gateway.at("spec", "servers").list()) {
        if (server.at("port", "number").number(0) == request.port()) {
          causes.add(new Cause("Gateway", Kube.name(gateway), server.path()));
        }
      }
    }
    return causes;
  }

  private static String nameOf(Native gateway) {
    return Kube.namespace(gateway) + "/" + Kube.name(gateway);
  }

  private static List<Native> ofKind(List<Native> documents, String kind) {
    return documents.stream()
        .filter(document -> Kube.isOf(document, "networking.istio.io", kind))
        .sorted(Kube::byAge)
        .toList();
  }
}
