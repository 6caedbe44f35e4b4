package io.meshbridge.bridge;

import io.meshbridge.importing.ImportMetrics;
import io.meshbridge.log.LogMetrics;
import io.meshbridge.model.MeshId;
import io.meshbridge.status.StatusBoard;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What Prometheus gets of a bridge to which everything has happened that is measured. */
record Scrape(List<String> lines) {
  private static final MeshId EAST = new MeshId("east");
  private static final MeshId WEST = new MeshId("west");
  private static final Path OUTCOMES =
      Path.of("main/java/io/meshbridge/importing/ImportMetrics.java");
  private static final Pattern WORD = Pattern.compile("\\{@code\\s+(?:\\*\\s+)?([a-z]+)}");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  // The registry that Quarkus brings is the older of two that Micrometer has.
  @SuppressWarnings("deprecation")
  static Scrape ofABridge() {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    var metrics = new BridgeMetrics(registry);
    metrics.propagated(EAST, WEST, Duration.ofMillis(40));
    documentedOutcomes().forEach(outcome -> metrics.worked(WEST, outcome));
    for (LogMetrics.Oddity oddity : LogMetrics.Oddity.values()) {
      metrics.met(EAST, oddity);
    }
    var heartbeats =
        new HeartbeatWatch(Duration.ofSeconds(20), Clock.systemUTC(), System::nanoTime);
    var board = new StatusBoard((target, key, json) -> {});
    metrics.watch(EAST, heartbeats, board, () -> 0, () -> 0);
    metrics.watchServed(EAST, () -> 1, () -> 0);
    metrics.watchLog(() -> 1, () -> 1);
    return new Scrape(registry.scrape().lines().filter(line -> !line.startsWith("#")).toList());
  }

  Set<String> metrics() {
    return lines.stream().map(Scrape::nameOf).collect(Collectors.toCollection(TreeSet::new));
  }

  /** Those of the bridge itself, once each: of a histogram its buckets. */
  Set<String> ofOurOwn() {
    return metrics().stream()
        .filter(name -> name.startsWith("meshbridge_"))
        .filter(name -> !name.matches(".*_(sum|count|max)"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  Set<String> labelsOf(String metric) {
    return labels(metric, 1, ".*");
  }

  Set<String> valuesOf(String metric, String label) {
    return labels(metric, 2, Pattern.quote(label));
  }

  private Set<String> labels(String metric, int group, String label) {
    return lines.stream()
        .filter(line -> nameOf(line).equals(metric))
        .flatMap(line -> LABEL.matcher(line).results())
        .filter(found -> found.group(1).matches(label))
        .map(found -> found.group(group))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whatever is said to come of a piece of work, where that is said. */
  private static Set<String> documentedOutcomes() {
    try {
      var text = Files.readString(OUTCOMES);
      var words = new TreeSet<String>();
      WORD.matcher(text.substring(text.indexOf("@param outcome")))
          .results()
          .forEach(word -> words.add(word.group(1)));
      return words;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(ImportMetrics.class + " has no source", unreadable);
    }
  }

  private static String nameOf(String line) {
    return line.split("[{ ]", 2)[0];
  }
}
