package io.meshbridge.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Arrival;
import io.meshbridge.spi.ExportReport;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportConditionsTest {
  private static final ServiceKey WEB = new ServiceKey(new MeshId("east"), "shop", "web");
  private static final OwnService SERVICE = new OwnService("1", true, false, "");
  private static final MeshId NORTH = new MeshId("north");
  private static final MeshId WEST = new MeshId("west");

  @Test
  void areReadyWhenTheServiceStandsWhereverItIsImported() {
    var report =
        report(
            Map.of(
                NORTH, new Arrival(Arrival.State.IMPORTED, "web-east.shop", ""),
                WEST, new Arrival(Arrival.State.IMPORTED, "web-east", "")));

    assertThat(ExportConditions.of(report, Optional.of(SERVICE), 3))
        .extracting(
            ExportCondition::type,
            ExportCondition::status,
            ExportCondition::reason,
            ExportCondition::message,
            ExportCondition::observedGeneration)
        .containsExactly(
            tuple("Valid", "True", "Valid", "Service shop/web can be exported", 3L),
            tuple(
                "Ready",
                "True",
                "Exported",
                "imported by north as web-east.shop; imported by west as web-east",
                3L),
            tuple(
                "Conflict",
                "False",
                "NoConflicts",
                "exports are not merged with those of other meshes",
                3L));
  }

  @ParameterizedTest
  @CsvSource({
    "IMPORTED, True, Exported, False",
    "IDLE, True, Exported, False",
    "HELD, True, Exported, False",
    "STALE, True, Exported, False",
    "PENDING, False, Pending, False",
    "SUSPENDED, False, Pending, False",
    "REFUSED, False, Failed, False",
    "CONFLICT, False, Failed, True",
  })
  void sayOfEachStateWhetherItIsReadyAndWhetherItIsAConflict(
      Arrival.State state, String ready, String reason, String conflict) {
    var report =
        report(
            Map.of(
                NORTH, new Arrival(Arrival.State.IMPORTED, "web-east.shop", ""),
                WEST, new Arrival(state, "", "held by Service shop/web")));

    assertThat(words(report, Optional.of(SERVICE)))
        .containsExactly(
            tuple("Valid", "True", "Valid"),
            tuple("Ready", ready, reason),
            tuple("Conflict", conflict, conflict.equals("True") ? "NameConflict" : "NoConflicts"));
  }

  @Test
  void tellWhatIsWrongFirstAndWhy() {
    var report =
        report(
            Map.of(
                NORTH, new Arrival(Arrival.State.IMPORTED, "web-east.shop", ""),
                WEST, new Arrival(Arrival.State.REFUSED, "", "access: nobody may call it")));

    assertThat(ExportConditions.of(report, Optional.of(SERVICE), 1).get(1).message())
        .isEqualTo(
            "refused by west: access: nobody may call it; imported by north as web-east.shop");
  }

  @Test
  void arePendingUntilSomebodyImportsTheService() {
    assertThat(words(new ExportReport(WEB, false, "", new TreeMap<>()), Optional.of(SERVICE)))
        .contains(tuple("Ready", "False", "Pending"));
    assertThat(words(report(Map.of()), Optional.of(SERVICE)))
        .contains(tuple("Ready", "False", "Pending"));
  }

  @Test
  void areInvalidWithoutAService() {
    assertThat(words(ExportReport.nothing(WEB), Optional.empty()))
        .containsExactly(
            tuple("Valid", "False", "NoService"),
            tuple("Ready", "False", "Failed"),
            tuple("Conflict", "False", "NoConflicts"));
  }

  @Test
  void areInvalidForWhatCannotBeExportedWhileWhatWasPublishedStands() {
    var arrivals = new TreeMap<>(Map.of(WEST, new Arrival(Arrival.State.STALE, "web-east", "")));
    var report = new ExportReport(WEB, true, "Service shop/web has no port", arrivals);

    assertThat(ExportConditions.of(report, Optional.of(SERVICE), 1))
        .extracting(ExportCondition::status, ExportCondition::reason, ExportCondition::message)
        .startsWith(
            tuple("False", "NotExportable", "Service shop/web has no port"),
            tuple("True", "Exported", "kept in west as web-east as last known"));
  }

  @Test
  void nameTheTypeOfAnExternalServiceThatCannotBeExported() {
    var report = new ExportReport(WEB, false, "it stands for a.b.svc", new TreeMap<>());

    assertThat(words(report, Optional.of(new OwnService("1", false, true, ""))))
        .contains(tuple("Valid", "False", "InvalidServiceType"), tuple("Ready", "False", "Failed"));
  }

  @Test
  void areInvalidForWhatAnotherToolMirrored() {
    assertThat(
            words(
                ExportReport.nothing(WEB),
                Optional.of(new OwnService("1", false, false, "Linkerd's service mirror"))))
        .contains(tuple("Valid", "False", "NotExportable"));
  }

  @Test
  void areNoLongerThanTheServerTakesWhateverOtherMeshesSay() {
    var arrivals = new TreeMap<MeshId, Arrival>();
    for (int i = 0; i < 300; i++) {
      arrivals.put(
          new MeshId("m" + i),
          new Arrival(Arrival.State.REFUSED, "", "\u20ac\n\u0000".repeat(200)));
    }

    var ready = ExportConditions.of(report(arrivals), Optional.of(SERVICE), 1).get(1);

    assertThat(ready.message().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(4096);
    assertThat(ready.message().chars()).noneMatch(Character::isISOControl);
    assertThat(ready.message()).endsWith("...");
  }

  @Test
  void keepTheTimeOfTheirTransitionAsLongAsTheirStatusStays() {
    var standing =
        new ExportCondition("Ready", "True", "Exported", "then", 1, "2026-11-22T10:00:00Z");
    var now = Instant.parse("2026-11-23T10:00:00.123Z");

    assertThat(
            new ExportCondition("Ready", "True", "Exported", "now", 2, "")
                .after(List.of(standing), now)
                .lastTransitionTime())
        .isEqualTo("2026-11-22T10:00:00Z");
    assertThat(
            new ExportCondition("Ready", "False", "Failed", "now", 2, "")
                .after(List.of(standing), now)
                .lastTransitionTime())
        .isEqualTo("2026-11-23T10:00:00Z");
  }

  private static ExportReport report(Map<MeshId, Arrival> arrivals) {
    return new ExportReport(WEB, true, "", new TreeMap<>(arrivals));
  }

  private static List<Tuple> words(ExportReport report, Optional<OwnService> service) {
    return ExportConditions.of(report, service, 1).stream()
        .map(one -> tuple(one.type(), one.status(), one.reason()))
        .toList();
  }
}
