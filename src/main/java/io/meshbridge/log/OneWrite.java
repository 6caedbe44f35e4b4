package io.meshbridge.log;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Writes records once, with a client of its own, for the command line. */
final class OneWrite {
  private final FederationTopics topics;
  private final KafkaClients clients;

  OneWrite(FederationTopics topics, KafkaClients clients) {
    this.topics = topics;
    this.clients = clients;
  }

  /** A record and the topic into which it goes. */
  record Line(String topic, OutgoingRecord record) {}

  /**
   * Writes in this order; returns when all stand in the log.
   *
   * @throws LogUnavailableException if nobody knows whether they do
   */
  void write(List<Line> lines) throws LogUnavailableException, InterruptedException {
    try (var producer = new KafkaProducer<byte[], byte[]>(clients.producer())) {
      for (Line line : lines) {
        write(producer, line);
      }
    }
  }

  private void write(Producer<byte[], byte[]> producer, Line line)
      throws LogUnavailableException, InterruptedException {
    try {
      producer.send(sendable(line)).get();
    } catch (InterruptException interrupted) {
      Thread.interrupted();
      throw new InterruptedException("interrupted while writing to the log");
    } catch (ExecutionException | KafkaException failed) {
      var reason = KafkaRight.onTopic("Write", line.topic()).reasonOf(failed);
      throw new LogUnavailableException(
          "cannot write to topic %s at %s: %s".formatted(line.topic(), clients.addresses(), reason),
          failed);
    }
  }

  private ProducerRecord<byte[], byte[]> sendable(Line line) {
    return new ProducerRecord<>(
        line.topic(),
        0,
        line.record().key().getBytes(StandardCharsets.UTF_8),
        value(line.record()),
        EventHeaders.of(line.record(), "meshbridge/" + topics.federation()));
  }

  private static byte @Nullable [] value(OutgoingRecord record) {
    return record.isTombstone() ? null : record.json().getBytes(StandardCharsets.UTF_8);
  }
}
