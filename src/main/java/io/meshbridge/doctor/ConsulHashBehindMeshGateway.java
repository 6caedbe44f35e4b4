package io.meshbridge.doctor;

import java.util.Set;
import java.util.stream.Stream;

/** A mesh gateway drops hash policies ({@code injectGatewayServiceAddons}). */
final class ConsulHashBehindMeshGateway implements DocumentCheck {
  private static final Set<String> THROUGH_GATEWAY = Set.of("local", "remote");

  @Override
  public Trap trap() {
    return Trap.warning(
        "consul-hash-policies-through-mesh-gateway",
        "consul",
        "mesh gateways drop them, so that requests are not kept together",
        "do not count on it across datacenters, or set the gateway mode to none");
  }

  @Override
  public Stream<Finding> look(DocumentSet documents) {
    return documents
        .entries("service-resolver")
        .filter(entry -> goesThroughGateway(entry.entryName(), documents))
        .map(entry -> entry.entry().at("LoadBalancer", "HashPolicies"))
        .filter(policies -> policies.items().findAny().isPresent())
        .map(policies -> found(policies, "hash policies of a service behind mesh gateways"));
  }

  private static boolean goesThroughGateway(String service, DocumentSet documents) {
    return Stream.concat(
            documents.entry("service-defaults", service).stream(),
            documents.entries("proxy-defaults"))
        .map(entry -> entry.entry().at("MeshGateway", "Mode").text())
        .anyMatch(THROUGH_GATEWAY::contains);
  }
}
