package io.meshbridge.doctor;

import java.util.stream.Stream;

/** A retry limit of 0 counts as none, and the default of 1 holds. */
final class LinkerdRetryLimitZero implements DocumentCheck {
  @Override
  public Trap trap() {
    return Trap.warning(
        "linkerd-retry-limit-zero",
        "linkerd",
        "Linkerd passes it over and tries once more",
        "take away the annotations retry.linkerd.io/http and retry.linkerd.io/grpc");
  }

  @Override
  public Stream<Finding> look(DocumentSet documents) {
    return documents
        .objects()
        .map(object -> object.annotation("retry.linkerd.io/limit"))
        .filter(limit -> limit.text().equals("0"))
        .map(limit -> found(limit, "a retry limit of 0"));
  }
}
