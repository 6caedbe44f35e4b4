package io.meshbridge.doctor;

import java.util.stream.Stream;

/** A resolver that redirects has neither subsets nor failover. */
final class ConsulRedirectWithSubsets implements DocumentCheck {
  @Override
  public Trap trap() {
    return Trap.error(
        "consul-redirect-with-subsets",
        "consul",
        "Consul refuses a resolver that has both",
        "put them into the resolver of the service that it redirects to");
  }

  @Override
  public Stream<Finding> look(DocumentSet documents) {
    return documents
        .entries("service-resolver")
        .map(NativeObject::entry)
        .filter(entry -> entry.at("Redirect").fields().findAny().isPresent())
        .flatMap(entry -> Stream.of(entry.at("Subsets"), entry.at("Failover")))
        .filter(field -> field.fields().findAny().isPresent())
        .map(field -> found(field, "a redirect beside " + field.name()));
  }
}
