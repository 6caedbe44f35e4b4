package io.meshbridge.testkit.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Where destinations of rules lead: hosts, and the subsets that DestinationRules define. */
final class IstioDestinations {
  private final IstioRegistry registry;
  private final List<Native> rules;

  IstioDestinations(IstioRegistry registry, List<Native> documents) {
    this.registry = registry;
    this.rules =
        documents.stream()
            .filter(document -> Kube.isOf(document, "networking.istio.io", "DestinationRule"))
            .sorted(Kube::byAge)
            .toList();
  }

  /**
   * The endpoints of a destination; none if the host, its port or the subset does not exist.
   *
   * @param port that the request came to
   */
  SortedSet<String> endpoints(Native destination, String namespace, int port) {
    var host = IstioRegistry.fullName(destination.at("host").text(), namespace);
    var labels = labels(host, destination.at("subset").text());
    var found = registry.find(host);
    if (found.isEmpty() || labels.isEmpty()) {
      return new TreeSet<>();
    }
    var known = found.orElseThrow();
    int usual = known.ports().size() == 1 ? known.ports().getFirst().number() : port;
    int number = destination.at("port", "number").number(usual);
    return known.endpoints(number, labels.orElseThrow());
  }

  /** What is said of a host. */
  List<Cause> causes(String host) {
    var causes = new ArrayList<Cause>();
    for (Native rule : rulesOf(host)) {
      causes.add(new Cause("DestinationRule", Kube.name(rule), "spec"));
    }
    return causes;
  }

  private Optional<Map<String, String>> labels(String host, String subset) {
    if (subset.isEmpty()) {
      return Optional.of(Map.of());
    }
    return rulesOf(host).stream()
        .flatMap(rule -> rule.at("spec", "subsets").list().stream())
        .filter(candidate -> candidate.at("name").text().equals(subset))
        .findFirst()
        .map(candidate -> candidate.at("labels").textEntries());
  }

  private List<Native> rulesOf(String host) {
    var exact =
        rules.stream()
            .filter(
                rule ->
                    IstioRegistry.fullName(rule.at("spec", "host").text(), Kube.namespace(rule))
                        .equals(host))
            .toList();
    return exact.isEmpty()
        ? rules.stream()
            .filter(
                rule -> {
                  var wildcard = rule.at("spec", "host").text();
                  return wildcard.startsWith("*") && host.endsWith(wildcard.substring(1));
                })
            .limit(1)
            .toList()
        : exact;
  }
}
