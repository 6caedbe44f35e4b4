package io.meshbridge.it;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes whatever a test likes into topics, past every bridge and command. */
final class RawRecords implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;

  RawRecords(KafkaBroker broker) {
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "max.request.size", 10 << 20),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Writes an event and waits until it stands; its offset. */
  long send(String topic, String key, String type, String value) throws Exception {
    return producer.send(event(topic, key, type, value)).get().offset();
  }

  /** Writes an event many times and waits until all of them stand. */
  void flood(String topic, String key, String type, String value, int times) {
    for (int i = 0; i < times; i++) {
      producer.send(event(topic, key, type, value));
    }
    producer.flush();
  }

  private static ProducerRecord<byte[], byte[]> event(
      String topic, String key, String type, String value) {
    var event = new ProducerRecord<>(topic, bytes(key), bytes(value));
    event
        .headers()
        .add("ce_specversion", bytes("1.0"))
        .add("ce_type", bytes(type))
        .add("ce_time", bytes(Instant.now().toString()));
    return event;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close();
  }
}
