package io.meshbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * docs/metrics.md says of every metric what it is, and of no other; and none grows with services.
 */
class MetricsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "metrics.md");
  private static final Pattern METRIC =
      Pattern.compile("(?m)^\\| `(meshbridge_\\w+)` \\|([^|]*)\\|([^|]*)\\|([^|]*)\\|[^|]+\\|$");
  private static final Pattern LABEL =
      Pattern.compile("(?m)^\\| `(\\w+)` \\|([^|]*)\\|([^|]*)\\|$");
  private static final Pattern WORD = Pattern.compile("`([^`]+)`");
  // The bucket's limit is Prometheus' own.
  private static final String LIMIT = "le";

  private final Scrape scrape = Scrape.ofABridge();

  private record Row(String type, String unit, Set<String> labels) {}

  @Test
  void everyMetricIsOnThePageAsItIsAndNoOther() throws IOException {
    var measured = new TreeMap<String, Row>();
    scrape
        .types()
        .forEach(
            (name, type) -> {
              if (name.startsWith("meshbridge_")) {
                measured.put(name, new Row(type, unitOf(name), labelsOf(name)));
              }
            });

    assertThat(rows()).isEqualTo(measured);
  }

  @Test
  void everyLabelOfAFixedSetIsOnThePageWithAllOfItsValues() throws IOException {
    var told = new TreeMap<String, Set<String>>();
    LABEL
        .matcher(Files.readString(PAGE))
        .results()
        .forEach(row -> told.put(row.group(1), words(row.group(3))));
    var real = new TreeMap<String, Set<String>>();
    for (String metric : scrape.metrics()) {
      if (metric.startsWith("meshbridge_")) {
        labelsOf(metric)
            .forEach(
                label ->
                    real.computeIfAbsent(label, first -> new TreeSet<>())
                        .addAll(scrape.valuesOf(metric, label)));
      }
    }
    // Their values are the members of the federation.
    List.of("mesh", "origin", "target").forEach(label -> real.put(label, Set.of()));

    assertThat(told).isEqualTo(real);
  }

  @Test
  void tenTimesAsManyServicesHaveNotOneSeriesMore() {
    assertThat(Scrape.ofABridgeWith(400).series()).isEqualTo(Scrape.ofABridgeWith(40).series());
  }

  private static Map<String, Row> rows() throws IOException {
    return METRIC
        .matcher(Files.readString(PAGE))
        .results()
        .collect(
            Collectors.toMap(
                row -> row.group(1),
                row -> new Row(row.group(2).strip(), row.group(3).strip(), words(row.group(4))),
                (a, b) -> {
                  throw new AssertionError("twice on the page: " + a);
                },
                TreeMap::new));
  }

  private Set<String> labelsOf(String metric) {
    var labels = new TreeSet<String>();
    for (String name : List.of(metric, metric + "_bucket")) {
      labels.addAll(scrape.labelsOf(name));
    }
    labels.remove(LIMIT);
    return labels;
  }

  private static String unitOf(String metric) {
    return Arrays.asList(metric.split("_")).contains("seconds") ? "seconds" : "1";
  }

  private static Set<String> words(String cell) {
    return WORD.matcher(cell)
        .results()
        .map(word -> word.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
