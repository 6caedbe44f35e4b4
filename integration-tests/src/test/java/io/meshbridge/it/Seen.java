package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.testkit.Outcomes.Metric;
import io.meshbridge.testkit.Outcomes.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/**
 * What users see of one input: what a bridge's log, metrics and answers say after it and did not
 * say before. Holds all of it against a row of the page.
 */
final class Seen {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final BridgeProcess bridge;
  private final Outcome row;
  private final int logged;
  private final Map<Metric, Double> before;

  private Seen(BridgeProcess bridge, Outcome row, int logged, Map<Metric, Double> before) {
    this.bridge = bridge;
    this.row = row;
    this.logged = logged;
    this.before = before;
  }

  /** Looks before the input comes. */
  static Seen before(BridgeProcess bridge, Outcome row) throws IOException, InterruptedException {
    var page = Metrics.of(bridge);
    var before = new LinkedHashMap<Metric, Double>();
    row.metric().forEach(metric -> before.put(metric, page.sum(metric.series())));
    return new Seen(bridge, row, bridge.log().length(), before);
  }

  /** For an input that is there from the start, when the log and all metrics were empty. */
  static Seen fromTheStart(BridgeProcess bridge, Outcome row) {
    var before = new LinkedHashMap<Metric, Double>();
    row.metric().forEach(metric -> before.put(metric, 0.0));
    return new Seen(bridge, row, 0, before);
  }

  /**
   * Waits until everything is as the row says.
   *
   * @param state what has become of the input, in the row's words
   */
  void await(Callable<String> state) {
    Awaitility.await(row.id() + ", see " + bridge.logFile())
        .atMost(SOON)
        // Of a bridge that does not answer yet.
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(() -> assertIsAsTheRowSays(state));
  }

  private void assertIsAsTheRowSays(Callable<String> state) throws Exception {
    assertThat(state.call()).as("state").isEqualTo(row.state());
    var log = bridge.log().substring(logged);
    row.log().forEach(fragment -> assertThat(log).as("log").contains(fragment));
    var now = Metrics.of(bridge);
    for (var metric : before.entrySet()) {
      double value = now.sum(metric.getKey().series());
      assertThat(metric.getKey().holds(metric.getValue(), value))
          .as("%s was %s and is %s", metric.getKey(), metric.getValue(), value)
          .isTrue();
    }
    assertThat(bridge.isAlive()).as("runs").isEqualTo(row.keepsRunning());
  }
}
