package io.meshbridge.log;

import java.time.Instant;

/**
 * The sign of life of the bridge that speaks for a mesh.
 *
 * @param at the bridge's wall clock when it was sent; readers show the difference to their own as
 *     clock skew
 * @param bridge the name of the process that speaks
 * @param version the version of that bridge
 * @param source whether it can read its mesh
 * @param reason why it cannot; empty if it can
 */
public record Heartbeat(
    Instant at, String bridge, String version, SourceState source, String reason) {

  /** Whether a mesh can be read. */
  public enum SourceState {
    /** No complete read yet. */
    STARTING,
    /** Everything said is current. */
    LIVE,
    /** The mesh cannot be read just now; what was said may be stale. */
    INTERRUPTED
  }
}
