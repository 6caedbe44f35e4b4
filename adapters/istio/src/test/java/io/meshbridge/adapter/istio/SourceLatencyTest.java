package io.meshbridge.adapter.istio;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

class SourceLatencyTest {
  private static final Logger LOG = Logger.getLogger(SourceLatencyTest.class);
  private static final int SERVICES = 500;
  private static final int CHANGES = 100;

  @Test
  void tellsAChangeOfOneServiceAmongFiveHundredWithinTwoHundredMilliseconds() {
    try (var api = KubernetesTestApi.start()) {
      var cluster = new Cluster(api);
      for (int i = 0; i < SERVICES; i++) {
        cluster.service("many", "service-" + i, true);
      }
      try (var connection = cluster.connect();
          var witness = new Witness(connection.source())) {
        witness.awaitsComplete(1);
        var millis = new ArrayList<Long>();
        for (int i = 0; i < CHANGES; i++) {
          var address = "10.4.0." + (i + 1);
          cluster.slice("many", "service-" + i, address);
          long acknowledged = System.nanoTime();
          int known = i;
          witness.awaits(
              all ->
                  witness.offers().size() > SERVICES + known
                      && witness.last("service-" + known).endpoints().size() == 1);
          millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - acknowledged));
        }
        millis.sort(null);
        LOG.infof(
            "source latency services=%d changes=%d p50_ms=%d p99_ms=%d max_ms=%d",
            SERVICES, CHANGES, millis.get(CHANGES / 2), millis.get(CHANGES - 2), millis.getLast());
        assertThat(millis.get(CHANGES - 2)).isLessThan(200);
      }
    }
  }
}
