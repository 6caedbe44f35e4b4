package io.meshbridge.bridge;

import io.meshbridge.importing.ImportMetrics;
import io.meshbridge.log.LogMetrics;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.status.ImportState;
import io.meshbridge.status.ImportStatus;
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
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Prometheus gets of a bridge to which everything has happened that is measured. */
record Scrape(List<String> lines) {
  private static final MeshId EAST = new MeshId("east");
  private static final MeshId WEST = new MeshId("west");
  private static final Path OUTCOMES =
      Path.of("main/java/io/meshbridge/importing/ImportMetrics.java");
  private static final Pattern WORD = Pattern.compile("\\{@code\\s+(?:\\*\\s+)?([a-z]+)}");
  private static final String TYPE = "# TYPE ";
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  static Scrape ofABridge() {
    return ofABridgeWith(1);
  }

  /** Of a bridge that carries so many services, and to each of which everything has happened. */
  // The registry that Quarkus brings is the older of two that Micrometer has.
  @SuppressWarnings("deprecation")
  static Scrape ofABridgeWith(int services) {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    var metrics = new BridgeMetrics(registry);
    var board = new StatusBoard((target, key, json) -> {});
    var heartbeats =
        new HeartbeatWatch(Duration.ofSeconds(20), Clock.systemUTC(), System::nanoTime);
    for (MeshId mesh : List.of(EAST, WEST)) {
      metrics.watch(
          mesh, new BridgeMetrics.Watched(heartbeats, board, () -> services, () -> 0, () -> 0));
      metrics.watchServed(mesh, () -> 1, () -> 0, () -> Optional.of(Duration.ofSeconds(1)));
    }
    metrics.watchLog(() -> 1, () -> 1);
    for (int number = 0; number < services; number++) {
      carry(new ServiceKey(EAST, "shop", "service-" + number), number, metrics, board);
    }
    return new Scrape(registry.scrape().lines().toList());
  }

  private static void carry(
      ServiceKey service, int number, BridgeMetrics metrics, StatusBoard board) {
    metrics.propagated(EAST, WEST, Duration.ofMillis(40 + number));
    documentedOutcomes().forEach(outcome -> metrics.worked(WEST, outcome));
    metrics.fenced(WEST);
    metrics.fencedByLog(WEST);
    for (LogMetrics.Oddity oddity : LogMetrics.Oddity.values()) {
      metrics.met(EAST, oddity);
    }
    var states = ImportState.values();
    board.tell(
        new ImportStatus(
            WEST,
            service,
            service.name() + "-east",
            states[number % states.length],
            Instant.EPOCH,
            number,
            "the reason of " + service,
            Arrays.stream(Loss.Outcome.values())
                .map(kind -> new Loss(Location.of("" + service), "spec", kind, "why", ""))
                .toList()));
  }

  /** What each metric is, by its name, as Prometheus is told. */
  Map<String, String> types() {
    return lines.stream()
        .filter(line -> line.startsWith(TYPE))
        .map(line -> line.substring(TYPE.length()).split(" ", 2))
        .collect(Collectors.toMap(words -> words[0], words -> words[1], (a, b) -> a, TreeMap::new));
  }

  /** Every series that it holds, without its value. */
  Set<String> series() {
    return samples()
        .map(line -> line.substring(0, line.lastIndexOf(' ')))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  Set<String> metrics() {
    return samples().map(Scrape::nameOf).collect(Collectors.toCollection(TreeSet::new));
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
    return samples()
        .filter(line -> nameOf(line).equals(metric))
        .flatMap(line -> LABEL.matcher(line).results())
        .filter(found -> found.group(1).matches(label))
        .map(found -> found.group(group))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Stream<String> samples() {
    return lines.stream().filter(line -> !line.startsWith("#"));
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
