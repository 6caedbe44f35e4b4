package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What two bridges show of one change. */
final class ObservabilityIT {
  @RegisterExtension private static final BrokerExtension KAFKA = new BrokerExtension();

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REVIEWS = "east/shop/reviews";
  private static final Path MONITORING =
      Path.of(System.getProperty("meshbridge.it.examples", "../examples"), "../k8s/monitoring");
  private static final Pattern METRIC =
      Pattern.compile("\\b((?:meshbridge|jvm|process)_\\w+)(?:\\{([^}]*)})?");
  private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)");
  // Prometheus puts these on whatever it scrapes.
  private static final Set<String> OF_THE_POD = Set.of("namespace", "pod");
  // Nothing odd happens here; the unit test has it.
  private static final String ODDITIES = "meshbridge_log_oddities_total";

  @Test
  void oneChangeIsOneTraceOverBothAndEveryShippedQueryFindsItsMetric() throws Exception {
    try (var receiver = SpanReceiver.start();
        var federation = Federation.ofFolders(KAFKA.broker(), "seen")) {
      // Given
      federation.put(federation.west(), Shop.of("stock", 7070, "10.2.0.1"));
      var exporter = start(federation, receiver, "exporter", federation.east());
      var importer = start(federation, receiver, "importer", federation.west());
      federation.awaitConvergence();

      // When
      federation.put(federation.east(), Shop.of("reviews", 9080, "10.1.0.1"));
      federation.awaitConvergence();

      // Then
      assertOneTrace(awaitWrite(receiver));
      assertInfo(exporter, "east", "leader");
      assertInfo(importer, "east", "observer");
      assertThat(parsed(importer.log()))
          .anySatisfy(
              line -> {
                assertThat(line.path("message").asText()).startsWith("import changed state");
                assertThat(line.at("/fields/service").asText()).isEqualTo(REVIEWS);
                assertThat(line.at("/fields/target").asText()).isEqualTo("west");
                assertThat(line.at("/fields/state").asText()).isEqualTo("Applied");
              });
      var before = series(exporter, importer);
      assertShippedQueriesFind(before);

      // And when there are ten times as many services
      for (int i = 0; i < 9; i++) {
        federation.put(federation.east(), Shop.of("more" + i, 9081 + i, "10.1.0." + (i + 2)));
      }
      federation.awaitConvergence();

      // Then there is not one series more
      assertThat(series(exporter, importer)).isEqualTo(before);
    }
  }

  private static BridgeProcess start(
      Federation federation, SpanReceiver receiver, String id, MeshRig mesh) throws Exception {
    var spec = federation.bridge(id, List.of(mesh));
    var configuration =
        receiver
            .receivingFrom(spec.configuration(), id)
            .with("quarkus.log.console.json.enabled", "true");
    return federation.startReady(spec.with(configuration));
  }

  /** The spans of the trace in which the service was written, once they all are there. */
  private static List<ReceivedSpan> awaitWrite(SpanReceiver receiver) {
    return await()
        .atMost(Federation.CONVERGENCE)
        .until(() -> traceOfTheWrite(receiver), trace -> trace.size() >= 5);
  }

  private static List<ReceivedSpan> traceOfTheWrite(SpanReceiver receiver) {
    var traces =
        receiver.spans().stream()
            .filter(span -> REVIEWS.equals(span.attributes().get("meshbridge.service")))
            .collect(Collectors.groupingBy(ReceivedSpan::traceId));
    return traces.values().stream()
        .filter(
            trace ->
                trace.stream()
                    .anyMatch(
                        span -> "written".equals(span.attributes().get("meshbridge.outcome"))))
        .findFirst()
        .orElse(List.of());
  }

  private static void assertOneTrace(List<ReceivedSpan> trace) {
    var observe = only(trace, "observe");
    var publish = only(trace, "publish");
    var fold = only(trace, "fold");
    var plan = only(trace, "plan");
    var apply = only(trace, "apply");

    assertThat(List.of(observe, publish))
        .extracting(ReceivedSpan::process)
        .containsOnly("exporter");
    assertThat(List.of(fold, plan, apply))
        .extracting(ReceivedSpan::process)
        .containsOnly("importer");
    assertThat(observe.parentId()).isEmpty();
    assertThat(publish.parentId()).isEqualTo(observe.spanId());
    assertThat(fold.parentId()).isEqualTo(publish.spanId());
    assertThat(plan.parentId()).isEqualTo(fold.spanId());
    assertThat(apply.parentId()).isEqualTo(plan.spanId());
    assertThat(List.of(publish.kind(), fold.kind())).containsExactly(4L, 5L);
    assertThat(publish.attributes())
        .containsEntry("messaging.system", "kafka")
        .containsEntry("messaging.destination.name", "meshbridge.seen.mesh.east")
        .containsEntry("meshbridge.origin", "east");
    assertThat(plan.attributes()).containsEntry("meshbridge.decision", "apply");
    assertThat(apply.attributes())
        .containsEntry("meshbridge.target", "west")
        .containsEntry("meshbridge.outcome", "written");
    assertThat(trace).allMatch(span -> span.startNanos() <= span.endNanos());
  }

  private static ReceivedSpan only(List<ReceivedSpan> trace, String name) {
    var spans = trace.stream().filter(span -> span.name().equals(name)).toList();
    assertThat(spans).as(name).hasSize(1);
    return spans.getFirst();
  }

  private static void assertInfo(BridgeProcess bridge, String mesh, String role) throws Exception {
    var answer = bridge.rest().get("/q/info");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    var info = JSON.readTree(answer.body());
    assertThat(info.at("/build/version").asText()).isNotEmpty();
    assertThat(info.at("/build/time").isMissingNode()).isTrue();
    assertThat(info.at("/federation/name").asText()).isEqualTo("seen");
    var known = info.at("/federation/meshes/" + mesh);
    assertThat(known.path("kind").asText()).isEqualTo("istio");
    assertThat(known.path("role").asText()).isEqualTo(role);
    assertThat(known.path("logPosition").asLong()).isPositive();
  }

  /** The lines that are JSON: what is printed before the log is configured is none. */
  private static List<JsonNode> parsed(String log) throws IOException {
    var lines = new ArrayList<JsonNode>();
    for (String line : log.lines().filter(text -> text.startsWith("{")).toList()) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  /** Every series of the bridges' own metrics that any of them shows, without its value. */
  private static Set<String> series(BridgeProcess... bridges) throws Exception {
    var series = new TreeSet<String>();
    for (BridgeProcess bridge : bridges) {
      Metrics.of(bridge).lines().stream()
          .filter(line -> line.matches("(meshbridge|jvm_memory|process_cpu)_.*"))
          .map(line -> line.substring(0, line.lastIndexOf(' ')))
          // What comes of work depends on timing.
          .filter(line -> !line.contains("outcome=\"unchanged\""))
          .forEach(series::add);
    }
    return series;
  }

  private static void assertShippedQueriesFind(Set<String> series) throws IOException {
    var asked = METRIC.matcher(queries()).results().toList();
    assertThat(asked).hasSizeGreaterThan(40);
    for (var query : asked) {
      var metric = query.group(1);
      var labels = query.group(2) == null ? "" : query.group(2);
      if (!metric.equals(ODDITIES)) {
        var shown =
            series.stream().filter(one -> one.equals(metric) || one.startsWith(metric + "{"));
        assertThat(shown)
            .as(metric)
            .isNotEmpty()
            .allSatisfy(
                one ->
                    LABEL
                        .matcher(labels)
                        .results()
                        .map(label -> label.group(1))
                        .filter(label -> !OF_THE_POD.contains(label))
                        .forEach(label -> assertThat(one).contains(label + "=\"")));
      }
    }
  }

  /** The texts of all queries of the dashboard and the alerts. */
  private static String queries() throws IOException {
    var texts = new ArrayList<String>();
    var dashboard = JSON.readTree(MONITORING.resolve("dashboard.json").toFile());
    dashboard.findValuesAsText("expr").forEach(texts::add);
    dashboard.findValuesAsText("definition").forEach(texts::add);
    var alerts = Files.readString(MONITORING.resolve("alerts.yaml"));
    Pattern.compile("expr: \\|-\\n(.+)")
        .matcher(alerts)
        .results()
        .forEach(expression -> texts.add(expression.group(1)));
    return String.join("\n", texts);
  }
}
