package io.meshbridge.doctor;

import java.util.Set;
import java.util.stream.Stream;

/** Consul refuses routes and splits of a service that does not speak HTTP. */
final class ConsulL7WithoutHttp implements DocumentCheck {
  private static final Set<String> HTTP_LIKE = Set.of("http", "http2", "grpc");

  @Override
  public Trap trap() {
    return Trap.error(
        "consul-routes-without-http",
        "consul",
        "Consul refuses the entry",
        "declare the protocol in service-defaults or proxy-defaults first");
  }

  @Override
  public Stream<Finding> look(DocumentSet documents) {
    return Stream.of("service-router", "service-splitter")
        .flatMap(documents::entries)
        .filter(entry -> !HTTP_LIKE.contains(protocolOf(entry.entryName(), documents)))
        .map(entry -> found(entry.root(), inWords(entry, documents)));
  }

  private static String inWords(NativeObject entry, DocumentSet documents) {
    var protocol = protocolOf(entry.entryName(), documents);
    return "a "
        + entry.entryKind()
        + " of "
        + entry.entryName()
        + ", whose protocol is "
        + (protocol.isEmpty() ? "not declared here" : protocol);
  }

  private static String protocolOf(String service, DocumentSet documents) {
    var own =
        documents
            .entry("service-defaults", service)
            .map(entry -> entry.entry().at("Protocol").text())
            .orElse("");
    return own.isEmpty()
        ? documents
            .entries("proxy-defaults")
            .map(entry -> entry.entry().at("Config", "protocol").text())
            .findFirst()
            .orElse("")
        : own;
  }
}
