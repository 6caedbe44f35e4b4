package io.meshbridge.model.traffic;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How much a client may ask of a service at once. What is not given is the mesh's default.
 *
 * @param maxConnections open connections
 * @param maxPendingRequests requests that wait for one
 * @param maxRequests requests at once
 * @param maxRequestsPerConnection after which a connection is closed
 * @param maxRetries retries at once
 * @param connectTimeout for a new connection
 * @param idleTimeout of a connection without traffic
 */
public record ConnectionLimits(
    OptionalInt maxConnections,
    OptionalInt maxPendingRequests,
    OptionalInt maxRequests,
    OptionalInt maxRequestsPerConnection,
    OptionalInt maxRetries,
    Optional<Duration> connectTimeout,
    Optional<Duration> idleTimeout) {
  /** The mesh's defaults. */
  public static final ConnectionLimits DEFAULT =
      new ConnectionLimits(
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          Optional.empty());
}
