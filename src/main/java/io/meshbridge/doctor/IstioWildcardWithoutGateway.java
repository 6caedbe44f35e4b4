package io.meshbridge.doctor;

import java.util.stream.Stream;

/** Istio refuses the host {@code *} for routes that sidecars are to follow. */
final class IstioWildcardWithoutGateway implements DocumentCheck {
  private static final String MESH = "mesh";

  @Override
  public Trap trap() {
    return Trap.error(
        "istio-wildcard-host-without-gateway",
        "istio",
        "sidecars take no route for all hosts, so nothing follows it",
        "name a gateway, or name the hosts");
  }

  @Override
  public Stream<Finding> look(DocumentSet documents) {
    return documents
        .ofKind("networking.istio.io", "VirtualService")
        .filter(IstioWildcardWithoutGateway::isForSidecars)
        .flatMap(service -> service.spec().at("hosts").items())
        .filter(host -> host.text().equals("*"))
        .map(host -> found(host, "the host * without a gateway"));
  }

  private static boolean isForSidecars(NativeObject service) {
    var gateways = service.spec().at("gateways").items().map(Part::text).toList();
    return gateways.isEmpty() || gateways.contains(MESH);
  }
}
