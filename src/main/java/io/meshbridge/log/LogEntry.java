package io.meshbridge.log;

import java.time.Instant;

/**
 * One record of a mesh's topic, as read.
 *
 * @param offset where it stands
 * @param key its key as text
 * @param valueHash {@link LogDigest#hashOf} its value; empty for a tombstone
 * @param observedAt when the source of the mesh saw what the record says
 * @param record what it says
 */
public record LogEntry(
    long offset, String key, String valueHash, Instant observedAt, MeshRecord record) {
  /** Whether the record takes its key away. */
  public boolean isTombstone() {
    return valueHash.isEmpty();
  }
}
