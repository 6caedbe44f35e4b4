package io.meshbridge.translation;

import static io.meshbridge.translation.OfflineTranslationTest.document;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.model.Location;
import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.spi.Document;
import io.meshbridge.translation.FieldFate.Fate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExplainerTest {
  @Test
  void saysWhereAFieldGoes() {
    var explanation =
        explain(
            "web",
            document("web.yaml", Map.of("service", "web")),
            document("routes.yaml", Map.of("route", "web", "timeout", 3)));

    assertThat(explanation.name()).isEqualTo("web-one");
    assertThat(fate(explanation, "timeout"))
        .isEqualTo(
            new FieldFate(
                new Location("routes.yaml", 2),
                new FieldRef("Route web", "timeout"),
                Fate.KEPT,
                List.of(new FieldRef("route web", "rules[0].timeout")),
                "",
                ""));
  }

  @Test
  void saysWhyAFieldIsLost() {
    var explanation =
        explain("web", document("web.yaml", Map.of("service", "web", "idle", 3, "timeout", 1)));

    var lost = fate(explanation, "idle");
    assertThat(lost.fate()).isEqualTo(Fate.DROPPED);
    assertThat(lost.reason()).isEqualTo("there are no idle timeouts");
    assertThat(lost.to()).isEmpty();
    assertThat(lost.from()).isEqualTo(new Location("web.yaml", 1));
  }

  @Test
  void tellsWhatReadingLostToo() {
    var explanation =
        explain("web", document("web.yaml", Map.of("service", "web", "colour", "red")));

    assertThat(fate(explanation, "colour").fate()).isEqualTo(Fate.DROPPED);
    assertThat(fate(explanation, "colour").from()).isEqualTo(new Location("web.yaml", 1));
  }

  @Test
  void explainsWhatEveryServiceHas() {
    var explanation = explain("web", document("web.yaml", Map.of("service", "web")));

    assertThat(explanation.fields())
        .extracting(fate -> fate.field().path() + " -> " + fate.to())
        .containsExactly(
            "name -> [FieldRef[object=route web, path=name]]",
            "ports[http] -> [FieldRef[object=route web, path=port]]",
            "endpoints -> [FieldRef[object=route web, path=addresses[0]]]");
  }

  @Test
  void takesAFieldAwayIfNoOtherValueWouldDo() {
    var explanation =
        explain(
            "web",
            document("web.yaml", Map.of("service", "web", "to", "api")),
            document("api.yaml", Map.of("service", "api")));

    // Any other name is one of a service that is not there; without it, the rule leads home.
    assertThat(fate(explanation, "to").to())
        .extracting(FieldRef::path)
        .containsExactly("rules[0].to");
  }

  @Test
  void claimsNothingWrittenOfAServiceThatIsRefused() {
    var explanation =
        explain(
            "web", document("web.yaml", Map.of("service", "web", "refused", true, "timeout", 3)));

    assertThat(explanation.written()).isFalse();
    assertThat(fate(explanation, "timeout").fate()).isEqualTo(Fate.NOT_WRITTEN);
    assertThat(fate(explanation, "timeout").reason()).isEqualTo("its owner wants it so");
    assertThat(fate(explanation, "labels[refused]").fate()).isEqualTo(Fate.REFUSED);
  }

  @Test
  void followsFieldsOfObjectsThatStandInAList() {
    var list =
        new Document(
            new Location("all.yaml", 1),
            Map.of("kind", "List", "items", List.of(Map.of("service", "web", "timeout", 3))),
            Map.of("items[0]", 3, "items[0].timeout", 4));

    var explanation = explain("web", list);

    assertThat(fate(explanation, "timeout").from()).isEqualTo(new Location("all.yaml", 4));
    assertThat(fate(explanation, "timeout").to())
        .containsExactly(new FieldRef("route web", "rules[0].timeout"));
  }

  private static Explanation explain(String service, Document... documents) {
    var explainer = new Explainer(OfflineTranslationTest.translation(), List.of(documents));
    return explainer.result().services().stream()
        .filter(each -> each.key().name().equals(service))
        .findFirst()
        .map(explainer::explain)
        .orElseThrow();
  }

  private static FieldFate fate(Explanation explanation, String path) {
    return explanation.fields().stream()
        .filter(fate -> fate.field().path().equals(path))
        .findFirst()
        .orElseThrow();
  }
}
