package io.meshbridge.model.traffic;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a rule waits. Zero switches a timeout off; one that is not given is the mesh's default.
 *
 * @param request for the whole request, with all tries (Gateway API {@code timeouts.request})
 * @param backendRequest for one try (Gateway API {@code timeouts.backendRequest})
 * @param idle for a stream on which nothing moves
 */
public record Timeouts(
    Optional<Duration> request, Optional<Duration> backendRequest, Optional<Duration> idle) {
  /** The mesh's defaults. */
  public static final Timeouts DEFAULT =
      new Timeouts(Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * @throws IllegalArgumentException if a duration is negative
   */
  public Timeouts {
    request.ifPresent(Timeouts::requireNotNegative);
    backendRequest.ifPresent(Timeouts::requireNotNegative);
    idle.ifPresent(Timeouts::requireNotNegative);
  }

  private static void requireNotNegative(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("a timeout must not be negative, but is " + duration);
    }
  }
}
