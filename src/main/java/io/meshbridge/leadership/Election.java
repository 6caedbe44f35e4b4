package io.meshbridge.leadership;

import io.meshbridge.concurrent.Threads;
import io.meshbridge.log.KafkaRight;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * Stands for election as the one that speaks for a mesh: whoever the mesh's consumer group gives
 * the only partition of the mesh's topic is elected. Nothing is read and no offset is committed.
 */
public final class Election {
  private static final Logger LOG = Logger.getLogger(Election.class);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration LEAVING = Duration.ofSeconds(2);

  private final String topic;
  private final Map<String, Object> settings;
  private final KafkaRight needed;
  private final ElectionListener listener;
  private final LongSupplier nanoTime;
  private boolean troubleTold;

  /**
   * Contacts nobody yet.
   *
   * @param kafkaConfig where the brokers are and how to speak to them; see {@code
   *     KafkaClients.groupMember}
   * @param topic the mesh's topic, of one partition
   * @param group the consumer group, the mesh's own
   * @param nanoTime monotonic, in nanoseconds
   */
  public Election(
      Map<String, Object> kafkaConfig,
      String topic,
      String group,
      ElectionListener listener,
      LongSupplier nanoTime) {
    this.topic = topic;
    this.settings = ElectionTiming.settings(kafkaConfig, group);
    this.needed = new KafkaRight("Read", KafkaRight.Kind.GROUP, group);
    this.listener = listener;
    this.nanoTime = nanoTime;
  }

  /**
   * Stands for election until interrupted, on the caller's thread; then leaves the group, so that
   * another is elected within about a second. May be called again after that.
   *
   * @throws InterruptedException always: the only way in which this method ends
   */
  public void run() throws InterruptedException {
    while (true) {
      try {
        stand();
      } catch (KafkaException failed) {
        tellTrouble(failed);
        Threads.pause(RETRY);
      }
    }
  }

  private void stand() throws InterruptedException {
    var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    var candidacy =
        new Candidacy(topic, consumer::pause, () -> answers(consumer), listener, nanoTime);
    try {
      poll(consumer, candidacy);
    } finally {
      // First, so that nobody writes while we say good-bye.
      candidacy.endLease("the election ended");
      consumer.close(CloseOptions.timeout(LEAVING));
      candidacy.tellLost();
    }
  }

  private void poll(Consumer<byte[], byte[]> consumer, Candidacy candidacy)
      throws InterruptedException {
    try {
      consumer.subscribe(Set.of(topic), candidacy);
      while (!Thread.interrupted()) {
        candidacy.turn();
        if (candidacy.mustStepDown()) {
          // Leaves the group, so that it elects anew, and stands again.
          consumer.unsubscribe();
          candidacy.tellLost();
          consumer.subscribe(Set.of(topic), candidacy);
        }
        consumer.poll(ElectionTiming.TURN);
        troubleTold = false;
      }
      throw new InterruptedException("interrupted while standing for " + topic);
    } catch (InterruptException interrupted) {
      // The client sets the flag again, and with it set it would not leave the group.
      Thread.interrupted();
      throw new InterruptedException("interrupted while standing for " + topic);
    }
  }

  private void tellTrouble(KafkaException failed) {
    if (!troubleTold) {
      troubleTold = true;
      LOG.warnf(
          "election not possible, trying on topic=%s error=%s", topic, needed.reasonOf(failed));
    }
  }

  private static GroupPulse.Answers answers(Consumer<byte[], byte[]> consumer) {
    // A join or a sync is counted only if the group said yes; a heartbeat whatever it said.
    return new GroupPulse.Answers(
        count(consumer, "heartbeat-total"),
        count(consumer, "join-total") + count(consumer, "sync-total"));
  }

  /** The client's own count. */
  private static double count(Consumer<byte[], byte[]> consumer, String name) {
    return consumer.metrics().values().stream()
        .filter(
            metric ->
                metric.metricName().name().equals(name)
                    && metric.metricName().group().equals("consumer-coordinator-metrics"))
        .map(metric -> metric.metricValue())
        .filter(Number.class::isInstance)
        .mapToDouble(value -> ((Number) value).doubleValue())
        .sum();
  }
}
