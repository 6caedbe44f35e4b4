package io.meshbridge.doctor;

import java.util.stream.Stream;

/**
 * With a CA and an SNI, Consul also demands that the certificate names that SNI ({@code
 * agent/xds/clusters.go}). The certificate itself is not in the entry.
 */
final class ConsulTerminatingGatewaySan implements DocumentCheck {
  @Override
  public Trap trap() {
    return Trap.warning(
        "consul-terminating-gateway-san",
        "consul",
        "the server's certificate must have it as a DNS name; one of Istio with a SPIFFE name alone"
            + " fails",
        "see to it that the server shows a certificate with that DNS name");
  }

  @Override
  public Stream<Finding> look(DocumentSet documents) {
    return documents
        .entries("terminating-gateway")
        .flatMap(gateway -> gateway.entry().at("Services").items())
        .filter(service -> !service.at("CAFile").text().isEmpty())
        .map(service -> service.at("SNI"))
        .filter(sni -> !sni.text().isEmpty())
        .map(sni -> found(sni, "a service with a CA and the SNI " + sni.text()));
  }
}
