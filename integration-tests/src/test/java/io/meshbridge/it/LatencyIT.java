package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * How long a change takes: from the acknowledgement by the origin's API to its sight by a watcher
 * in the target that knows nothing of the bridge. One way after the other, by one bridge.
 */
@Isolated("it measures")
final class LatencyIT {
  @RegisterExtension private static final BrokerExtension KAFKA = new BrokerExtension();

  private static final String NAME = "latency";
  private static final Duration FILLED = Duration.ofSeconds(90);
  private static final Duration BAR = Duration.ofSeconds(1);

  @Test
  void changesInConsulAndInIstioAreSeenInTheOtherWithinASecond() throws Exception {
    try (var live = LiveFederation.start(KAFKA.broker(), NAME);
        var inIstio = new EntrySightings(live.istio(), oracle(live.consul(), live.istio()));
        var inConsul = new CatalogSightings(live.consul(), oracle(live.istio(), live.consul()))) {
      var federation = live.federation();
      var ofConsul = new SteadyLoad(federation, live.consul());
      var ofIstio = new SteadyLoad(federation, live.istio());
      ofConsul.fill();
      ofIstio.fill();
      federation.startReady(federation.bridge("bridge"));
      federation.awaitConvergence(FILLED);

      assertThat(p99(ofConsul, inIstio, "Consul to Istio")).isLessThan(BAR);
      assertThat(p99(ofIstio, inConsul, "Istio to Consul")).isLessThan(BAR);
      federation.awaitConvergence();
    }
  }

  private static Oracle oracle(MeshRig origin, MeshRig target) {
    return new Oracle(NAME, origin.origin(), target.id());
  }

  private static Duration p99(SteadyLoad load, Sightings sightings, String direction)
      throws InterruptedException {
    var p99 = measure(load, sightings, direction);
    // Once more: the machine may have been busy with something else for a while.
    return p99.compareTo(BAR) < 0 ? p99 : measure(load, sightings, direction + " (second try)");
  }

  private static Duration measure(SteadyLoad load, Sightings sightings, String direction)
      throws InterruptedException {
    var latencies = load.run(sightings);
    Figures.printLatency(direction + ", " + SteadyLoad.SERVICES + " exported services", latencies);
    return Figures.percentile(latencies, 0.99);
  }
}
