package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * How long a change takes: from the acknowledgement by the origin's API to its sight by a watcher
 * in the target that knows nothing of the bridge.
 */
@Isolated("it measures")
final class LatencyIT {
  @RegisterExtension private static final BrokerExtension KAFKA = new BrokerExtension();

  private static final Duration FILLED = Duration.ofSeconds(90);
  private static final Duration BAR = Duration.ofSeconds(1);

  @Test
  void aChangeInConsulIsSeenInIstioWithinASecond() throws Exception {
    try (var live = LiveFederation.start(KAFKA.broker(), "latency-west")) {
      var oracle = new Oracle("latency-west", live.consul().origin(), live.istio().id());
      try (var sightings = new EntrySightings(live.istio(), oracle)) {
        measure(live, live.consul(), sightings, "Consul to Istio");
      }
    }
  }

  @Test
  void aChangeInIstioIsSeenInConsulWithinASecond() throws Exception {
    try (var live = LiveFederation.start(KAFKA.broker(), "latency-east")) {
      var oracle = new Oracle("latency-east", live.istio().origin(), live.consul().id());
      try (var sightings = new CatalogSightings(live.consul(), oracle)) {
        measure(live, live.istio(), sightings, "Istio to Consul");
      }
    }
  }

  private static void measure(
      LiveFederation live, MeshRig origin, Sightings sightings, String direction)
      throws IOException, InterruptedException {
    var federation = live.federation();
    var load = new SteadyLoad(federation, origin);
    load.fill();
    federation.startReady(federation.bridge("bridge"));
    federation.awaitConvergence(FILLED);

    var p99 = p99(load, sightings, direction);
    if (p99.compareTo(BAR) >= 0) {
      // Once more: the machine may have been busy with something else for a while.
      p99 = p99(load, sightings, direction + " (second try)");
    }

    federation.awaitConvergence();
    assertThat(p99).isLessThan(BAR);
  }

  private static Duration p99(SteadyLoad load, Sightings sightings, String direction)
      throws InterruptedException {
    var latencies = load.run(sightings);
    Figures.printLatency(direction + ", " + SteadyLoad.SERVICES + " exported services", latencies);
    return Figures.percentile(latencies, 0.99);
  }
}
