package io.meshbridge.log;

import static io.meshbridge.log.KafkaRight.Kind.TRANSACTIONAL_ID;

import io.meshbridge.tracing.TraceParent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes a mesh's topic, in transactions that stand whole or not at all. Opening it shuts out
 * whoever wrote under the same transactional id before: so it is opened only by whoever has been
 * elected, after the election and before reading the log.
 */
public final class MeshPublisher implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(MeshPublisher.class);
  private static final Duration CLOSING = Duration.ofSeconds(2);

  private final String topic;
  private final String source;
  private final String transactionalId;
  private final Map<String, Object> settings;
  // One transaction at a time. Closing does not take it: it must be able to end a send that hangs.
  private final ReentrantLock sending = new ReentrantLock();
  private final AtomicReference<@Nullable Producer<byte[], byte[]>> producer =
      new AtomicReference<>();

  /**
   * Contacts nobody yet.
   *
   * @param topic the mesh's topic
   * @param source the {@code ce_source} of what is published
   * @param kafkaConfig as {@link KafkaClients#producer} makes it
   * @param transactionalId the mesh's, equal in all of its bridges
   */
  public MeshPublisher(
      String topic, String source, Map<String, Object> kafkaConfig, String transactionalId) {
    this.topic = topic;
    this.source = source;
    this.transactionalId = transactionalId;
    this.settings = new TreeMap<>(kafkaConfig);
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    // Until a hung transaction ends, readers wait before it. The successor ends it sooner by
    // opening; this is for when there is none.
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 30_000);
  }

  /**
   * Shuts out the predecessor, ends its open transaction, and makes ready. May be called again, as
   * it must be after {@link LogUnavailableException}, by whoever still holds the lease.
   *
   * @throws LogUnavailableException if the cluster cannot be reached or refuses
   */
  public void open() throws LogUnavailableException, InterruptedException {
    sending.lockInterruptibly();
    try {
      close();
      var opened = new KafkaProducer<byte[], byte[]>(settings);
      // Known before it is used, so that closing can end an attempt that hangs.
      producer.set(opened);
      opened.initTransactions();
      LOG.infof("publisher opened topic=%s", topic);
    } catch (InterruptException interrupted) {
      throw interrupted();
    } catch (KafkaException | IllegalStateException failed) {
      close();
      throw unavailable(
          "open the publisher of",
          new KafkaRight("Write", TRANSACTIONAL_ID, transactionalId),
          failed);
    } finally {
      sending.unlock();
    }
  }

  /** The mesh's topic. */
  public String topic() {
    return topic;
  }

  /** Publishes the records of which no change is followed; see the other one. */
  public void publish(List<OutgoingRecord> records)
      throws PublisherFencedException, LogUnavailableException, InterruptedException {
    publish(records, Map.of());
  }

  /**
   * Publishes the records in their order, all or none. Without records nothing is sent, and so
   * nothing is learnt about having been fenced.
   *
   * @param parents by a record's key, where its change is followed: goes into its headers alone
   * @throws OversizedRecordException if one is too large; none was sent, and the publisher is still
   *     open
   * @throws PublisherFencedException if another publisher has taken over; none stands
   * @throws LogUnavailableException if it failed, or nobody knows whether they stand: open again
   *     and read the log before going on
   * @throws IllegalStateException if not open
   */
  public void publish(List<OutgoingRecord> records, Map<String, TraceParent> parents)
      throws PublisherFencedException, LogUnavailableException, InterruptedException {
    var sendable =
        records.stream()
            .map(record -> sendable(record, Optional.ofNullable(parents.get(record.key()))))
            .toList();
    sending.lockInterruptibly();
    try {
      var open = producer.get();
      if (open == null) {
        throw new IllegalStateException("the publisher of topic " + topic + " is not open");
      }
      if (!sendable.isEmpty()) {
        publish(open, sendable);
      }
    } finally {
      sending.unlock();
    }
  }

  /** Idempotent; what is being published is not finished. */
  @Override
  public void close() {
    var open = producer.getAndSet(null);
    if (open == null) {
      return;
    }
    try {
      open.close(CLOSING);
    } catch (KafkaException failed) {
      LOG.warnf("publisher closed badly topic=%s error=%s", topic, failed.toString());
    }
  }

  private void publish(Producer<byte[], byte[]> open, List<ProducerRecord<byte[], byte[]>> records)
      throws PublisherFencedException, LogUnavailableException, InterruptedException {
    try {
      open.beginTransaction();
      for (var record : records) {
        // The commit reports what became of every send, and whoever looked earlier would only
        // know less.
        var unused = open.send(record);
      }
      open.commitTransaction();
    } catch (InterruptException interrupted) {
      throw interrupted();
    } catch (KafkaException | IllegalStateException failed) {
      // The client says IllegalState when somebody closed it meanwhile.
      if (isFenced(failed)) {
        close();
        throw new PublisherFencedException(
            "another publisher has taken over topic " + topic, failed);
      }
      // Whom nobody answered the sending, nobody answers the aborting: it would only take longer.
      if (!isCausedBy(failed, TimeoutException.class)) {
        abort(open);
      }
      close();
      throw unavailable("publish to", KafkaRight.onTopic("Write", topic), failed);
    }
  }

  private LogUnavailableException unavailable(String what, KafkaRight needed, Exception failed) {
    return new LogUnavailableException(
        "cannot %s topic %s: %s".formatted(what, topic, needed.reasonOf(failed)), failed);
  }

  private void abort(Producer<byte[], byte[]> open) {
    try {
      open.abortTransaction();
    } catch (KafkaException | IllegalStateException failed) {
      // The next opening, here or elsewhere, aborts it; until then readers wait before it.
      LOG.warnf("transaction not aborted topic=%s error=%s", topic, failed.toString());
    }
  }

  private InterruptedException interrupted() {
    // The client has set the flag again; with it set, closing would fail at once.
    Thread.interrupted();
    close();
    return new InterruptedException("interrupted while publishing to topic " + topic);
  }

  /** The broker says it in two ways, bare or wrapped, depending on which answer came first. */
  private static boolean isFenced(Throwable failed) {
    return isCausedBy(failed, ProducerFencedException.class)
        || isCausedBy(failed, InvalidProducerEpochException.class);
  }

  private static boolean isCausedBy(Throwable failed, Class<? extends Throwable> kind) {
    for (var cause = failed; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  private ProducerRecord<byte[], byte[]> sendable(
      OutgoingRecord record, Optional<TraceParent> parent) {
    byte[] key = record.key().getBytes(StandardCharsets.UTF_8);
    byte[] value = record.isTombstone() ? null : record.json().getBytes(StandardCharsets.UTF_8);
    var headers = EventHeaders.of(record, source);
    RecordSize.require(record.key(), key, value, headers);
    return new ProducerRecord<>(topic, 0, key, value, EventHeaders.with(headers, parent));
  }
}
