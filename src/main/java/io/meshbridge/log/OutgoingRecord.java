package io.meshbridge.log;

import java.time.Instant;

/**
 * A record of a mesh's topic, ready to be sent.
 *
 * @param key the record's key as text
 * @param type the CloudEvents type, such as {@code io.meshbridge.export.v1}
 * @param json the value; empty for a tombstone
 * @param observedAt when the source saw what the record says
 */
public record OutgoingRecord(String key, String type, String json, Instant observedAt) {
  /** Whether the record takes its key away. */
  public boolean isTombstone() {
    return json.isEmpty();
  }
}
