package io.meshbridge.it;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Follows a topic as any consumer does, and says when it saw what. */
final class LogTail implements AutoCloseable {
  private static final String EXPORT = "v1/export/";

  private final Set<String> exports = ConcurrentHashMap.newKeySet();
  private final List<Sight> expected = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile boolean ending;

  /** What is looked for: a record whose key and value hold these texts. */
  private record Sight(String key, String value, CompletableFuture<Long> seenAt) {
    boolean takes(String recordKey, String recordValue) {
      return recordKey.contains(key)
          && recordValue.contains(value)
          && seenAt.complete(System.nanoTime());
    }
  }

  /** From its beginning; it may be made later. */
  LogTail(Topic topic) {
    thread = Thread.ofPlatform().name("log-tail").start(() -> follow(topic));
  }

  /** How many services are exported. */
  int exports() {
    return exports.size();
  }

  /** When such a record is seen, by {@link System#nanoTime}. */
  CompletableFuture<Long> expect(String keyPart, String valuePart) {
    var sight = new Sight(keyPart, valuePart, new CompletableFuture<>());
    expected.add(sight);
    return sight.seenAt();
  }

  private void follow(Topic topic) {
    var settings =
        Map.<String, Object>of(
            "bootstrap.servers", topic.bootstrapServers(),
            "isolation.level", "read_committed",
            "allow.auto.create.topics", "false",
            "auto.offset.reset", "earliest",
            "metadata.max.age.ms", "500");
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(new TopicPartition(topic.name(), 0)));
      while (!ending) {
        consumer.poll(Duration.ofMillis(50)).forEach(this::take);
      }
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    var key = new String(record.key(), StandardCharsets.UTF_8);
    var value = record.value() == null ? "" : new String(record.value(), StandardCharsets.UTF_8);
    if (key.startsWith(EXPORT)) {
      if (value.isEmpty()) {
        exports.remove(key);
      } else {
        exports.add(key);
      }
    }
    expected.removeIf(sight -> sight.takes(key, value));
  }

  @Override
  public void close() {
    ending = true;
    try {
      thread.join();
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
    }
  }
}
