package io.meshbridge.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;

/** A real Kafka broker inside the test's own JVM, on a port of the loopback. */
public final class EmbeddedBroker implements AutoCloseable {
  // A broker tells thousands of lines about itself. Held here, since the levels of loggers that
  // nobody holds are forgotten.
  private static final List<Logger> QUIET =
      Stream.of("kafka", "org.apache.kafka", "state.change.logger").map(Logger::getLogger).toList();

  private final KafkaClusterTestKit cluster;

  private EmbeddedBroker(KafkaClusterTestKit cluster) {
    this.cluster = cluster;
  }

  /** Starts one broker and one controller; takes about three seconds. */
  public static EmbeddedBroker start() {
    QUIET.forEach(logger -> logger.setLevel(Level.SEVERE));
    try {
      // Apart, so that the broker can be stopped alone.
      var nodes =
          new TestKitNodes.Builder()
              .setCombined(false)
              .setNumBrokerNodes(1)
              .setNumControllerNodes(1)
              .build();
      var builder = new KafkaClusterTestKit.Builder(nodes);
      settings().forEach(builder::setConfigProp);
      var cluster = builder.build();
      cluster.format();
      cluster.startup();
      cluster.waitForReadyBrokers();
      return new EmbeddedBroker(cluster);
    } catch (Exception failed) {
      throw new IllegalStateException("the broker did not start", failed);
    }
  }

  private static Map<String, String> settings() {
    return Map.of(
        "offsets.topic.replication.factor", "1",
        "offsets.topic.num.partitions", "1",
        "transaction.state.log.replication.factor", "1",
        "transaction.state.log.min.isr", "1",
        "transaction.state.log.num.partitions", "1",
        "group.initial.rebalance.delay.ms", "0",
        "auto.create.topics.enable", "false",
        "log.cleaner.backoff.ms", "200",
        "log.cleaner.dedupe.buffer.size", "2097152");
  }

  /** The address that clients begin with. */
  public String addresses() {
    return cluster.bootstrapServers();
  }

  /** What a client needs to know. */
  public Map<String, Object> settingsForClients() {
    return Map.of("bootstrap.servers", addresses());
  }

  /** Stops the broker; its data stay. */
  public void stop() {
    cluster.brokers().values().forEach(broker -> broker.shutdown());
  }

  /** Starts the stopped broker again, at the same address, with its data. */
  public void startAgain() {
    cluster.brokers().values().forEach(broker -> broker.startup());
  }

  /** A client for administration, closed by the caller. */
  public Admin admin() {
    return Admin.create(settingsForClients());
  }

  /** Creates a topic of one partition. */
  public void createTopic(String name, Map<String, String> settings) {
    try (var admin = admin()) {
      admin.createTopics(List.of(new NewTopic(name, 1, (short) 1).configs(settings))).all().get();
    } catch (InterruptedException | ExecutionException failed) {
      throw new IllegalStateException("topic not created: " + name, failed);
    }
  }

  /** Creates a compacted topic of one partition. */
  public void createTopic(String name) {
    createTopic(name, Map.of("cleanup.policy", "compact"));
  }

  /** Deletes a topic, and returns when it is gone. */
  public void deleteTopic(String name) {
    try (var admin = admin()) {
      admin.deleteTopics(Set.of(name)).all().get();
      while (admin.listTopics().names().get().contains(name)) {
        Thread.onSpinWait();
      }
    } catch (InterruptedException | ExecutionException failed) {
      throw new IllegalStateException("topic not deleted: " + name, failed);
    }
  }

  /** A producer without transactions, closed by the caller. */
  public Producer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        settingsForClients(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Sends records as they are, and returns when all of them stand. */
  public void send(List<ProducerRecord<byte[], byte[]>> records) {
    try (var producer = producer()) {
      var sent = new ArrayList<Future<?>>();
      records.forEach(record -> sent.add(producer.send(record)));
      producer.flush();
      for (var outcome : sent) {
        outcome.get();
      }
    } catch (InterruptedException | ExecutionException failed) {
      throw new IllegalStateException("records not sent", failed);
    }
  }

  @Override
  public void close() {
    try {
      cluster.close();
    } catch (Exception failed) {
      throw new IllegalStateException("the broker did not stop", failed);
    }
  }
}
