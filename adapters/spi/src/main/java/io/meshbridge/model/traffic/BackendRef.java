package io.meshbridge.model.traffic;

import io.meshbridge.model.ServiceKey;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where a rule sends requests.
 *
 * @param service another service of the same mesh; empty for the service that the policy is of
 * @param subset a {@link Subset} of it; empty for all of its endpoints
 * @param port of that service; empty for the port that the request was sent to
 */
public record BackendRef(Optional<ServiceKey> service, String subset, OptionalInt port) {
  /** The service itself, whole. */
  public static final BackendRef SELF = new BackendRef(Optional.empty(), "", OptionalInt.empty());

  /** A subset of the service itself. */
  public static BackendRef subset(String name) {
    return new BackendRef(Optional.empty(), name, OptionalInt.empty());
  }

  /** Another service. */
  public static BackendRef service(ServiceKey other) {
    return new BackendRef(Optional.of(other), "", OptionalInt.empty());
  }
}
