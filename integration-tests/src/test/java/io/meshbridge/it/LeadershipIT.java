package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshbridge.it.ChildProcess.Signal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two bridges that serve the same meshes: one speaks for each, whatever happens to it. */
final class LeadershipIT {
  @RegisterExtension private static final BrokerExtension KAFKA = new BrokerExtension();

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TAKE_OVER = Duration.ofSeconds(10);

  @Test
  void theOtherWritesWithin10SecondsWhenTheLeaderIsKilled() throws Exception {
    try (var federation = Federation.ofFolders(KAFKA.broker(), "take-over")) {
      // Given
      var leader = startLeaderAndStandby(federation);
      federation.put(federation.east(), Shop.of("reviews", 9080, "10.1.0.1"));
      federation.put(federation.west(), Shop.of("stock", 7070, "10.2.0.1"));
      federation.awaitConvergence();

      // When
      leader.kill();
      long killed = System.nanoTime();
      federation.put(federation.east(), Shop.of("reviews", 9081, "10.1.0.1"));
      federation.put(federation.west(), Shop.of("stock", 7071, "10.2.0.1"));

      // Then
      federation.awaitConvergence(TAKE_OVER);
      Figures.print(
          "take-over after SIGKILL of the leader of two meshes, until both changes arrived",
          Duration.ofNanos(System.nanoTime() - killed).toMillis() + " ms");
    }
  }

  @Test
  void aLeaderThatWasFrozenWritesNothingAfterItsSuccessor() throws Exception {
    try (var federation = Federation.ofFolders(KAFKA.broker(), "frozen")) {
      // Given: a leader with much to do
      var leader = startLeaderAndStandby(federation);
      for (int i = 0; i < 60; i++) {
        federation.put(federation.east(), Shop.of("e" + i, 9000 + i, "10.1.0." + (i + 1)));
        federation.put(federation.west(), Shop.of("w" + i, 7000 + i, "10.2.0." + (i + 1)));
      }
      federation.awaitConvergence();
      for (int i = 0; i < 60; i++) {
        federation.put(federation.east(), Shop.of("e" + i, 9100 + i, "10.1.0." + (i + 1)));
        federation.put(federation.west(), Shop.of("w" + i, 7100 + i, "10.2.0." + (i + 1)));
      }

      // When: it is frozen with that undelivered, and the world goes on
      leader.signal(Signal.STOP);
      assertThat(undelivered(federation)).isGreaterThanOrEqualTo(50);
      for (int i = 0; i < 60; i += 2) {
        federation.remove(federation.east(), "e" + i);
        federation.put(federation.west(), Shop.of("w" + i, 7200 + i, "10.2.0." + (i + 1)));
      }
      federation.awaitConvergence();
      leader.signal(Signal.CONT);

      // Then
      federation.put(federation.east(), Shop.of("late", 9999, "10.1.1.1"));
      federation.put(federation.west(), Shop.of("late", 7999, "10.2.1.1"));
      federation.awaitConvergence(Duration.ofSeconds(5));
      await()
          .during(Duration.ofSeconds(5))
          .atMost(Duration.ofSeconds(8))
          .untilAsserted(federation::assertConverged);
      assertOneAfterTheOther(federation, federation.east());
      assertOneAfterTheOther(federation, federation.west());
    }
  }

  /** The first to be there leads everything; the second finds its places taken. */
  private static BridgeProcess startLeaderAndStandby(Federation federation) throws Exception {
    var leader = federation.startReady(federation.bridge("first"));
    await().atMost(Federation.CONVERGENCE).until(() -> leads(leader));
    var standby = federation.startReady(federation.bridge("second"));
    await()
        .atMost(Federation.CONVERGENCE)
        .until(() -> roles(standby).equals(List.of("standby", "standby")));
    assertThat(leads(leader)).isTrue();
    return leader;
  }

  private static boolean leads(BridgeProcess bridge) throws Exception {
    return roles(bridge).equals(List.of("leader", "leader"));
  }

  private static List<String> roles(BridgeProcess bridge) throws Exception {
    return bridge.rest().meshes().stream().map(mesh -> mesh.path("role").asText()).toList();
  }

  /** How many of the last round's changes have not come to the other side. */
  private static long undelivered(Federation federation) throws IOException {
    var there = String.join("\n", federation.west().imports());
    return IntStream.range(0, 60)
        .filter(i -> !there.contains("10.1.0." + (i + 1) + ":" + (9100 + i) + " "))
        .count();
  }

  /**
   * The broker counts the epoch up whenever somebody takes over the transactional id; so nothing of
   * the former stands behind anything of the latter exactly if epochs only grow. Heartbeats, which
   * name their bridge, show the same from outside.
   */
  private static void assertOneAfterTheOther(Federation federation, MeshRig mesh)
      throws IOException {
    var topic = federation.meshTopic(mesh);
    assertThat(Segments.batches(KAFKA.broker().dataFolder(), topic.name()))
        .isNotEmpty()
        .extracting(Segments.Batch::epoch)
        .isSorted();
    var speakers =
        topic.entries().stream()
            .filter(Topic.Entry::isHeartbeat)
            .map(LeadershipIT::speaker)
            .toList();
    assertThat(speakers).contains("first", "second").isSorted();
  }

  private static String speaker(Topic.Entry heartbeat) {
    try {
      JsonNode value = JSON.readTree(heartbeat.value());
      return value.path("bridge").asText();
    } catch (IOException unreadable) {
      throw new AssertionError("no heartbeat: " + heartbeat, unreadable);
    }
  }
}
