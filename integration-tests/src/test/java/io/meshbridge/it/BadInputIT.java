package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bad input of any kind is said to whom it concerns, and costs nothing else. */
final class BadInputIT {
  @RegisterExtension private static final BrokerExtension KAFKA = new BrokerExtension();

  private static final Duration SAID = Duration.ofSeconds(20);

  @Test
  void twoFaultsInOneConfigurationAreBothToldWithTheirKeys() throws Exception {
    try (var federation = Federation.ofFolders(KAFKA.broker(), "faults")) {
      var configuration =
          federation
              .configuration()
              .with("meshbridge.heartbeat.interval", "soon")
              .with("meshbridge.meshes.east.kind", "istoi");

      var command = Command.run(federation.folder(), configuration, "run");

      assertThat(command.exitCode()).isEqualTo(2);
      assertThat(command.output())
          .contains("meshbridge.heartbeat.interval: ")
          .contains("'soon'")
          .contains("meshbridge.meshes.east.kind: ")
          .contains("'istoi'")
          .contains("consul")
          .contains("istio");
    }
  }

  @Test
  void aMeshThatIsNoMemberNeitherPublishesNorImportsUntilItIsMadeOne() throws Exception {
    try (var federation = Federation.ofFolders(KAFKA.broker(), "strangers")) {
      // Given
      federation.put(federation.east(), Shop.of("reviews", 9080, "10.1.0.1"));
      federation.put(federation.west(), Shop.of("stock", 7070, "10.2.0.1"));
      var configuration =
          federation.configuration().with("meshbridge.membership.automatic", "false");
      var bridge = federation.start(federation.bridge("bridge").with(configuration));
      await("said")
          .atMost(Federation.READY_LIMIT)
          .untilAsserted(
              () -> assertThat(bridge.log()).contains("no member").contains("members add east"));
      await("nothing happens")
          .during(Duration.ofSeconds(3))
          .atMost(Duration.ofSeconds(6))
          .untilAsserted(
              () -> {
                assertThat(federation.east().imports()).isEmpty();
                assertThat(federation.west().imports()).isEmpty();
                assertThat(federation.meshTopic(federation.east()).entries()).isEmpty();
              });

      // When
      addMember(federation, "east", "istio");
      addMember(federation, "west", "consul");

      // Then
      federation.awaitConvergence();
    }
  }

  private static void addMember(Federation federation, String mesh, String kind) throws Exception {
    var command =
        Command.run(
            federation.folder(),
            federation.configuration(),
            "members",
            "add",
            mesh,
            "--kind",
            kind);
    assertThat(command.exitCode()).as(command.output()).isZero();
  }

  @Test
  void kafkaThatIsNotThereAtTheStartIsWaitedFor() throws Exception {
    try (var federation = Federation.ofFolders(KAFKA.broker(), "early")) {
      // Given
      federation.put(federation.east(), Shop.of("reviews", 9080, "10.1.0.1"));
      KAFKA.broker().kill();

      // When
      var bridge = federation.start(federation.bridge("bridge"));

      // Then
      await("said")
          .atMost(Federation.READY_LIMIT)
          .untilAsserted(
              () ->
                  assertThat(bridge.log())
                      .contains("waiting for Kafka")
                      .contains(KAFKA.broker().bootstrapServers()));
      assertThat(bridge.rest().live()).isTrue();
      assertThat(bridge.rest().ready()).isFalse();

      // And when
      KAFKA.broker().restart();

      // Then
      bridge.awaitReady(Federation.READY_LIMIT);
      federation.awaitConvergence();
    }
  }

  @Test
  void aTopicWithWrongSettingsIsNamedAndUsedOnceItIsMended() throws Exception {
    try (var federation = Federation.ofFolders(KAFKA.broker(), "settings");
        var admin = admin()) {
      // Given
      federation.put(federation.east(), Shop.of("reviews", 9080, "10.1.0.1"));
      var topic = federation.meshTopic(federation.east()).name();
      Topics.create(
          admin, topic, Map.of("cleanup.policy", "delete", "delete.retention.ms", "1000"));

      // When
      var bridge = federation.start(federation.bridge("bridge"));

      // Then: both are told at once
      await("said")
          .atMost(SAID)
          .untilAsserted(
              () ->
                  assertThat(bridge.log())
                      .contains(topic)
                      .contains("cleanup.policy")
                      .contains("delete.retention.ms")
                      .contains("kafka-configs.sh"));
      assertThat(bridge.isAlive()).isTrue();

      // And when
      mend(admin, topic);

      // Then
      bridge.awaitReady(Federation.READY_LIMIT);
      federation.awaitConvergence();
    }
  }

