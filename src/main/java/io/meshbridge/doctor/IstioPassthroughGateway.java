package io.meshbridge.doctor;

import java.util.stream.Stream;

/**
 * Such a port demands a protocol name (ALPN) that only Istio sends ({@code
 * pilot/pkg/networking/core/gateway.go}).
 */
final class IstioPassthroughGateway implements DocumentCheck {
  @Override
  public Trap trap() {
    return Trap.warning(
        "istio-passthrough-is-closed-to-others",
        "istio",
        "only proxies of Istio are let through; Consul and Linkerd never are",
        "open a port with TLS mode MUTUAL or SIMPLE for other meshes");
  }

  @Override
  public Stream<Finding> look(DocumentSet documents) {
    return documents
        .ofKind("networking.istio.io", "Gateway")
        .flatMap(gateway -> gateway.spec().at("servers").items())
        .map(server -> server.at("tls", "mode"))
        .filter(mode -> mode.text().equals("AUTO_PASSTHROUGH"))
        .map(mode -> found(mode, "a gateway with AUTO_PASSTHROUGH"));
  }
}
