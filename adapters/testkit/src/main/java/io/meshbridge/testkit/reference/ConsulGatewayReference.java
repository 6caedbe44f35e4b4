package io.meshbridge.testkit.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the ingress gateways of a Consul datacenter do with a request from outside: they find the
 * service by the host, and then do as its discovery chain says. They listen to HTTP in clear.
 */
public final class ConsulGatewayReference implements MeshReference {
  private static final String KIND = "ingress-gateway";

  private final ConsulReference mesh;
  private final List<Native> gateways;

  private ConsulGatewayReference(List<Map<String, Object>> documents) {
    this.mesh = ConsulReference.of(documents);
    this.gateways =
        documents.stream()
            .map(Native::of)
            .filter(document -> document.at("kind").text().equals(KIND))
            .toList();
    gateways.forEach(ConsulGatewayReference::requireAcceptable);
  }

  /** A datacenter with these registrations and config entries. */
  public static ConsulGatewayReference of(List<Map<String, Object>> documents) {
    return new ConsulGatewayReference(documents);
  }

  /** What the server refuses when somebody writes it. */
  private static void requireAcceptable(Native gateway) {
    var ports = new ArrayList<String>();
    for (Native listener : gateway.at("listeners").list()) {
      var port = listener.at("port").text();
      var names = new ArrayList<String>();
      var hosts = new ArrayList<String>();
      for (Native service : listener.at("services").list()) {
        names.add(service.at("name").text());
        hosts.addAll(domainsOf(service));
        if (!service.at("requestHeaders").isEmpty() || !service.at("responseHeaders").isEmpty()) {
          throw new IllegalArgumentException("headers of a gateway's service are not known here");
        }
      }
      boolean unique =
          !ports.contains(port)
              && names.stream().distinct().count() == names.size()
              && hosts.stream().distinct().count() == hosts.size();
      if (!unique || names.isEmpty() || names.contains("*")) {
        throw new IllegalArgumentException("Consul refuses " + listener);
      }
      ports.add(port);
    }
  }

  @Override
  public Verdict decide(Request request) {
    var causes = new ArrayList<Cause>();
    boolean listens = false;
    int closest = 0;
    Optional<Native> found = Optional.empty();
    for (Native gateway : gateways) {
      for (Native listener : gateway.at("listeners").list()) {
        if (listener.at("port").number(0) == request.port()) {
          listens = true;
          causes.add(new Cause(KIND, gateway.at("name").text(), listener.path()));
          for (Native service : listener.at("services").list()) {
            for (String domain : domainsOf(service)) {
              int closeness = Domains.closeness(domain, request.host());
              if (closeness > closest) {
                closest = closeness;
                found = Optional.of(service);
              }
            }
          }
        }
      }
    }
    if (found.isEmpty()) {
      return new Verdict(listens ? new Outcome.NotFound() : new Outcome.NoEndpoints(), causes);
    }
    var name = found.orElseThrow().at("name").text();
    var verdict = mesh.decide(request.to(name, request.port()));
    causes.addAll(verdict.causes());
    return new Verdict(verdict.outcome(), causes);
  }

  private static List<String> domainsOf(Native service) {
    var hosts = service.at("hosts").texts();
    return hosts.isEmpty() ? List.of(service.at("name").text() + ".ingress.*") : hosts;
  }
}
