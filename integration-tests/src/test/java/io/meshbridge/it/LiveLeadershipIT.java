package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meshbridge.it.ChildProcess.Signal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A leader that is frozen while it writes into a real Consul. */
final class LiveLeadershipIT {
  @RegisterExtension private static final BrokerExtension KAFKA = new BrokerExtension();

  private static final int SERVICES = 60;

  @Test
  void writesThatWereOnTheirWayWhenTheLeaderWasFrozenChangeNothingForLong() throws Exception {
    try (var live = LiveFederation.start(KAFKA.broker(), "on-its-way");
        var line = new HoldableLine(live.consul().agent().url(), "PUT /v1/txn")) {
      // Given: the first bridge's line to Consul can be held, the second one's cannot
      var federation = live.federation();
      putAll(federation, live.istio(), 9000);
      var spec = federation.bridge("first");
      var slowly = live.consul().addTo(spec.configuration(), line.url());
      var leader = federation.startReady(spec.with(slowly));
      federation.awaitConvergence();
      federation.startReady(federation.bridge("second"));

      // When: it is frozen with writes on their way and changes undelivered
      line.hold();
      putAll(federation, live.istio(), 9100);
      await().atMost(Federation.CONVERGENCE).until(() -> line.held() > 0);
      leader.signal(Signal.STOP);
      assertThat(live.consul().imports()).noneMatch(instance -> instance.contains(":91"));

      // And the world goes on without it
      for (int i = 0; i < SERVICES; i += 2) {
        federation.remove(live.istio(), "e" + i);
      }
      for (int i = 1; i < SERVICES; i += 4) {
        federation.put(live.istio(), shop(i, 9200));
      }
      federation.awaitConvergence();

      // And it comes back, and so do its writes
      leader.signal(Signal.CONT);
      line.release();

      // Then
      federation.put(live.istio(), Shop.of("late", 9999, "10.1.1.1"));
      federation.awaitConvergence(Duration.ofSeconds(5));
      await()
          .during(Duration.ofSeconds(5))
          .atMost(Duration.ofSeconds(8))
          .untilAsserted(federation::assertConverged);
      assertThat(Segments.batches(KAFKA.broker().dataFolder(), topicOf(federation, live.istio())))
          .isNotEmpty()
          .extracting(Segments.Batch::epoch)
          .isSorted();
    }
  }

  private static void putAll(Federation federation, MeshRig mesh, int port) throws Exception {
    for (int i = 0; i < SERVICES; i++) {
      federation.put(mesh, shop(i, port));
    }
  }

  private static Shop shop(int i, int port) {
    return Shop.of("e" + i, port, "10.1.0." + (i + 1));
  }

  private static String topicOf(Federation federation, MeshRig mesh) {
    return federation.meshTopic(mesh).name();
  }
}
