package io.meshbridge.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** Reads a small topic once, from its beginning to where it ends just now. */
final class CompactedTopic {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration CLOSING = Duration.ofSeconds(2);

  private CompactedTopic() {}

  /**
   * All records that stand in it.
   *
   * @throws LogUnavailableException if it does not exist, or cannot be read
   */
  static List<ConsumerRecord<byte[], byte[]>> read(KafkaClients clients, String topic)
      throws LogUnavailableException, InterruptedException {
    try {
      return readAll(clients, topic);
    } catch (InterruptException interrupted) {
      Thread.interrupted();
      throw new InterruptedException("interrupted while reading topic " + topic);
    } catch (KafkaException failed) {
      var reason = KafkaRight.onTopic("Read", topic).reasonOf(failed);
      throw new LogUnavailableException(
          "cannot read topic %s at %s: %s".formatted(topic, clients.addresses(), reason), failed);
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> readAll(KafkaClients clients, String topic) {
    var partition = new TopicPartition(topic, 0);
    var consumer = clients.openReader();
    try {
      consumer.assign(List.of(partition));
      var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
      long end = offset(consumer.endOffsets(List.of(partition)), partition);
      consumer.seek(partition, offset(consumer.beginningOffsets(List.of(partition)), partition));
      while (consumer.position(partition) < end) {
        records.addAll(consumer.poll(POLL).records(partition));
      }
      return records;
    } finally {
      consumer.close(CloseOptions.timeout(CLOSING));
    }
  }

  private static long offset(Map<TopicPartition, Long> offsets, TopicPartition partition) {
    var offset = offsets.get(partition);
    if (offset == null) {
      throw new IllegalStateException("no offset of " + partition);
    }
    return offset;
  }
}
