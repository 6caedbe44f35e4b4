package io.meshbridge.log;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Arrays;
import java.util.Base64;

/**
 * A record that nobody could read, kept for people to look at.
 *
 * @param topic where it stands
 * @param offset where in the topic
 * @param reason what is wrong with it
 * @param sha256 of its whole value, in hexadecimal digits; empty if it has none
 * @param valueBase64 the first 64 KB of its value
 */
public record DeadLetter(
    String topic, long offset, String reason, String sha256, String valueBase64) {
  private static final int KEPT_BYTES = 64 << 10;

  /** From the record's value. */
  static DeadLetter of(String topic, long offset, String reason, String sha256, byte[] value) {
    byte[] kept = value.length <= KEPT_BYTES ? value : Arrays.copyOf(value, KEPT_BYTES);
    return new DeadLetter(topic, offset, reason, sha256, Base64.getEncoder().encodeToString(kept));
  }

  /**
   * Its key. Whoever reads the same record again writes the same key, so that compaction leaves one
   * of them.
   */
  public String key() {
    return topic + "/" + offset;
  }

  /** Its value. */
  public String json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("topic", topic)
        .put("offset", offset)
        .put("reason", reason)
        .put("sha256", sha256)
        .put("value", valueBase64)
        .toString();
  }
}