  private static void mend(Admin admin, String topic) throws Exception {
    var changes =
        List.of(
            set("cleanup.policy", "compact"),
            set("delete.retention.ms", Long.toString(Duration.ofDays(7).toMillis())));
    admin
        .incrementalAlterConfigs(
            Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), changes))
        .all()
        .get();
  }

  private static AlterConfigOp set(String name, String value) {
    return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
  }

  @Test
  void rubbishOnATopicGoesToTheDeadLettersAndLosesNothing() throws Exception {
    try (var federation = Federation.ofFolders(KAFKA.broker(), "rubbish")) {
      // Given
      federation.put(federation.east(), Shop.of("reviews", 9080, "10.1.0.1"));
      federation.put(federation.east(), Shop.of("ratings", 9090, "10.1.0.2"));
      federation.put(federation.west(), Shop.of("stock", 7070, "10.2.0.1"));
      federation.startReady(federation.bridge("bridge"));
      federation.awaitConvergence();
      var topic = federation.meshTopic(federation.east()).name();

      // When
      long malformed = send(topic, "v1/export/shop/reviews", "{\"name\": ");
      long stranger = send(topic, "v1/export/shop/stranger", "<order id='7'/>");
      send(topic, "not of ours", "whatever");

      // Then
      await("dead letters")
          .atMost(SAID)
          .untilAsserted(
              () ->
                  assertThat(federation.topic("dead-letters").entries())
                      .extracting(Topic.Entry::key)
                      .anyMatch(key -> key.contains(topic) && key.endsWith("/" + malformed))
                      .anyMatch(key -> key.contains(topic) && key.endsWith("/" + stranger)));
      federation.assertConverged();
      federation.put(federation.east(), Shop.of("ratings", 9091, "10.1.0.2"));
      federation.put(federation.east(), Shop.of("reviews", 9081, "10.1.0.1"));
      federation.awaitConvergence();
    }
  }

  private static long send(String topic, String key, String value) throws Exception {
    var settings = Map.<String, Object>of("bootstrap.servers", KAFKA.broker().bootstrapServers());
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      return producer
          .send(
              new ProducerRecord<>(
                  topic,
                  key.getBytes(StandardCharsets.UTF_8),
                  value.getBytes(StandardCharsets.UTF_8)))
          .get()
          .offset();
    }
  }

  private static Admin admin() {
    return Admin.create(
        Map.<String, Object>of("bootstrap.servers", KAFKA.broker().bootstrapServers()));
  }

  @Test
  void aManifestThatIsNoYamlIsNamedWithItsLineAndCostsNothingElse() throws Exception {
    try (var federation = Federation.ofFolders(KAFKA.broker(), "no-yaml")) {
      // Given
      var east = (IstioFolderRig) federation.east();
      federation.put(east, Shop.of("reviews", 9080, "10.1.0.1"));
      federation.put(east, Shop.of("ratings", 9090, "10.1.0.2"));
      federation.put(federation.west(), Shop.of("stock", 7070, "10.2.0.1"));
      var bridge = federation.startReady(federation.bridge("bridge"));
      federation.awaitConvergence();

      // When: a file is damaged, and another one changes
      east.files().write("ratings.yaml", "apiVersion: v1\nkind: Service\nmetadata: [unclosed\n");
      federation.put(east, Shop.of("reviews", 9081, "10.1.0.1"));

      // Then: the one keeps what was last read of it, the other goes on
      await("said")
          .atMost(SAID)
          .untilAsserted(
              () -> assertThat(bridge.log()).containsPattern("ratings\\.yaml line=[0-9]+"));
      federation.awaitConvergence();

      // And when it is mended
      federation.put(east, Shop.of("ratings", 9091, "10.1.0.2"));
      federation.awaitConvergence();
    }
  }

  @Test
  void anEndpointWithoutAnAddressCostsThatEndpoint() throws Exception {
    try (var federation = Federation.ofFolders(KAFKA.broker(), "no-address")) {
      // Given
      var east = (IstioFolderRig) federation.east();
      var reviews = Shop.of("reviews", 9080, "10.1.0.1");
      federation.put(east, reviews);
      federation.startReady(federation.bridge("bridge"));
      federation.awaitConvergence();

      // When
      var grown = IstioObjects.manifest("shop", reviews.with("10.1.0.2", true));
      east.files()
          .write(
              "reviews.yaml",
              grown + "  - addresses: []\n    conditions:\n      ready: true\n  - {}\n");

      // Then
      await()
          .atMost(Federation.CONVERGENCE)
          .untilAsserted(
              () ->
                  assertThat(federation.west().imports())
                      .isEqualTo(
                          federation
                              .west()
                              .expected(
                                  federation.name(),
                                  east,
                                  List.of(new Operation.Put(reviews.with("10.1.0.2", true))))));
    }
  }

  @Test
  void aConsulThatIsNotThereAtTheStartIsWaitedFor() throws Exception {
    try (var live = LiveFederation.start(KAFKA.broker(), "no-consul")) {
      // Given
      var federation = live.federation();
      federation.put(live.consul(), Shop.of("stock", 7070, "10.2.0.1"));
      federation.put(live.istio(), Shop.of("reviews", 9080, "10.1.0.1"));
      live.consul().agent().kill();

      // When
      var bridge = federation.startReady(federation.bridge("bridge"));

      // Then
      await("said")
          .atMost(SAID)
          .untilAsserted(
              () ->
                  assertThat(bridge.rest().meshes())
                      .anySatisfy(
                          mesh -> {
                            assertThat(mesh.path("id").asText()).isEqualTo("west");
                            assertThat(mesh.path("source").asText()).isNotEqualTo("live");
                            assertThat(mesh.path("reason").asText())
                                .contains(live.consul().agent().url().getAuthority());
                          }));

      // And when
      live.consul().agent().restart();

      // Then
      federation.awaitConvergence();
    }
  }
}
