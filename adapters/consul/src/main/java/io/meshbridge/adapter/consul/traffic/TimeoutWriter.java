package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.Retry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How long a route waits, in the fields of its destination. */
final class TimeoutWriter {
  private static final String OFF = "-1s";

  /** What an old server is told for none, since it takes zero for its default: a year. */
  private static final Duration LONGEST = Duration.ofHours(8_760);

  private final HttpRule rule;
  private final String path;
  private final ServerVersion version;
  private final LossBook losses;

  private TimeoutWriter(HttpRule rule, String path, ServerVersion version, LossBook losses) {
    this.rule = rule;
    this.path = path + ".timeouts";
    this.version = version;
    this.losses = losses;
  }

  /**
   * Writes into a destination; a rule without a timeout has none, where Consul would cut at 15 s.
   */
  static void write(
      HttpRule rule,
      String path,
      ServerVersion version,
      LossBook losses,
      Map<String, Object> destination) {
    var writer = new TimeoutWriter(rule, path, version, losses);
    var request = writer.request();
    if (!request.equals(Optional.of(RouterReader.DEFAULT_TIMEOUT))) {
      destination.put("RequestTimeout", writer.text(request));
    }
    writer.putIdle(destination);
  }

  private Optional<Duration> request() {
    var whole = rule.timeouts().request().filter(timeout -> !timeout.isZero());
    var each = rule.timeouts().backendRequest().filter(timeout -> !timeout.isZero());
    if (each.isEmpty()) {
      return whole;
    }
    if (rule.retry().map(Retry::attempts).orElse(0) > 0) {
      losses.drop(path + ".backendRequest", "Consul has no timeout for a single try");
      return whole;
    }
    if (whole.isPresent() && whole.get().compareTo(each.get()) <= 0) {
      losses.approximate(
          path + ".backendRequest", "there is one try, and the whole request has no more time");
      return whole;
    }
    // With one try only, its time is the request's.
    return each;
  }

  private void putIdle(Map<String, Object> destination) {
    var idle = rule.timeouts().idle();
    if (idle.isEmpty()) {
      return;
    }
    if (version.has(Feature.IDLE_TIMEOUT)) {
      destination.put("IdleTimeout", text(idle.filter(timeout -> !timeout.isZero())));
    } else {
      losses.drop(path + ".idle", Feature.IDLE_TIMEOUT);
    }
  }

  private String text(Optional<Duration> timeout) {
    return timeout
        .map(GoDurations::text)
        .orElseGet(() -> version.has(Feature.TIMEOUT_OFF) ? OFF : GoDurations.text(LONGEST));
  }
}
