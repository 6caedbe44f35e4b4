package io.meshbridge.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Arrival;
import io.meshbridge.spi.Arrival.State;
import io.meshbridge.spi.ExportReport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnerEventTest {
  private static final ServiceKey WEB = new ServiceKey(new MeshId("east"), "shop", "web");
  private static final MeshId WEST = new MeshId("west");

  @Test
  void isNotWhatStandsAsItStood() {
    for (State state : State.values()) {
      var report = published(state, "why");

      assertThat(OwnerEvent.between(report, report)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PENDING, IMPORTED, false, Imported",
    "SUSPENDED, IMPORTED, false, Imported",
    "REFUSED, IMPORTED, false, Recovered",
    "CONFLICT, IMPORTED, false, Recovered",
    "HELD, IMPORTED, false, Recovered",
    "STALE, IDLE, false, Recovered",
    "IMPORTED, REFUSED, true, ImportRefused",
    "IMPORTED, CONFLICT, true, ImportConflict",
    "IMPORTED, HELD, true, ImportHeld",
    "IMPORTED, STALE, true, ImportStale",
  })
  void isWhatHappensToAnImport(State before, State now, boolean warning, String reason) {
    assertThat(OwnerEvent.between(published(before, ""), published(now, "why")))
        .extracting(OwnerEvent::about, OwnerEvent::warning, OwnerEvent::reason, OwnerEvent::action)
        .containsExactly(tuple("west", warning, reason, "Import"));
  }

  @ParameterizedTest
  @CsvSource({
    "IMPORTED, IDLE",
    "IDLE, IMPORTED",
    "IMPORTED, PENDING",
    "REFUSED, PENDING",
    "IMPORTED, SUSPENDED",
  })
  void isNotWhatComesAndGoesByItself(State before, State now) {
    assertThat(OwnerEvent.between(published(before, ""), published(now, ""))).isEmpty();
  }

  @Test
  void isAnotherReasonOfARefusalToo() {
    assertThat(OwnerEvent.between(published(State.REFUSED, "a"), published(State.REFUSED, "b")))
        .extracting(OwnerEvent::note)
        .containsExactly("refused by west: b");
  }

  @Test
  void isTheExportItsFaultItsRecoveryAndItsEnd() {
    var nothing = ExportReport.nothing(WEB);
    var exported = new ExportReport(WEB, true, "", new TreeMap<>());
    var faulty = new ExportReport(WEB, true, "no port", new TreeMap<>());

    assertThat(reasons(nothing, exported)).containsExactly("Exported");
    assertThat(reasons(exported, faulty)).containsExactly("NotExportable");
    assertThat(reasons(faulty, faulty)).isEmpty();
    assertThat(reasons(faulty, exported)).containsExactly("Exported");
    assertThat(reasons(exported, nothing)).containsExactly("Withdrawn");
  }

  @Test
  void isWhatAMeshNoLongerImportsButNotOnceTheExportIsWithdrawn() {
    var before = published(State.IMPORTED, "");

    assertThat(reasons(before, new ExportReport(WEB, true, "", new TreeMap<>())))
        .containsExactly("ImportRemoved");
    assertThat(reasons(before, ExportReport.nothing(WEB))).containsExactly("Withdrawn");
  }

  private static List<String> reasons(ExportReport before, ExportReport now) {
    return OwnerEvent.between(before, now).stream().map(OwnerEvent::reason).toList();
  }

  private static ExportReport published(State state, String reason) {
    return new ExportReport(
        WEB, true, "", new TreeMap<>(Map.of(WEST, new Arrival(state, "web-east", reason))));
  }
}
