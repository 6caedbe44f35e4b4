package io.meshbridge.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meshbridge.kafka.EmbeddedBroker;
import io.meshbridge.kafka.RunningThread;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class AssignedReaderTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static EmbeddedBroker broker;

  private final HeardTopics heard = new HeardTopics();
  private final TestClock clock = new TestClock();
  private AssignedReader reader;
  private RunningThread running;

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
    reader =
        new AssignedReader(
            new KafkaClients(broker.settingsForClients()), heard, clock, System::nanoTime);
    running = RunningThread.start(reader::run);
  }

  @AfterEach
  void stopReader() {
    running.close();
  }

  @Test
  void tellsAllThatStandsAndThenThatItHasCaughtUp() {
    broker.createTopic("plain");
    send("plain", "one", "two");

    reader.follow(Set.of("plain"));

    awaitLines("plain", first("plain"), "record plain: one", "record plain: two", "caughtUp plain");
  }

  @Test
  void catchesUpAcrossWhatTransactionsLeaveBehind() throws Exception {
    broker.createTopic("committed");
    publish("committed", "one");
    publish("committed", "two");

    reader.follow(Set.of("committed"));

    awaitLines(
        "committed",
        first("committed"),
        "record committed: one",
        "record committed: two",
        "caughtUp committed");
  }

  @Test
  void catchesUpAcrossTheHolesOfCompaction() throws Exception {
    // Given a topic whose early records have really been compacted away
    broker.createTopic(
        "compacted",
        Map.of(
            "cleanup.policy", "compact",
            "segment.ms", "100",
            "min.cleanable.dirty.ratio", "0.01"));
    for (int turn = 0; turn < 5; turn++) {
      publish("compacted", "turn " + turn);
    }
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(300))
        .untilAsserted(
            () -> {
              publish("compacted", "last");
              assertThat(CompactedTopic.read(clients(), "compacted"))
                  .extracting(AssignedReaderTest::value)
                  .doesNotContain("turn 0", "turn 1", "turn 2");
            });

    // When
    reader.follow(Set.of("compacted"));

    // Then
    await().atMost(SOON).until(() -> heard.lines().contains("caughtUp compacted"));
    assertThat(heard.lines()).contains("record compacted: last");
  }

  @Test
  void foldsTwentyThousandRecordsInAFewSeconds() {
    broker.createTopic("many");
    broker.send(
        IntStream.range(0, 20_000).mapToObj(i -> record("many", "key" + i, "value")).toList());

    reader.follow(Set.of("many"));

    await().atMost(Duration.ofSeconds(8)).until(() -> heard.lines().contains("caughtUp many"));
    assertThat(heard.linesOf("many")).hasSize(20_002);
  }

  @Test
  void addsATopicWithoutReadingTheOthersAgain() {
    broker.createTopic("first");
    broker.createTopic("second");
    send("first", "one");
    reader.follow(Set.of("first"));
    await().atMost(SOON).until(() -> heard.lines().contains("caughtUp first"));

    reader.follow(Set.of("first", "second"));

    await().atMost(SOON).until(() -> heard.lines().contains("caughtUp second"));
    assertThat(heard.linesOf("first"))
        .containsExactly(first("first"), "record first: one", "caughtUp first");
  }

  @Test
  void tellsThatATopicWasDropped() {
    broker.createTopic("dropped");
    reader.follow(Set.of("dropped"));
    await().atMost(SOON).until(() -> heard.lines().contains("caughtUp dropped"));

    reader.follow(Set.of());

    awaitLines("dropped", first("dropped"), "caughtUp dropped", "dropped dropped");
  }

  @Test
  void waitsForATopicThatDoesNotExistYet() {
    reader.follow(Set.of("late"));
    await().atMost(SOON).until(reader::connected);
    var before = heard.lines();

    broker.createTopic("late");

    awaitLines("late", first("late"), "caughtUp late");
    assertThat(before).isEmpty();
  }

  @Test
  void readsAnewWhatWasDeletedAndCreatedEmpty() {
    broker.createTopic("emptied");
    send("emptied", "old");
    reader.follow(Set.of("emptied"));
    await().atMost(SOON).until(() -> heard.lines().contains("caughtUp emptied"));

    broker.deleteTopic("emptied");
    broker.createTopic("emptied");

    awaitLines(
        "emptied",
        first("emptied"),
        "record emptied: old",
        "caughtUp emptied",
        "restarted emptied: the topic was deleted and created anew",
        "caughtUp emptied");
  }

  @Test
  void readsAnewWhatWasCreatedAnewAndFilledBeyondTheOldPosition() {
    broker.createTopic("refilled");
    send("refilled", "old");
    reader.follow(Set.of("refilled"));
    await().atMost(SOON).until(() -> heard.lines().contains("caughtUp refilled"));

    broker.deleteTopic("refilled");
    broker.createTopic("refilled");
    send("refilled", "new 1", "new 2", "new 3");

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              var lines = heard.linesOf("refilled");
              var restart =
                  lines.indexOf("restarted refilled: the topic was deleted and created anew");
              assertThat(restart).isPositive();
              assertThat(lines.subList(restart + 1, lines.size()))
                  .containsExactly(
                      "record refilled: new 1",
                      "record refilled: new 2",
                      "record refilled: new 3",
                      "caughtUp refilled");
            });
  }

  @Test
  void beginsWhereATopicBeginsAfterItsHeadWasDeleted() throws Exception {
    broker.createTopic("headless", Map.of("cleanup.policy", "delete"));
    send("headless", "one", "two", "three");
    try (var admin = broker.admin()) {
      admin
          .deleteRecords(Map.of(new TopicPartition("headless", 0), RecordsToDelete.beforeOffset(2)))
          .all()
          .get();
    }

    reader.follow(Set.of("headless"));

    awaitLines("headless", first("headless"), "record headless: three", "caughtUp headless");
  }

  @Test
  void readsAnewWhatLosesItsHeadWhileItIsRead() throws Exception {
    broker.createTopic("beheaded", Map.of("cleanup.policy", "delete"));
    send("beheaded", "one", "two", "three");
    reader.follow(Set.of("beheaded"));
    await().atMost(SOON).until(() -> heard.lines().contains("caughtUp beheaded"));

    try (var admin = broker.admin()) {
      admin
          .deleteRecords(Map.of(new TopicPartition("beheaded", 0), RecordsToDelete.beforeOffset(2)))
          .all()
          .get();
    }

    awaitLines(
        "beheaded",
        first("beheaded"),
        "record beheaded: one",
        "record beheaded: two",
        "record beheaded: three",
        "caughtUp beheaded",
        "restarted beheaded: the topic was truncated: it began at offset 0, and now begins at 2",
        "record beheaded: three",
        "caughtUp beheaded");
  }

  @Test
  void goesOnWhereItWasWhenTheBrokerComesBack() {
    broker.createTopic("outage");
    send("outage", "before");
    reader.follow(Set.of("outage"));
    await().atMost(SOON).until(() -> heard.lines().contains("caughtUp outage"));

    broker.stop();
    await().atMost(SOON).until(() -> !reader.connected());
    broker.startAgain();
    await().atMost(Duration.ofSeconds(40)).until(reader::connected);
    send("outage", "after");

    awaitLines(
        "outage",
        first("outage"),
        "record outage: before",
        "caughtUp outage",
        "record outage: after");
  }

  @Test
  void readsAnewAfterItWasAwayForHalfOfTheTimeThatWithdrawalsAreKept() {
    broker.createTopic("away");
    send("away", "one");
    reader.follow(Set.of("away"));
    await().atMost(SOON).until(() -> heard.lines().contains("caughtUp away"));

    clock.advance(Duration.ofDays(4));

    awaitLines(
        "away",
        first("away"),
        "record away: one",
        "caughtUp away",
        "restarted away: not read to its end for longer than PT84H",
        "record away: one",
        "caughtUp away");
  }

  @Test
  void tellsAgainFromTheBeginningWhatItsListenerFailedOn() {
    broker.createTopic("failing");
    send("failing", "one", "two");
    var failOnce = new AtomicBoolean(true);
    heard.beforeEach(
        line -> {
          if (line.endsWith("two") && failOnce.getAndSet(false)) {
            throw new IllegalStateException("on purpose");
          }
        });

    reader.follow(Set.of("failing"));
    await().atMost(SOON).untilFalse(failOnce);
    // Its backoff is by the same clock as its absence.
    clock.advance(Duration.ofSeconds(2));

    awaitLines(
        "failing",
        first("failing"),
        "record failing: one",
        "restarted failing: the listener failed: java.lang.IllegalStateException: on purpose",
        "record failing: one",
        "record failing: two",
        "caughtUp failing");
  }

  @Test
  void goesOnWhereItWasWhenItIsRunAgain() {
    broker.createTopic("again");
    send("again", "one");
    reader.follow(Set.of("again"));
    await().atMost(SOON).until(() -> heard.lines().contains("caughtUp again"));

    running.close();
    send("again", "two");
    running = RunningThread.start(reader::run);

    awaitLines("again", first("again"), "record again: one", "caughtUp again", "record again: two");
  }

  private void awaitLines(String topic, String... lines) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(heard.linesOf(topic)).containsExactly(lines));
  }

  private static String first(String topic) {
    return "restarted " + topic + ": first reading";
  }

  private static KafkaClients clients() {
    return new KafkaClients(broker.settingsForClients());
  }

  private static void publish(String topic, String value) throws Exception {
    try (var publisher = new MeshPublisher(topic, "test", clients().producer(), topic)) {
      publisher.open();
      publisher.publish(List.of(new OutgoingRecord("key", "type", value, Instant.EPOCH)));
    }
  }

  private static void send(String topic, String... values) {
    var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
    for (String value : values) {
      records.add(record(topic, "key " + value, value));
    }
    broker.send(records);
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, String key, String value) {
    return new ProducerRecord<>(
        topic, key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
  }

  private static String value(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.value(), StandardCharsets.UTF_8);
  }
}
