package io.meshbridge.doctor;

import java.util.stream.Stream;

/** Without a CA a terminating gateway does not speak TLS at all. */
final class ConsulTerminatingGatewayInPlainText implements DocumentCheck {
  @Override
  public Trap trap() {
    return Trap.warning(
        "consul-terminating-gateway-in-plain-text",
        "consul",
        "the gateway sends plain text",
        "name a CAFile, if the service speaks TLS");
  }

  @Override
  public Stream<Finding> look(DocumentSet documents) {
    return documents
        .entries("terminating-gateway")
        .flatMap(gateway -> gateway.entry().at("Services").items())
        .filter(service -> service.at("CAFile").text().isEmpty())
        .filter(service -> !service.at("secretRef").exists())
        .map(service -> found(service, "a service without a CAFile"));
  }
}
