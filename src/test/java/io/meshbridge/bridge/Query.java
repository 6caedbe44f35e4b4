package io.meshbridge.bridge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A query of Prometheus, as far as it names metrics and labels. */
record Query(String text) {
  /** What Prometheus itself puts on whatever it scrapes of a pod. */
  private static final Set<String> OF_THE_POD =
      Set.of("namespace", "pod", "container", "endpoint", "job", "instance");

  private static final Pattern GROUPING = Pattern.compile("\\bby\\s*\\(([^)]*)\\)");
  private static final Pattern SERIES =
      Pattern.compile("\\b([a-z]+_\\w+)\\b(?!\\s*\\()(?:\\{([^}]*)})?");
  private static final Pattern MATCHER =
      Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"([^\"]*)\"");

  /** The metrics that it asks for. */
  List<String> metrics() {
    return series().stream().map(series -> series.group(1)).toList();
  }

  /** The labels that its result has. */
  Set<String> grouping() {
    var labels = new TreeSet<String>();
    GROUPING
        .matcher(text)
        .results()
        .flatMap(by -> Arrays.stream(by.group(1).split(",", -1)))
        .map(String::strip)
        .forEach(labels::add);
    return labels;
  }

  /** What it asks for that nobody measures. */
  List<String> faults(Scrape scrape) {
    var faults = new ArrayList<String>();
    var known = new TreeSet<>(OF_THE_POD);
    for (MatchResult series : series()) {
      var metric = series.group(1);
      if (!scrape.metrics().contains(metric)) {
        faults.add("no metric " + metric);
        continue;
      }
      known.addAll(scrape.labelsOf(metric));
      if (series.group(2) != null) {
        MATCHER
            .matcher(series.group(2))
            .results()
            .forEach(matcher -> faults.addAll(faults(metric, matcher, scrape)));
      }
    }
    if (faults.isEmpty()) {
      grouping().stream()
          .filter(label -> !known.contains(label))
          .forEach(label -> faults.add("no label " + label));
    }
    return faults;
  }

  private static List<String> faults(String metric, MatchResult matcher, Scrape scrape) {
    var label = matcher.group(1);
    if (OF_THE_POD.contains(label)) {
      return List.of();
    }
    if (!scrape.labelsOf(metric).contains(label)) {
      return List.of("no label " + label + " of " + metric);
    }
    return Arrays.stream(matcher.group(2).split("\\|", -1))
        // A variable of the dashboard.
        .filter(value -> !value.startsWith("$"))
        .filter(value -> !scrape.valuesOf(metric, label).contains(value))
        .map(value -> "no value " + value + " of label " + label + " of " + metric)
        .toList();
  }

  private List<MatchResult> series() {
    return SERIES.matcher(GROUPING.matcher(text).replaceAll("")).results().toList();
  }
}
