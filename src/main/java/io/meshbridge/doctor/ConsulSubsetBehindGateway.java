package io.meshbridge.doctor;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A terminating gateway knows a service only whole. */
final class ConsulSubsetBehindGateway implements DocumentCheck {
  @Override
  public Trap trap() {
    return Trap.error(
        "consul-subset-behind-terminating-gateway",
        "consul",
        "a terminating gateway cannot tell subsets apart",
        "register each subset as a service of its own");
  }

  @Override
  public Stream<Finding> look(DocumentSet documents) {
    var behind =
        documents
            .entries("terminating-gateway")
            .flatMap(gateway -> gateway.entry().at("Services").items())
            .map(service -> service.at("Name").text())
            .collect(Collectors.toSet());
    return Stream.of("service-router", "service-splitter")
        .flatMap(documents::entries)
        .flatMap(entry -> judge(entry, behind));
  }

  private Stream<Finding> judge(NativeObject entry, Set<String> behind) {
    var routes = entry.entry().at("Routes").items().map(route -> route.at("Destination"));
    return Stream.concat(routes, entry.entry().at("Splits").items())
        .filter(place -> behind.contains(serviceOf(place, entry)))
        .map(place -> place.at("ServiceSubset"))
        .filter(subset -> !subset.text().isEmpty())
        .map(subset -> found(subset, "subset " + subset.text() + " behind a terminating gateway"));
  }

  private static String serviceOf(Part place, NativeObject entry) {
    var service = place.at("Service").text();
    return service.isEmpty() ? entry.entryName() : service;
  }
}
