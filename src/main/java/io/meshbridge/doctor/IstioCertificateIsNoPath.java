package io.meshbridge.doctor;

import java.util.List;
import java.util.stream.Stream;

/** A Gateway's certificate fields are paths in the gateway's container. */
final class IstioCertificateIsNoPath implements DocumentCheck {
  private static final List<String> PATHS =
      List.of("serverCertificate", "privateKey", "caCertificates");

  @Override
  public Trap trap() {
    return Trap.error(
        "istio-certificate-is-no-path",
        "istio",
        "the gateway looks for a file of that name, and its port stays closed",
        "give an absolute path, or use credentialName for a Secret");
  }

  @Override
  public Stream<Finding> look(DocumentSet documents) {
    return documents
        .ofKind("networking.istio.io", "Gateway")
        .flatMap(gateway -> gateway.spec().at("servers").items())
        .map(server -> server.at("tls"))
        .flatMap(tls -> PATHS.stream().map(tls::at))
        .filter(field -> !field.text().isEmpty() && !field.text().startsWith("/"))
        .map(field -> found(field, field.name() + " '" + start(field.text()) + "' is no path"));
  }

  private static String start(String text) {
    var line = text.lines().findFirst().orElse("");
    return line.length() <= 40 ? line : line.substring(0, 40) + "...";
  }
}
