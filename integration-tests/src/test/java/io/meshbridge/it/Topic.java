package io.meshbridge.it;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A topic as any consumer reads it: committed records from the beginning to the end. */
record Topic(String bootstrapServers, String name) {
  private static final String HEARTBEAT = "v1/heartbeat";

  /**
   * A record.
   *
   * @param value as text; {@code (withdrawn)} if it is a tombstone
   */
  record Entry(long offset, String key, String value, long timestamp) {
    boolean isHeartbeat() {
      return key.equals(HEARTBEAT);
    }

    private static Entry of(ConsumerRecord<byte[], byte[]> record) {
      return new Entry(
          record.offset(),
          new String(record.key(), StandardCharsets.UTF_8),
          record.value() == null
              ? "(withdrawn)"
              : new String(record.value(), StandardCharsets.UTF_8),
          record.timestamp());
    }
  }

  /** All of them, in order. */
  List<Entry> entries() {
    return entriesOf(bootstrapServers, List.of(name)).get(name);
  }

  /** All but the signs of life. */
  List<Entry> facts() {
    return entries().stream().filter(entry -> !entry.isHeartbeat()).toList();
  }

  /** Reads several topics with one consumer. */
  static SortedMap<String, List<Entry>> entriesOf(
      String bootstrapServers, Collection<String> names) {
    var settings =
        Map.<String, Object>of(
            "bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
    var entries = new TreeMap<String, List<Entry>>();
    names.forEach(name -> entries.put(name, new ArrayList<>()));
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var partitions = names.stream().map(name -> new TopicPartition(name, 0)).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> entries.get(record.topic()).add(Entry.of(record)));
      }
    }
    return entries;
  }
}
