package io.meshbridge.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meshbridge.kafka.EmbeddedBroker;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = LogChannelsTest.Broker.class, restrictToAnnotatedClass = true)
class LogChannelsTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final FederationTopics TOPICS = new FederationTopics("channels");
  private static final MeshId MESH = new MeshId("istio-a");

  @Inject StatusSink status;
  @Inject DeadLetterSink deadLetters;
  @Inject MembersView members;

  @Inject
  @Identifier("default-kafka-broker")
  Map<String, Object> kafka;

  @Test
  void becomesCompleteAndHearsOfNewMembers() throws Exception {
    await().atMost(SOON).until(members::complete);

    new MembersAdmin(TOPICS, new KafkaClients(kafka), Clock.systemUTC())
        .put(Member.active(MESH, "istio"), "anna", "the shop moves in");

    await().atMost(SOON).untilAsserted(() -> assertThat(members.current()).containsKey(MESH));
    assertThat(new MembersAdmin(TOPICS, new KafkaClients(kafka), Clock.systemUTC()).list())
        .containsExactly(Member.active(MESH, "istio"));
    assertThat(values(TOPICS.trail()))
        .singleElement()
        .asString()
        .contains("\"act\":\"member-set\",\"by\":\"anna\",\"why\":\"the shop moves in\"");
  }

  @Test
  void sendsStatusAndItsWithdrawalToTheTopicOfTheMesh() {
    status.send(MESH, "v1/status/a", "{\"ready\":true}");
    await().atMost(SOON).untilAsserted(() -> assertThat(values(TOPICS.status(MESH))).hasSize(1));

    status.send(MESH, "v1/status/a", "");

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(values(TOPICS.status(MESH)))
                    .containsExactly("{\"ready\":true}", "tombstone"));
  }

  @Test
  void sendsDeadLetters() {
    var letter = DeadLetter.of("topic", 3, "reason", "1f", new byte[] {1});

    deadLetters.accept(letter);

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(values(TOPICS.deadLetters())).containsExactly(letter.json()));
  }

  private List<String> values(String topic) throws Exception {
    return CompactedTopic.read(new KafkaClients(kafka), topic).stream()
        .map(
            record ->
                record.value() == null
                    ? "tombstone"
                    : new String(record.value(), StandardCharsets.UTF_8))
        .toList();
  }

  /** A broker with the federation's topics, before the service starts. */
  public static final class Broker implements QuarkusTestResourceLifecycleManager {
    private EmbeddedBroker broker;

    @Override
    public Map<String, String> start() {
      broker = EmbeddedBroker.start();
      broker.createTopic(TOPICS.members());
      broker.createTopic(TOPICS.deadLetters());
      broker.createTopic(TOPICS.trail());
      broker.createTopic(TOPICS.status(MESH));
      return Map.of(
          "kafka.bootstrap.servers",
          broker.addresses(),
          "meshbridge.federation",
          TOPICS.federation(),
          "meshbridge.messaging.enabled",
          "true",
          "quarkus.http.test-port",
          "0");
    }

    @Override
    public void stop() {
      broker.close();
    }
  }
}
