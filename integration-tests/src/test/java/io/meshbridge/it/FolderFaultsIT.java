package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What happens to the log happens to nobody's imports. */
final class FolderFaultsIT {
  @RegisterExtension private static final BrokerExtension KAFKA = new BrokerExtension();

  @Test
  void aTopicThatIsDeletedAndRecreatedEmptyDeletesNothing() throws Exception {
    try (var federation = Federation.ofFolders(KAFKA.broker(), "recreated")) {
      // Given: the importing bridge is another process than the one that fills the topic
      var east = federation.east();
      var west = federation.west();
      for (int i = 0; i < 10; i++) {
        federation.put(east, Shop.of("e" + i, 9000 + i, "10.1.0." + (i + 1)));
        federation.put(west, Shop.of("w" + i, 7000 + i, "10.2.0." + (i + 1)));
      }
      var exporter = federation.startReady(federation.bridge("exporter", List.of(east)));
      var importer = federation.startReady(federation.bridge("importer", List.of(west)));
      federation.awaitConvergence();
      var imported = west.imports();

      // When: nobody is there to fill the new topic
      exporter.kill();
      recreateEmpty(federation, east);

      // Then: all stays, and it is said how old it is
      await()
          .during(Duration.ofSeconds(6))
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(west.imports()).isEqualTo(imported));
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () -> assertThat(importer.rest().imports("mesh=west&state=Stale")).hasSize(10));

      // And when its bridge is back, with a change made meanwhile
      federation.remove(east, "e0");
      federation.put(east, Shop.of("e1", 9999, "10.1.0.2"));
      federation.startReady(federation.bridge("exporter-2", List.of(east)));
      federation.awaitConvergence();
    }
  }

  @Test
  void aTopicThatIsRecreatedUnderItsLeaderIsFilledAgain() throws Exception {
    try (var federation = Federation.ofFolders(KAFKA.broker(), "refilled")) {
      // Given
      federation.put(federation.east(), Shop.of("reviews", 9080, "10.1.0.1"));
      federation.put(federation.west(), Shop.of("stock", 7070, "10.2.0.1"));
      federation.startReady(federation.bridge("bridge"));
      federation.awaitConvergence();

      // When
      recreateEmpty(federation, federation.east());

      // Then: nothing is lost, and what changes goes on to arrive
      federation.put(federation.east(), Shop.of("ratings", 9090, "10.1.0.9"));
      federation.awaitConvergence();
      await("the topic tells all of the mesh again")
          .atMost(Federation.CONVERGENCE)
          .untilAsserted(
              () ->
                  assertThat(federation.meshTopic(federation.east()).facts())
                      .extracting(Topic.Entry::key)
                      .contains("v1/export/shop/reviews", "v1/export/shop/ratings"));
    }
  }

  @Test
  void aBrokerThatIsKilledAndStartedAgainCostsNothing() throws Exception {
    try (var federation = Federation.ofFolders(KAFKA.broker(), "outage")) {
      // Given
      federation.put(federation.east(), Shop.of("reviews", 9080, "10.1.0.1"));
      federation.put(federation.west(), Shop.of("stock", 7070, "10.2.0.1"));
      var bridge = federation.startReady(federation.bridge("bridge"));
      federation.awaitConvergence();
      var imported = federation.west().imports();

      // When
      KAFKA.broker().kill();
      federation.put(federation.east(), Shop.of("ratings", 9090, "10.1.0.9"));
      federation.remove(federation.west(), "stock");
      await()
          .during(Duration.ofSeconds(8))
          .atMost(Duration.ofSeconds(12))
          .untilAsserted(
              () -> {
                assertThat(federation.west().imports()).isEqualTo(imported);
                assertThat(bridge.isAlive()).isTrue();
              });
      KAFKA.broker().restart();

      // Then
      federation.awaitConvergence(Duration.ofSeconds(45));
    }
  }

  private static void recreateEmpty(Federation federation, MeshRig mesh) throws Exception {
    var topic = federation.meshTopic(mesh);
    try (var admin =
        Admin.create(Map.<String, Object>of("bootstrap.servers", topic.bootstrapServers()))) {
      Topics.recreateEmpty(admin, topic.name());
    }
  }
}
