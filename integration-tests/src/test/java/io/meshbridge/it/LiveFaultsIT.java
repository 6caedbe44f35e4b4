package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever dies and comes back, the meshes end where the list of operations says. */
final class LiveFaultsIT {
  @RegisterExtension private static final BrokerExtension KAFKA = new BrokerExtension();

  @Test
  void anAgentThatIsKilledAndStartedAgainCostsNothing() throws Exception {
    try (var live = LiveFederation.start(KAFKA.broker(), "agent")) {
      // Given
      var federation = live.federation();
      for (int i = 0; i < 10; i++) {
        federation.put(live.consul(), Shop.of("w" + i, 7000 + i, "10.2.0." + (i + 1)));
        federation.put(live.istio(), Shop.of("e" + i, 9000 + i, "10.1.0." + (i + 1)));
      }
      federation.startReady(federation.bridge("bridge"));
      federation.awaitConvergence();
      var imported = live.istio().imports();

      // When: it is away, and the other side goes on
      live.consul().agent().kill();
      federation.put(live.istio(), Shop.of("e0", 9999, "10.1.0.1"));
      federation.remove(live.istio(), "e1");
      await("nothing deleted")
          .during(Duration.ofSeconds(5))
          .atMost(Duration.ofSeconds(8))
          .untilAsserted(() -> assertThat(live.istio().imports()).isEqualTo(imported));
      live.consul().agent().restart();

      // Then
      federation.put(live.consul(), Shop.of("w0", 7999, "10.2.0.1"));
      federation.awaitConvergence();
    }
  }

  @Test
  void anApiServerThatIsAwayForAWhileCostsNothing() throws Exception {
    try (var live = LiveFederation.start(KAFKA.broker(), "api-server")) {
      // Given
      var federation = live.federation();
      federation.put(live.consul(), Shop.of("stock", 7070, "10.2.0.1"));
      federation.put(live.istio(), Shop.of("reviews", 9080, "10.1.0.1"));
      federation.put(live.istio(), Shop.of("ratings", 9090, "10.1.0.2"));
      federation.startReady(federation.bridge("bridge"));
      federation.awaitConvergence();
      var imported = live.consul().imports();

      // When: the bridge cannot reach it, and it goes on without the bridge
      live.istio().api().block();
      federation.put(live.istio(), Shop.of("reviews", 9081, "10.1.0.1"));
      federation.remove(live.istio(), "ratings");
      federation.put(live.consul(), Shop.of("stock", 7071, "10.2.0.1"));
      await("nothing deleted")
          .during(Duration.ofSeconds(4))
          .atMost(Duration.ofSeconds(8))
          .untilAsserted(() -> assertThat(live.consul().imports()).isEqualTo(imported));
      live.istio().api().unblock();

      // Then
      federation.awaitConvergence();
    }
  }

  @Test
  void isKilledInTheMiddleOf500ChangesAndASecondRestartChangesNothing() throws Exception {
    try (var live = LiveFederation.start(KAFKA.broker(), "live-killed")) {
      // Given
      var federation = live.federation();
      var spec = federation.bridgeToRestart("bridge");
      var first = federation.startReady(spec);
      var changes = new ChangeScript(20261123L, 40);

      // When: killed in the middle
      for (int i = 0; i < 250; i++) {
        changes.next(federation);
      }
      first.kill();
      for (int i = 250; i < 500; i++) {
        changes.next(federation);
      }
      var second = federation.startReady(spec);

      // Then
      federation.awaitConvergence();

      // And when: restarted once more, with nothing to do
      Rest.await(federation, second);
      var facts = federation.facts();
      var indexes = live.consul().indexes();
      var versions = live.istio().resourceVersions();
      second.kill();
      var third =
          federation.startReady(
              spec.with(spec.configuration().with("meshbridge.bridge-id", "third")));
      Rest.awaitHeartbeatsOf(federation, "third");
      Rest.await(federation, third);

      // Then: not a byte was written
      assertThat(federation.facts()).isEqualTo(facts);
      assertThat(live.consul().indexes()).isEqualTo(indexes);
      assertThat(live.istio().resourceVersions()).isEqualTo(versions);
    }
  }
}
