package io.meshbridge.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meshbridge.kafka.EmbeddedBroker;
import io.meshbridge.kafka.RunningThread;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.tracing.ImportTracing;
import io.meshbridge.tracing.TraceParent;
import io.meshbridge.tracing.Tracing;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MeshLogReaderTest {
  private static final FederationTopics TOPICS = new FederationTopics("test");
  private static final String TOPIC = TOPICS.mesh(Samples.MESH);
  private static EmbeddedBroker broker;

  private final List<LogEvent> events = new CopyOnWriteArrayList<>();
  private final List<DeadLetter> deadLetters = new CopyOnWriteArrayList<>();
  private final List<Map<ServiceKey, List<TraceParent>>> changes = new CopyOnWriteArrayList<>();
  private final AtomicInteger poison = new AtomicInteger();
  private final RecordCodec codec = new RecordCodec();
  private RunningThread running;
  private MeshLogReader reader;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void startReader() {
    broker.createTopic(TOPIC);
    reader =
        new MeshLogReader(
            TOPICS,
            new KafkaClients(broker.settingsForClients()),
            codec,
            events::add,
            deadLetters::add,
            (mesh, what) -> {
              if (what == LogMetrics.Oddity.POISON) {
                poison.incrementAndGet();
              }
            },
            new Noting(),
            Clock.systemUTC(),
            System::nanoTime);
    running = RunningThread.start(reader::run);
  }

  @AfterEach
  void stopReader() {
    running.close();
    broker.deleteTopic(TOPIC);
  }

  @Test
  void foldsToWhatTheWriterSaid() throws Exception {
    var clients = new KafkaClients(broker.settingsForClients());
    try (var publisher =
        new MeshPublisher(
            TOPIC,
            TOPICS.source(Samples.MESH),
            clients.producer(),
            TOPICS.transactionalId(Samples.MESH))) {
      publisher.open();
      publisher.publish(
          Samples.ALL.stream().map(record -> codec.encode(record, Samples.NOW)).toList());
    }

    reader.follow(Set.of(Samples.MESH));

    awaitCaughtUp();
    assertThat(entries()).extracting(LogEntry::record).containsExactlyElementsOf(Samples.ALL);
    assertThat(entries()).extracting(LogEntry::observedAt).containsOnly(Samples.NOW);
    assertThat(deadLetters).isEmpty();
  }

  @Test
  void readsOnAfterPoison() {
    broker.send(List.of(raw("v1/export/a/bad", "rubbish"), raw("v1/gateways", "new part")));

    reader.follow(Set.of(Samples.MESH));

    awaitCaughtUp();
    assertThat(entries())
        .extracting(entry -> entry.record().getClass().getSimpleName())
        .containsExactly("NotUnderstood", "Unknown");
    assertThat(deadLetters).extracting(DeadLetter::key).containsExactly(TOPIC + "/0");
  }

  @Test
  void reportsWhereTheRecordsOfAServiceWereMadeAndSaysTheSameWithoutThat() {
    var older = "00-" + "1".repeat(32) + "-" + "2".repeat(16) + "-01";
    var newer = "00-" + "3".repeat(32) + "-" + "4".repeat(16) + "-01";
    var web = new ServiceKey(Samples.MESH, "a", "web");
    broker.send(
        List.of(
            traced("v1/endpoints/a/web/0", older),
            traced("v1/export/a/web", older),
            traced("v1/export/a/web", newer),
            traced("v1/export/a/other", "rubbish"),
            traced("v1/heartbeat", newer)));

    reader.follow(Set.of(Samples.MESH));

    awaitCaughtUp();
    assertThat(changes)
        .flatExtracting(Map::entrySet)
        .extracting(Map.Entry::getKey)
        .containsOnly(web);
    assertThat(changes)
        .flatExtracting(Map::values)
        .flatExtracting(parents -> parents)
        .extracting(TraceParent::text)
        .containsSubsequence(older, newer)
        .containsOnly(older, newer);
    // The header is no part of what an entry is.
    var exports = entries().stream().filter(e -> e.key().equals("v1/export/a/web")).toList();
    assertThat(exports).hasSize(2);
    assertThat(exports.getFirst().valueHash()).isEqualTo(exports.getLast().valueHash());
  }

  @Test
  void isNeitherStoppedByAFloodOfPoisonNorFloodsTheDeadLetters() {
    broker.send(
        IntStream.range(0, 100_000).mapToObj(i -> raw("v1/export/a/bad" + i, "rubbish")).toList());

    reader.follow(Set.of(Samples.MESH));

    await().atMost(Duration.ofSeconds(40)).until(this::isCaughtUp);
    assertThat(poison).hasValue(100_000);
    assertThat(entries()).hasSize(100_000);
    // The burst, and what trickles through while the flood is read.
    assertThat(deadLetters).hasSizeBetween(DeadLetterGate.BURST, DeadLetterGate.BURST + 40);
  }

  private void awaitCaughtUp() {
    await().atMost(Duration.ofSeconds(20)).until(this::isCaughtUp);
  }

  private boolean isCaughtUp() {
    return events.contains(new LogEvent.CaughtUp(Samples.MESH));
  }

  private List<LogEntry> entries() {
    return events.stream()
        .filter(LogEvent.Entries.class::isInstance)
        .flatMap(event -> ((LogEvent.Entries) event).entries().stream())
        .toList();
  }

  private static ProducerRecord<byte[], byte[]> raw(String key, String value) {
    var record =
        new ProducerRecord<>(
            TOPIC, key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    record.headers().add("ce_type", EventType.EXPORT.text().getBytes(StandardCharsets.UTF_8));
    return record;
  }

  private static ProducerRecord<byte[], byte[]> traced(String key, String parent) {
    var record = raw(key, "{}");
    record.headers().add("traceparent", parent.getBytes(StandardCharsets.UTF_8));
    return record;
  }

  /** Keeps what is reported of each reading. */
  private final class Noting implements Tracing {
    @Override
    public boolean follows() {
      return true;
    }

    @Override
    public Publishing publishing(String topic, ServiceKey service, Instant observedAt) {
      return Publishing.NONE;
    }

    @Override
    public void folding(String topic, Map<ServiceKey, List<TraceParent>> read, Runnable fold) {
      changes.add(read);
      fold.run();
    }

    @Override
    public ImportTracing importsInto(MeshId target) {
      return ImportTracing.NONE;
    }
  }
}
