package io.meshbridge.translation;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.MeshId;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.Translator.WriteContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OfflineTranslationTest {
  @Test
  void carriesThePolicyOfAService() {
    var result = translate(document("web.yaml", Map.of("service", "web", "timeout", 3)));

    assertThat(result.documents().getFirst().content())
        .containsEntry("rules", List.of(Map.of("timeout", 3L)));
    assertThat(result.losses()).isEmpty();
  }

  @Test
  void callsOtherServicesOfThePolicyAsTheTargetCallsThem() {
    var result =
        translate(
            document("web.yaml", Map.of("service", "web", "to", "api")),
            document("api.yaml", Map.of("service", "api")));

    assertThat(result.documents())
        .filteredOn(document -> document.content().get("name").equals("web-one"))
        .singleElement()
        .satisfies(
            web ->
                assertThat(web.content()).containsEntry("rules", List.of(Map.of("to", "api-one"))));
  }

  @Test
  void namesNoServiceThatTheTargetDoesNotGet() {
    var result =
        translate(
            document("web.yaml", Map.of("service", "web", "to", "api")),
            document("api.yaml", Map.of("service", "api", "refused", true)));

    assertThat(result.losses())
        .extracting(OfflineTranslationTest::line)
        .containsExactly(
            "api.yaml:2 labels[refused] refused: its owner wants it so",
            "web.yaml:2 to dropped: the target has no import of one/shop/api");
    assertThat(result.isWhole()).isFalse();
  }

  @Test
  void givesTheNameOfARefusedServiceToTheNext() {
    var result =
        new OfflineTranslation(
                new RoutesAdapter("paper", "{service}"),
                new RoutesAdapter("stone", "same"),
                new MeshId("one"),
                new WriteContext("fed", new MeshId("two"), ""))
            .translate(
                List.of(
                    document("api.yaml", Map.of("service", "api", "refused", true)),
                    document("web.yaml", Map.of("service", "web"))));

    assertThat(result.services())
        .extracting(service -> service.key().name() + " " + service.isWritten())
        .containsExactly("api false", "web true");
  }

  @Test
  void tellsAPolicysLossByTheFieldThatItsOwnerWrote() {
    var result =
        translate(
            document("web.yaml", Map.of("service", "web")),
            document("routes/web.yaml", Map.of("route", "web", "idle", 9, "timeout", 3)));

    assertThat(result.losses())
        .containsExactly(
            new Loss(
                new Location("routes/web.yaml", 1),
                "idle",
                Loss.Outcome.DROPPED,
                "there are no idle timeouts",
                ""));
  }

  @Test
  void tellsTheTargetWhichVersionItHas() {
    var result =
        new OfflineTranslation(
                new RoutesAdapter("paper", "{service}"),
                new RoutesAdapter("stone", "{service}"),
                new MeshId("one"),
                new WriteContext("fed", new MeshId("two"), "", "1.8.7"))
            .translate(List.of(document("web.yaml", Map.of("service", "web"))));

    assertThat(result.documents().getFirst().content()).containsEntry("version", "1.8.7");
  }

  static TranslationResult translate(Document... documents) {
    return translation().translate(List.of(documents));
  }

  static OfflineTranslation translation() {
    return new OfflineTranslation(
        new RoutesAdapter("paper", "{service}"),
        new RoutesAdapter("stone", "{service}-{mesh}"),
        new MeshId("one"),
        new WriteContext("fed", new MeshId("two"), ""));
  }

  /** Whose fields stand on lines of their own, sorted by name. */
  static Document document(String file, Map<String, Object> content) {
    var lines = new HashMap<String, Integer>();
    int line = 0;
    for (String field : content.keySet().stream().sorted().toList()) {
      line++;
      lines.put(field, line);
    }
    return new Document(new Location(file, 1), content, lines);
  }

  private static String line(Loss loss) {
    return loss.location() + " " + loss.path() + " " + loss.outcome().word() + ": " + loss.reason();
  }
}
