package io.meshbridge.doctor;

import java.util.stream.Stream;

/** Of two request timeouts of a route Linkerd takes that of the annotation. */
final class LinkerdTimeoutTwice implements DocumentCheck {
  @Override
  public Trap trap() {
    return Trap.warning(
        "linkerd-timeout-twice",
        "linkerd",
        "the annotation wins, and the timeouts of the rules have no effect",
        "keep one of them");
  }

  @Override
  public Stream<Finding> look(DocumentSet documents) {
    return documents
        .objects()
        .filter(route -> route.kind().equals("HTTPRoute"))
        .filter(route -> route.annotation("timeout.linkerd.io/request").exists())
        .flatMap(route -> route.spec().at("rules").items())
        .map(rule -> rule.at("timeouts", "request"))
        .filter(Part::exists)
        .map(timeout -> found(timeout, "a request timeout beside timeout.linkerd.io/request"));
  }
}
