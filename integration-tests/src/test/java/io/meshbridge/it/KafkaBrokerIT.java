package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.testkit.tools.LoopbackPorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker that the other tests rely on. */
final class KafkaBrokerIT {
  @TempDir private Path folder;

  @Test
  void comesBackOnItsPortWithItsDataAfterBeingKilled() throws Exception {
    try (var broker =
        KafkaBroker.start(folder, new LoopbackPorts(new Random()), Map.of("num.partitions", "1"))) {
      // Given: an acknowledged record
      var clients = Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers());
      try (var admin = Admin.create(clients);
          var producer =
              new KafkaProducer<>(clients, new StringSerializer(), new StringSerializer())) {
        admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1))).all().get();
        producer.send(new ProducerRecord<>("kept", "key", "value")).get();
      }

      // When
      broker.kill();
      broker.restart();

      // Then
      try (var consumer =
          new KafkaConsumer<>(clients, new StringDeserializer(), new StringDeserializer())) {
        var partition = new TopicPartition("kept", 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        assertThat(consumer.poll(Duration.ofSeconds(10)))
            .extracting(record -> record.key() + "=" + record.value())
            .containsExactly("key=value");
      }
    }
  }
}
