package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What goes in numbers is held until somebody says that it is right, or until it is back. */
final class GuardIT {
  @RegisterExtension private static final BrokerExtension KAFKA = new BrokerExtension();

  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void sixtyOfAHundredServicesAreHeldThroughARestartAndGoWhenThatIsConfirmed() throws Exception {
    try (var federation = Federation.ofFolders(KAFKA.broker(), "guard-confirmed")) {
      // Given
      var first = federation.startReady(bridgeThatReadsTogether(federation, "first"));
      putAll(federation, 100);
      federation.awaitConvergence();
      var imported = federation.west().imports();

      // When
      removeAll(federation, 0, 60);

      // Then: nothing goes, and everybody is told
      awaitHeld(federation, first, 60);
      assertNothingGoes(federation, imported);

      // And a restart changes nothing of that
      first.kill();
      var second = federation.startReady(federation.bridge("second"));
      awaitHeld(federation, second, 60);
      assertNothingGoes(federation, imported);

      // When
      var confirmed =
          operate(federation, "confirm", "east", "--reason", "moved out", "--by", "anna");

      // Then
      assertThat(confirmed.exitCode()).as(confirmed.output()).isZero();
      assertThat(confirmed.output()).contains("Confirmed: services of east go, everywhere.");
      federation.awaitConvergence();
      assertThat(federation.west().imports()).hasSize(40);
      awaitHeld(federation, second, 0);
      assertThat(acts(federation)).containsOnlyOnce("order-given by anna: moved out");
    }
  }

