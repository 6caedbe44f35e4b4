package io.meshbridge.doctor;

import java.util.stream.Stream;

/**
 * Istio looks for {@code credentialName} in a sidecar only if the DestinationRule selects workloads
 * ({@code pilot/pkg/networking/core/cluster_tls.go}).
 */
final class IstioCredentialWithoutSelector implements DocumentCheck {
  @Override
  public Trap trap() {
    return Trap.error(
        "istio-credential-without-selector",
        "istio",
        "sidecars ignore it, and send plain text instead of TLS",
        "add a workloadSelector, or name certificate files");
  }

  @Override
  public Stream<Finding> look(DocumentSet documents) {
    return documents
        .ofKind("networking.istio.io", "DestinationRule")
        .filter(rule -> !rule.spec().at("workloadSelector").exists())
        .flatMap(rule -> rule.spec().everywhere("credentialName"))
        .map(field -> found(field, "a credentialName without a workloadSelector"));
  }
}
