package io.meshbridge.log;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record as it stood in the log when a version wrote it.
 *
 * @param topic of the federation {@code demo}
 * @param headers all of them
 * @param value empty for a tombstone
 */
record RecordedEvent(String topic, String key, SortedMap<String, String> headers, String value) {
  static final FederationTopics TOPICS = new FederationTopics("demo");

  RecordedEvent {
    headers = new TreeMap<>(headers);
  }

  /** What is sent, as it arrives. */
  static RecordedEvent of(String topic, String source, OutgoingRecord record) {
    var headers = new TreeMap<String, String>();
    for (var header : EventHeaders.of(record, source)) {
      headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
    }
    return new RecordedEvent(topic, record.key(), headers, record.json());
  }

  String type() {
    return headers.getOrDefault(EventHeaders.TYPE, "");
  }

  boolean isTombstone() {
    return value.isEmpty();
  }

  RecordedEvent withValue(JsonNode other) {
    return new RecordedEvent(topic, key, headers, other.toString());
  }

  RecordedEvent withType(String other) {
    var changed = new TreeMap<>(headers);
    changed.put(EventHeaders.TYPE, other);
    return new RecordedEvent(topic, key, changed, value);
  }

  /** As a consumer gets it. */
  ConsumerRecord<byte[], byte[]> arrived() {
    var record = new ConsumerRecord<>(topic, 0, 7, bytes(key), isTombstone() ? null : bytes(value));
    headers.forEach((name, text) -> record.headers().add(name, bytes(text)));
    return record;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
