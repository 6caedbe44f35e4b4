package io.meshbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Every panel of the dashboard and every alert asks for what bridges measure, by its real names.
 */
class ShippedQueriesTest {
  private static final Path ROOT = Path.of("..");
  private static final Path MONITORING = ROOT.resolve("k8s/monitoring");
  private static final Path RUNBOOK = ROOT.resolve("docs/runbook.md");
  private static final Pattern LABEL_OF_A_LEGEND =
      Pattern.compile("\\{\\{\\s*(?:\\$labels\\.)?(\\w+)\\s*}}");
  private static final Pattern SECTION = Pattern.compile("(?m)^## (Meshbridge\\w+)$");

  private final Scrape scrape = Scrape.ofABridge();

  @Test
  void everyPanelAsksForAMetricThatExists() throws IOException {
    var asked = new ArrayList<String>();
    for (JsonNode panel : dashboard().path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        var query = new Query(target.path("expr").asText());
        assertThat(query.faults(scrape)).as(panel.path("title").asText()).isEmpty();
        assertThat(labelsIn(target.path("legendFormat").asText()))
            .as("legend of %s", panel.path("title").asText())
            .isSubsetOf(query.grouping());
        asked.addAll(query.metrics());
      }
    }
    assertThat(asked).as("what is measured and shown").containsAll(scrape.ofOurOwn());
  }

  @Test
  void everyVariableOfTheDashboardAsksForAMetricThatExists() throws IOException {
    assertThat(dashboard().at("/templating/list"))
        .filteredOn(variable -> variable.path("type").asText().equals("query"))
        .isNotEmpty()
        .allSatisfy(
            variable ->
                assertThat(new Query(variable.path("definition").asText()).faults(scrape))
                    .isEmpty());
  }

  @Test
  void everyAlertAsksForAMetricThatExists() throws IOException {
    for (JsonNode alert : alerts()) {
      var query = new Query(alert.path("expr").asText());
      var named = alert.path("annotations").toString().replace("{{ $value }}", "");

      assertThat(query.metrics()).as(alert.path("alert").asText()).isNotEmpty();
      assertThat(query.faults(scrape)).as(alert.path("alert").asText()).isEmpty();
      assertThat(labelsIn(named)).as(alert.path("alert").asText()).isSubsetOf(query.grouping());
      assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning", "info");
    }
  }

  @Test
  void everyAlertHasItsSectionInTheRunbookAndEverySectionItsAlert() throws IOException {
    var page = Files.readString(RUNBOOK);
    var names = new ArrayList<String>();
    for (JsonNode alert : alerts()) {
      var name = alert.path("alert").asText();
      names.add(name);
      assertThat(alert.at("/annotations/runbook").asText())
          .isEqualTo("docs/runbook.md#" + name.toLowerCase(Locale.ROOT));
    }

    assertThat(SECTION.matcher(page).results().map(section -> section.group(1)))
        .containsExactlyElementsOf(names);
  }

  @Test
  void aQueryForWhatIsNotMeasuredIsFound() {
    assertThat(new Query("sum by (mesh) (meshbridge_leaders)").faults(scrape))
        .containsExactly("no metric meshbridge_leaders");
    assertThat(new Query("meshbridge_leader{target=\"west\"}").faults(scrape))
        .containsExactly("no label target of meshbridge_leader");
    assertThat(new Query("meshbridge_imports{state=\"Lost\"}").faults(scrape))
        .containsExactly("no value Lost of label state of meshbridge_imports");
    assertThat(new Query("max by (service) (meshbridge_exports)").faults(scrape))
        .containsExactly("no label service");
  }

  private static Set<String> labelsIn(String text) {
    var labels = new TreeSet<String>();
    LABEL_OF_A_LEGEND.matcher(text).results().forEach(label -> labels.add(label.group(1)));
    return labels;
  }

  private static List<JsonNode> alerts() throws IOException {
    var rules = new YAMLMapper().readTree(MONITORING.resolve("alerts.yaml").toFile());
    var alerts = new ArrayList<JsonNode>();
    rules.at("/spec/groups").forEach(group -> group.path("rules").forEach(alerts::add));
    return alerts;
  }

  private static JsonNode dashboard() throws IOException {
    return new JsonMapper().readTree(MONITORING.resolve("dashboard.json").toFile());
  }
}
