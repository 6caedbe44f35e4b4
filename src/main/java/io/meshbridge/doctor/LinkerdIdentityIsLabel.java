package io.meshbridge.doctor;

import java.util.stream.Stream;

/**
 * Linkerd takes a slice's identity from its annotations alone ({@code
 * controller/api/destination/watcher/port_publisher.go}).
 */
final class LinkerdIdentityIsLabel implements DocumentCheck {
  private static final String IDENTITY = "mirror.linkerd.io/remote-gateway-identity";

  @Override
  public Trap trap() {
    return Trap.error(
        "linkerd-slice-identity-as-label",
        "linkerd",
        "Linkerd reads only the annotation, and sends plain text",
        "make it an annotation of the EndpointSlice");
  }

  @Override
  public Stream<Finding> look(DocumentSet documents) {
    return documents
        .ofKind("discovery.k8s.io", "EndpointSlice")
        .filter(slice -> !slice.annotation(IDENTITY).exists())
        .map(slice -> slice.label(IDENTITY))
        .filter(Part::exists)
        .map(label -> found(label, "the identity of a slice as a label"));
  }
}
