package io.meshbridge.doctor;

import java.util.stream.Stream;

/**
 * Linkerd reads a response modifier of its own HTTPRoute as a request modifier ({@code
 * policy-controller, outbound/index/http.rs}).
 */
final class LinkerdResponseHeadersOfPolicyRoute implements DocumentCheck {
  @Override
  public Trap trap() {
    return Trap.error(
        "linkerd-response-headers-of-policy-route",
        "linkerd",
        "Linkerd changes the request's headers instead of the response's",
        "use the HTTPRoute of gateway.networking.k8s.io");
  }

  @Override
  public Stream<Finding> look(DocumentSet documents) {
    return documents
        .ofKind("policy.linkerd.io", "HTTPRoute")
        .flatMap(route -> route.spec().everywhere("type"))
        .filter(type -> type.text().equals("ResponseHeaderModifier"))
        .map(type -> found(type, "a ResponseHeaderModifier in policy.linkerd.io"));
  }
}
