package io.meshbridge.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.meshbridge.kafka.EmbeddedBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TopicKeeperTest {
  private static EmbeddedBroker broker;
  private static Admin admin;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start();
    admin = broker.admin();
  }

  @AfterAll
  static void stopBroker() {
    admin.close();
    broker.close();
  }

  @Test
  void createsWhatIsMissingCompactedAndWithLongLivedTombstones() throws Exception {
    keeper().ensure(List.of("created"));

    awaitListed("created");
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, "created");
    var config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
    assertThat(config.get("cleanup.policy").value()).isEqualTo("compact");
    assertThat(Long.parseLong(config.get("delete.retention.ms").value()))
        .isEqualTo(Duration.ofDays(7).toMillis());
  }

  @Test
  void acceptsWhatItHasCreated() throws Exception {
    keeper().ensure(List.of("twice"));

    keeper().ensure(List.of("twice"));

    awaitListed("twice");
  }

  @Test
  void namesAllWrongSettingsOfAllTopicsAtOnceAndHowToMendThem() {
    broker.createTopic("deleting", Map.of("cleanup.policy", "delete"));
    broker.createTopic(
        "hasty", Map.of("cleanup.policy", "compact", "delete.retention.ms", "86400000"));

    var refusal =
        catchThrowableOfType(
            TopicSettingsException.class, () -> keeper().ensure(List.of("deleting", "hasty")));

    assertThat(refusal.faults())
        .extracting(fault -> fault.topic() + " " + fault.setting())
        .containsExactly(
            "deleting cleanup.policy", "deleting delete.retention.ms", "hasty delete.retention.ms");
    assertThat(refusal)
        .hasMessageContaining("cleanup.policy is 'delete', but must be compact")
        .hasMessageContaining(
            "kafka-configs.sh --bootstrap-server "
                + broker.addresses()
                + " --alter --topic hasty --add-config delete.retention.ms=604800000");
  }

  @Test
  void createsNothingWhereThatIsSwitchedOff() throws Exception {
    var keeper = new TopicKeeper(admin, broker.addresses(), 1, false);

    assertThatThrownBy(() -> keeper.ensure(List.of("unmade")))
        .isInstanceOf(LogUnavailableException.class)
        .hasMessageContaining("unmade");
    assertThat(admin.listTopics().names().get()).doesNotContain("unmade");
  }

  @Test
  void leavesTheNumberOfCopiesToTheBrokerIfAsked() throws Exception {
    var keeper = new TopicKeeper(admin, broker.addresses(), TopicKeeper.BROKER_DEFAULT, true);

    keeper.ensure(List.of("as-the-broker-likes"));

    awaitListed("as-the-broker-likes");
  }

  @Test
  void saysWhereNobodyAnswered() {
    var nowhere =
        Map.<String, Object>of(
            "bootstrap.servers", "127.0.0.1:1",
            "request.timeout.ms", 200,
            "default.api.timeout.ms", 300);
    try (var client = Admin.create(nowhere)) {
      var keeper = new TopicKeeper(client, "127.0.0.1:1", 1, true);

      assertThatThrownBy(() -> keeper.ensure(List.of("any")))
          .isInstanceOf(LogUnavailableException.class)
          .hasMessageContaining("127.0.0.1:1");
    }
  }

  /** A broker answers that it has created a topic before it knows of it everywhere. */
  private static void awaitListed(String topic) {
    await().untilAsserted(() -> assertThat(admin.listTopics().names().get()).contains(topic));
  }

  private static TopicKeeper keeper() {
    return new TopicKeeper(admin, broker.addresses(), 1, true);
  }
}