  @Test
  void sixtyOfAHundredServicesAreHeldUntilTheyAreBack() throws Exception {
    try (var federation = Federation.ofFolders(KAFKA.broker(), "guard-back")) {
      // Given
      var bridge = federation.startReady(bridgeThatReadsTogether(federation, "bridge"));
      putAll(federation, 100);
      federation.awaitConvergence();
      removeAll(federation, 0, 60);
      awaitHeld(federation, bridge, 60);

      // When: they are back, some of them changed
      for (int i = 0; i < 60; i++) {
        federation.put(federation.east(), shop(i).on(5000 + i));
      }

      // Then
      federation.awaitConvergence();
      awaitHeld(federation, bridge, 0);
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> assertThat(bridge.rest().imports("mesh=west&state=Applied")).hasSize(100));
    }
  }

  @Test
  void aSlowDripIsHeldOnceItIsBeyondTheShare() throws Exception {
    try (var federation = Federation.ofFolders(KAFKA.broker(), "guard-drip")) {
      // Given
      var bridge = federation.startReady(federation.bridge("bridge"));
      putAll(federation, 24);
      federation.awaitConvergence();

      // When: twelve of twenty-four go one by one
      for (int i = 0; i < 12; i++) {
        removeAll(federation, i, i + 1);
        federation.awaitConvergence();
      }
      var left = federation.west().imports();
      removeAll(federation, 12, 13);

      // Then: the next is one too many
      awaitHeld(federation, bridge, 1);
      assertNothingGoes(federation, left);
      removeAll(federation, 13, 15);
      awaitHeld(federation, bridge, 3);
      assertThat(federation.west().imports()).hasSize(12);
    }
  }

  @Test
  void oneOfTwoServicesGoes() throws Exception {
    try (var federation = Federation.ofFolders(KAFKA.broker(), "guard-few")) {
      // Given
      federation.startReady(federation.bridge("bridge"));
      putAll(federation, 2);
      federation.awaitConvergence();

      // When
      removeAll(federation, 0, 1);

      // Then
      federation.awaitConvergence();
      assertThat(federation.west().imports()).hasSize(1);
    }
  }

  @Test
  void importsThatWouldLoseTheirLastEndpointAreHeldThroughARestart() throws Exception {
    try (var federation = Federation.ofFolders(KAFKA.broker(), "guard-endpoints")) {
      // Given
      var first = federation.startReady(bridgeThatReadsTogether(federation, "first"));
      putAll(federation, 30);
      federation.awaitConvergence();
      var imported = federation.west().imports();

      // When: sixty percent are ill, which is no withdrawal
      for (int i = 0; i < 18; i++) {
        federation.put(federation.east(), shop(i).with(address(i), false));
      }

      // Then
      awaitStates(first, "Held", 18);
      assertNothingGoes(federation, imported);
      first.kill();
      var second = federation.startReady(federation.bridge("second"));
      awaitStates(second, "Held", 18);
      assertNothingGoes(federation, imported);

      // When: six recover, and the rest is confirmed for this importer
      for (int i = 0; i < 6; i++) {
        federation.put(federation.east(), shop(i));
      }
      awaitStates(second, "Held", 12);
      var confirmed =
          operate(federation, "confirm", "east", "--target", "west", "--reason", "they are ill");

      // Then
      assertThat(confirmed.exitCode()).as(confirmed.output()).isZero();
      awaitStates(second, "Degraded", 12);
      federation.awaitConvergence();
    }
  }

  @Test
  void aPausedMeshStaysAsItIsThroughARestartUntilItIsResumed() throws Exception {
    try (var federation = Federation.ofFolders(KAFKA.broker(), "guard-paused")) {
      // Given
      var first = federation.startReady(federation.bridge("first"));
      putAll(federation, 3);
      federation.awaitConvergence();
      var imported = federation.west().imports();

      // When
      var paused = operate(federation, "pause", "west", "--reason", "freeze", "--by", "anna");
      assertThat(paused.exitCode()).as(paused.output()).isZero();
      awaitStates(first, "Paused", 3);
      removeAll(federation, 0, 1);
      federation.put(federation.east(), shop(1).on(5001));
      federation.put(federation.east(), shop(7));

      // Then
      assertNothingGoes(federation, imported);
      first.kill();
      federation.startReady(federation.bridge("second"));
      assertNothingGoes(federation, imported);
      assertThat(operate(federation, "orders").output()).contains("pause", "anna", "freeze");

      // When
      var resumed = operate(federation, "resume", "west", "--reason", "over", "--by", "bert");

      // Then
      assertThat(resumed.exitCode()).as(resumed.output()).isZero();
      federation.awaitConvergence();
      assertThat(acts(federation))
          .contains("order-given by anna: freeze", "order-lifted by bert: over");
    }
  }

  /**
   * It reads what this test changes as one change, be the machine ever so slow: what goes more than
   * a tenth of a second before the rest is judged before the rest, and may go.
   */
  private static BridgeProcess.Spec bridgeThatReadsTogether(Federation federation, String id)
      throws IOException {
    var spec = federation.bridge(id);
    return spec.with(spec.configuration().with("meshbridge.meshes.east.settings.settle", "1s"));
  }

  private static void awaitHeld(Federation federation, BridgeProcess bridge, int count) {
    await("withdrawals held")
        .atMost(SOON)
        .untilAsserted(() -> assertThat(holds(federation)).hasSize(count));
    await("the metric of what is held")
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(bridge.rest().get("/q/metrics").body())
                    .contains("meshbridge_exports_held{mesh=\"east\"} " + count + ".0"));
    await("importers say why")
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(bridge.rest().imports("mesh=west&state=Stale"))
                    .hasSize(count)
                    .allSatisfy(
                        line ->
                            assertThat(line.path("reason").asText())
                                .contains("its withdrawal is held", "meshbridge confirm east")));
  }

  private static void awaitStates(BridgeProcess bridge, String state, int count) {
    await("imports that are " + state)
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(bridge.rest().imports("mesh=west&state=" + state)).hasSize(count));
  }

  /** Longer than what goes together is gathered for. */
  private static void assertNothingGoes(Federation federation, Object imported) {
    await()
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(federation.west().imports()).isEqualTo(imported));
  }

  /** The services whose withdrawal is held, as the log tells. */
  private static Map<String, String> holds(Federation federation) {
    var holds = new LinkedHashMap<String, String>();
    for (Topic.Entry entry : federation.meshTopic(federation.east()).facts()) {
      if (entry.key().startsWith("v1/hold/")) {
        holds.put(entry.key(), entry.value());
      }
    }
    holds.values().removeIf("(withdrawn)"::equals);
    return holds;
  }

  private static List<String> acts(Federation federation) {
    return federation.topic("trail").facts().stream()
        .map(Topic.Entry::value)
        .map(
            act ->
                act.replaceFirst(
                    "\\{\"act\":\"(.*?)\",\"by\":\"(.*?)\",\"why\":\"(.*?)\".*", "$1 by $2: $3"))
        .toList();
  }

  private static Command operate(Federation federation, String... arguments)
      throws IOException, InterruptedException {
    return Command.run(federation.folder(), federation.configuration(), arguments);
  }

  private static void putAll(Federation federation, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      federation.put(federation.east(), shop(i));
    }
  }

  private static void removeAll(Federation federation, int from, int to) throws IOException {
    for (int i = from; i < to; i++) {
      federation.remove(federation.east(), "e" + i);
    }
  }

  private static Shop shop(int number) {
    return Shop.of("e" + number, 9000 + number, address(number));
  }

  private static String address(int number) {
    return "10.1.0." + (number + 1);
  }
}
