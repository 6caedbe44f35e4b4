package io.meshbridge.model.traffic;

import java.time.Duration;
import java.util.Optional;

/**
 * Keeps a client's requests on one endpoint by a token that the mesh hands out (Gateway API {@code
 * sessionPersistence}).
 *
 * @param carrier where the token travels
 * @param name of that cookie or header; empty for the mesh's choice
 * @param absoluteTimeout after which a session ends in any case
 * @param idleTimeout after which a session ends that was not used
 * @param permanentCookie whether the cookie outlives the browser's session
 */
public record SessionAffinity(
    Carrier carrier,
    String name,
    Optional<Duration> absoluteTimeout,
    Optional<Duration> idleTimeout,
    boolean permanentCookie) {
  /** Where a session's token travels. */
  public enum Carrier {
    /** In a cookie. */
    COOKIE,
    /** In a header. */
    HEADER
  }
}
