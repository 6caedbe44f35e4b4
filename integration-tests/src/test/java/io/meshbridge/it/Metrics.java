package io.meshbridge.it;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a bridge's metrics said at one moment, as Prometheus reads them. */
record Metrics(List<String> lines) {
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  static Metrics of(BridgeProcess bridge) throws IOException, InterruptedException {
    return new Metrics(bridge.rest().get("/q/metrics").body().lines().toList());
  }

  /**
   * The sum over all series of a name that have these labels, and maybe more; 0 if there are none.
   *
   * @param series such as {@code meshbridge_imports{target="west"}}
   */
  double sum(String series) {
    return lines.stream()
        .filter(line -> nameOf(line).equals(nameOf(series)))
        .filter(line -> labelsOf(line).entrySet().containsAll(labelsOf(series).entrySet()))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static String nameOf(String series) {
    return series.split("[{ ]", 2)[0];
  }

  private static Map<String, String> labelsOf(String series) {
    var labels = new TreeMap<String, String>();
    LABEL.matcher(series).results().forEach(label -> labels.put(label.group(1), label.group(2)));
    return labels;
  }
}
