package io.meshbridge.log;

import io.meshbridge.log.LogMetrics.Oddity;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.tracing.TraceParent;
import io.meshbridge.tracing.Tracing;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * Reads the topics of meshes and tells what they say. Whatever stands in a topic, reading goes on:
 * what cannot be read becomes an entry that changes nothing, and a dead letter.
 */
public final class MeshLogReader {
  private static final Logger LOG = Logger.getLogger(MeshLogReader.class);

  private final FederationTopics topics;
  private final AssignedReader reader;

  /**
   * Contacts nobody yet.
   *
   * @param listener hears all events, on the thread in {@link #run}; if it throws, the mesh's topic
   *     is read again from its beginning
   * @param deadLetters takes dead letters, on the same thread; must neither block nor throw. A
   *     record that is read again yields an equal key, so several bridges may send the same one
   * @param tracing follows the changes that the records bring
   * @param clock the wall's; see {@link AssignedReader}
   * @param nanoTime monotonic, in nanoseconds
   */
  public MeshLogReader(
      FederationTopics topics,
      KafkaClients clients,
      RecordCodec codec,
      Consumer<LogEvent> listener,
      Consumer<DeadLetter> deadLetters,
      LogMetrics metrics,
      Tracing tracing,
      Clock clock,
      LongSupplier nanoTime) {
    this.topics = topics;
    var decoding = new Decoding(codec, listener, deadLetters, metrics, tracing, nanoTime);
    this.reader = new AssignedReader(clients, decoding, clock, nanoTime);
  }

  /** Changes whose topics are read. From any thread, at any time. */
  public void follow(Set<MeshId> meshes) {
    reader.follow(meshes.stream().map(topics::mesh).collect(Collectors.toSet()));
  }

  /**
   * Whether the cluster said, when last asked, that the mesh has no topic: nothing to read then.
   */
  public boolean hasNoTopic(MeshId mesh) {
    return reader.absent().contains(topics.mesh(mesh));
  }

  /** How far the reading of a mesh's topic is behind its end; see {@link AssignedReader#lag}. */
  public OptionalLong lag(MeshId mesh) {
    return reader.lag(topics.mesh(mesh));
  }

  /** Up to which offset the topic of a mesh has been handled; empty if it is not followed. */
  public OptionalLong position(MeshId mesh) {
    return reader.position(topics.mesh(mesh));
  }

  /** Whether the cluster answered when it was last asked; false before. */
  public boolean connected() {
    return reader.connected();
  }

  /** How long ago the cluster last answered. */
  public Duration sinceHeard() {
    return reader.sinceHeard();
  }

  /**
   * Reads until interrupted, on the caller's thread.
   *
   * @throws InterruptedException always: the only way in which this method ends
   */
  public void run() throws InterruptedException {
    reader.run();
  }

  private final class Decoding implements TopicListener {
    private final RecordCodec codec;
    private final Consumer<LogEvent> listener;
    private final Consumer<DeadLetter> deadLetters;
    private final LogMetrics metrics;
    private final Tracing tracing;
    private final DeadLetterGate gate;

    private Decoding(
        RecordCodec codec,
        Consumer<LogEvent> listener,
        Consumer<DeadLetter> deadLetters,
        LogMetrics metrics,
        Tracing tracing,
        LongSupplier nanoTime) {
      this.codec = codec;
      this.listener = listener;
      this.deadLetters = deadLetters;
      this.metrics = metrics;
      this.tracing = tracing;
      this.gate = new DeadLetterGate(nanoTime);
    }

    @Override
    public void restarted(String topic, String reason) {
      listener.accept(new LogEvent.Restarted(mesh(topic), reason));
    }

    @Override
    public void records(String topic, List<ConsumerRecord<byte[], byte[]>> records) {
      var mesh = mesh(topic);
      var entries = new ArrayList<LogEntry>(records.size());
      for (ConsumerRecord<byte[], byte[]> record : records) {
        decode(mesh, record, entries);
      }
      if (!entries.isEmpty()) {
        tracing.folding(
            topic,
            tracing.follows() ? changes(mesh, records) : Map.of(),
            () -> listener.accept(new LogEvent.Entries(mesh, entries)));
      }
    }

    /** Where the records of each service were made, the newest last, each place once. */
    private static Map<ServiceKey, List<TraceParent>> changes(
        MeshId mesh, List<ConsumerRecord<byte[], byte[]>> records) {
      var changes = new LinkedHashMap<ServiceKey, List<TraceParent>>();
      for (ConsumerRecord<byte[], byte[]> record : records) {
        EventHeaders.traceParent(record.headers())
            .ifPresent(
                parent ->
                    serviceOf(mesh, record)
                        .map(service -> changes.computeIfAbsent(service, k -> new ArrayList<>()))
                        .filter(known -> known.isEmpty() || !known.getLast().equals(parent))
                        .ifPresent(known -> known.add(parent)));
      }
      return changes;
    }

    private static Optional<ServiceKey> serviceOf(
        MeshId mesh, ConsumerRecord<byte[], byte[]> record) {
      return Optional.ofNullable(record.key())
          .flatMap(key -> RecordKey.parse(new String(key, StandardCharsets.UTF_8)))
          .flatMap(key -> Subject.of(mesh, key))
          .flatMap(Subject::ofService);
    }

    @Override
    public void caughtUp(String topic) {
      listener.accept(new LogEvent.CaughtUp(mesh(topic)));
    }

    @Override
    public void dropped(String topic) {
      listener.accept(new LogEvent.Dropped(mesh(topic)));
    }

    private void decode(
        MeshId mesh, ConsumerRecord<byte[], byte[]> record, List<LogEntry> entries) {
      switch (codec.decode(mesh, record)) {
        case Decoded.Entry(var entry) -> {
          entries.add(entry);
          count(mesh, entry.record());
        }
        case Decoded.Poison(var entry, var reason) -> {
          entries.add(entry);
          metrics.met(mesh, Oddity.POISON);
          bury(mesh, record, entry.valueHash(), reason);
        }
        case Decoded.PassedOver ignored -> metrics.met(mesh, Oddity.PASSED_OVER);
      }
    }

    private void count(MeshId mesh, MeshRecord record) {
      if (record instanceof MeshRecord.Unknown) {
        metrics.met(mesh, Oddity.UNKNOWN_KEY);
      } else if (record instanceof MeshRecord.NotUnderstood
          || record instanceof MeshRecord.Unreadable) {
        metrics.met(mesh, Oddity.NOT_UNDERSTOOD);
      }
    }

    private void bury(
        MeshId mesh, ConsumerRecord<byte[], byte[]> record, String valueHash, String reason) {
      if (gate.admits(record.topic(), record.offset(), valueHash)) {
        LOG.warnf(
            "record cannot be read, what stands stays topic=%s offset=%d reason=%s",
            record.topic(), record.offset(), reason);
        deadLetters.accept(
            DeadLetter.of(record.topic(), record.offset(), reason, valueHash, record.value()));
      } else {
        metrics.met(mesh, Oddity.DEAD_LETTER_HELD_BACK);
      }
    }

    private MeshId mesh(String topic) {
      return topics
          .meshOf(topic)
          .orElseThrow(() -> new IllegalStateException("not the topic of a mesh: " + topic));
    }
  }
}
