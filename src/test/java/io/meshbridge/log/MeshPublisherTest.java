package io.meshbridge.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.meshbridge.kafka.EmbeddedBroker;
import io.meshbridge.model.MeshId;
import io.meshbridge.tracing.TraceParent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MeshPublisherTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static EmbeddedBroker broker;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void nothingOfAFencedPublisherStandsAfterItsSuccessorHasOpened() throws Exception {
    var topic = newTopic("fenced");
    try (var older = publisher(topic);
        var newer = publisher(topic)) {
      older.open();
      older.publish(List.of(record("v1/export/a/one", "{}")));
      newer.open();
      newer.publish(List.of(record("v1/export/a/two", "{}")));

      assertThatThrownBy(() -> older.publish(List.of(record("v1/export/a/late", "{}"))))
          .isInstanceOf(PublisherFencedException.class);

      assertThat(keys(topic, 2)).containsExactly("v1/export/a/one", "v1/export/a/two");
    }
  }

  @Test
  void sendsNothingOfABatchWithAnOversizedRecord() throws Exception {
    var topic = newTopic("oversized");
    try (var publisher = publisher(topic)) {
      publisher.open();

      assertThatThrownBy(
              () ->
                  publisher.publish(
                      List.of(
                          record("v1/export/a/small", "{}"),
                          record("v1/export/a/large", "x".repeat(LogLimits.MAX_RECORD_BYTES)))))
          .isInstanceOf(OversizedRecordException.class)
          .hasMessageContaining("v1/export/a/large");

      publisher.publish(List.of(record("v1/export/a/next", "{}")));
      assertThat(keys(topic, 1)).containsExactly("v1/export/a/next");
    }
  }

  @Test
  void takesARecordThatIsJustSmallEnough() throws Exception {
    var topic = newTopic("large");
    try (var publisher = publisher(topic)) {
      publisher.open();

      // Digits that do not compress well enough to hide a limit of the broker's.
      var random = new java.util.Random(7);
      var text = new StringBuilder();
      while (text.length() < LogLimits.MAX_RECORD_BYTES - 1_000) {
        text.append((char) (' ' + random.nextInt(95)));
      }
      publisher.publish(List.of(record("v1/export/a/large", text.toString())));

      assertThat(keys(topic, 1)).containsExactly("v1/export/a/large");
    }
  }

  @Test
  void sendsHeadersAlsoWithATombstone() throws Exception {
    var topic = newTopic("headers");
    try (var publisher = publisher(topic)) {
      publisher.open();

      publisher.publish(List.of(record("v1/export/a/gone", "")));

      var read = records(topic, 1).getFirst();
      assertThat(read.value()).isNull();
      assertThat(read.headers())
          .extracting(header -> header.key() + "=" + text(header.value()))
          .contains(
              "ce_specversion=1.0",
              "ce_source=meshbridge/test/istio-a",
              "ce_type=io.meshbridge.export.v1",
              "ce_time=2026-11-22T12:00:00Z",
              "ce_subject=v1/export/a/gone",
              "content-type=application/json")
          .anyMatch(header -> header.matches("ce_id=[0-9a-f]{32}"));
    }
  }

  @Test
  void aFollowedRecordDiffersInTwoHeadersAlone() throws Exception {
    var topic = newTopic("followed");
    var parent = new TraceParent("1".repeat(32), "2".repeat(16), "01");
    try (var publisher = publisher(topic)) {
      publisher.open();

      publisher.publish(List.of(record("v1/export/a/one", "{}")));
      publisher.publish(
          List.of(record("v1/export/a/one", "{}")), Map.of("v1/export/a/one", parent));

      var read = records(topic, 2);
      assertThat(read.getLast().value()).isEqualTo(read.getFirst().value());
      assertThat(texts(read.getLast()))
          .containsAll(texts(read.getFirst()))
          .contains("traceparent=" + parent.text(), "ce_traceparent=" + parent.text())
          .hasSize(texts(read.getFirst()).size() + 2);
    }
  }

  private static List<String> texts(ConsumerRecord<byte[], byte[]> record) {
    var texts = new ArrayList<String>();
    record.headers().forEach(header -> texts.add(header.key() + "=" + text(header.value())));
    return texts;
  }

  @Test
  void saysThatTheLogIsUnavailableWhenNobodyAnswers() {
    var nowhere = new KafkaClients(Map.of("bootstrap.servers", "127.0.0.1:1"));
    var settings = nowhere.producer();
    settings.put("max.block.ms", 300);
    try (var publisher = new MeshPublisher("topic", "source", settings, "id")) {
      assertThatThrownBy(publisher::open).isInstanceOf(LogUnavailableException.class);
    }
  }

  @Test
  void refusesToPublishBeforeItIsOpen() {
    try (var publisher = publisher("closed")) {
      assertThatThrownBy(() -> publisher.publish(List.of(record("v1/descriptor", "{}"))))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("closed");
    }
  }

  private static KafkaClients clients() {
    return new KafkaClients(broker.settingsForClients());
  }

  private static MeshPublisher publisher(String topic) {
    var topics = new FederationTopics("test");
    return new MeshPublisher(
        topic, topics.source(new MeshId("istio-a")), clients().producer(), topic);
  }

  private static String newTopic(String name) {
    broker.createTopic(name);
    return name;
  }

  private static OutgoingRecord record(String key, String json) {
    return new OutgoingRecord(key, EventType.EXPORT.text(), json, NOW);
  }

  private static List<String> keys(String topic, int count) {
    return records(topic, count).stream().map(read -> text(read.key())).toList();
  }

  /** A broker answers that a transaction is committed before the last reader may see it. */
  private static List<ConsumerRecord<byte[], byte[]>> records(String topic, int count) {
    return await().until(() -> CompactedTopic.read(clients(), topic), read -> read.size() >= count);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
