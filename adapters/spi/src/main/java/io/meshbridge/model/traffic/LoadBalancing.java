package io.meshbridge.model.traffic;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How one of the endpoints is chosen.
 *
 * @param algorithm the way
 * @param hashKeys for the ways that hash: the first that a request has decides
 * @param ringSize the least size of the ring; for {@link Algorithm#MAGLEV} the size of the table
 * @param choices for {@link Algorithm#LEAST_REQUEST}: how many are drawn before the less busy wins
 * @param warmUp how long a new endpoint gets less than its share
 */
public record LoadBalancing(
    Algorithm algorithm,
    List<HashKey> hashKeys,
    OptionalLong ringSize,
    OptionalLong choices,
    Optional<Duration> warmUp) {
  /** A way to choose. */
  public enum Algorithm {
    /** The mesh's default. */
    DEFAULT,
    /** One after the other. */
    ROUND_ROBIN,
    /** The less busy of some. */
    LEAST_REQUEST,
    /** Any. */
    RANDOM,
    /** The address that the caller asked for. */
    PASSTHROUGH,
    /** Consistent, on a ring. */
    RING_HASH,
    /** Consistent, by a Maglev table. */
    MAGLEV
  }

  /** Copies. */
  public LoadBalancing {
    hashKeys = List.copyOf(hashKeys);
  }

  /** That way, with nothing more said. */
  public static LoadBalancing by(Algorithm algorithm) {
    return new LoadBalancing(
        algorithm, List.of(), OptionalLong.empty(), OptionalLong.empty(), Optional.empty());
  }
}
