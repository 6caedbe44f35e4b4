package io.meshbridge.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.log.Heartbeat;
import io.meshbridge.log.Hold;
import io.meshbridge.log.LogDigest;
import io.meshbridge.log.LogEntry;
import io.meshbridge.log.MeshRecord;
import io.meshbridge.log.SnapshotMarker;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.testkit.ModelGenerators;
import io.meshbridge.testkit.Samples;
import io.meshbridge.testkit.SeededRuns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class MeshFoldTest {
  private static final MeshId MESH = new MeshId("m");
  private static final ServiceKey WEB = Samples.key("m", "shop", "web");
  private static final ServiceKey API = Samples.key("m", "shop", "api");
  private static final LogEntry EXPORTED = LogEntries.exported(Samples.export(WEB));
  private static final LogEntry ENDPOINTS =
      LogEntries.endpoints(WEB, Samples.endpoints("10.0.0.1"));

  @Test
  void knowsAnExportAndItsEndpointsInWhateverOrderTheyCome() {
    var one = fold(EXPORTED, ENDPOINTS);
    var other = fold(ENDPOINTS, EXPORTED);

    assertThat(one.export(WEB)).contains(Samples.export(WEB));
    assertThat(one.service(WEB).orElseThrow().endpoints()).isEqualTo(Samples.endpoints("10.0.0.1"));
    assertThat(other.exported()).containsExactly(WEB);
    assertThat(other.digest()).isEqualTo(one.digest());
  }

  @Test
  void forgetsWhatIsWithdrawnAndRemembersThatItWas() {
    var gone =
        fold(EXPORTED, ENDPOINTS, LogEntries.withdrawn(WEB), LogEntries.endpointsGone(WEB, 0));
    var back = gone.after(EXPORTED);

    assertThat(gone.export(WEB)).isEmpty();
    assertThat(gone.services()).isEmpty();
    assertThat(gone.isWithdrawn(WEB)).isTrue();
    assertThat(gone.digest()).isEqualTo(LogDigest.EMPTY);
    assertThat(back.isWithdrawn(WEB)).isFalse();
    assertThat(back.export(WEB)).isPresent();
  }

  @Test
  void unitesTheEndpointsOfAllChunks() {
    var fold =
        fold(
            LogEntries.endpoints(WEB, 0, 2, Samples.endpoints("10.0.0.1")),
            LogEntries.endpoints(WEB, 1, 2, Samples.endpoints("10.0.0.2")));

    assertThat(fold.service(WEB).orElseThrow().endpoints())
        .isEqualTo(Samples.endpoints("10.0.0.1", "10.0.0.2"));
    assertThat(fold.endpointKeys(WEB)).containsOnlyKeys(0, 1);
    assertThat(fold.after(LogEntries.endpointsGone(WEB, 0)).endpointKeys(WEB)).containsOnlyKeys(1);
  }

  @Test
  void knowsWhatTheMeshSaysOfItselfAndItsLatestBeat() {
    var beat =
        new Heartbeat(
            Instant.parse("2026-11-22T10:00:00Z"),
            "bridge-1",
            "0.1.0",
            Heartbeat.SourceState.LIVE,
            "");

    var fold =
        fold(
            LogEntries.described(Samples.mesh("m")),
            LogEntries.entry(MESH, new MeshRecord.Beat(beat), beat.at()));

    assertThat(fold.descriptor()).contains(Samples.mesh("m"));
    assertThat(fold.heartbeat()).contains(beat);
    assertThat(fold.digest().keys()).as("a heartbeat is not counted").isEqualTo(1);
  }

  @Test
  void trustsAMarkerOnlyIfItMatchesExactly() {
    var fold = fold(EXPORTED, ENDPOINTS);
    var digest = fold.digest();

    assertThat(fold.isTrusted()).isFalse();
    assertThat(marked(fold, digest.keys(), digest.hex()).isTrusted()).isTrue();
    assertThat(marked(fold, digest.keys() + 1, digest.hex()).isTrusted()).isFalse();
    assertThat(marked(fold, digest.keys(), digest.hex() + "0").isTrusted()).isFalse();
    assertThat(
            marked(fold.after(LogEntries.withdrawn(WEB)), digest.keys(), digest.hex()).isTrusted())
        .isFalse();
  }

  @Test
  void losesTrustWithAMarkerThatDoesNotMatch() {
    var trusted = fold(EXPORTED).after(LogEntries.marked(MESH, fold(EXPORTED)));

    assertThat(trusted.isTrusted()).isTrue();
    assertThat(marked(trusted, 17, "abc").isTrusted()).isFalse();
  }

  @Test
  void isSettledUntilSomethingCountedComesAfterTheMarker() {
    var marked = fold(EXPORTED).after(LogEntries.marked(MESH, fold(EXPORTED)));

    assertThat(marked.isSettled()).isTrue();
    assertThat(marked.after(EXPORTED).isSettled()).as("also if it says the same").isFalse();
    assertThat(marked.after(EXPORTED).isTrusted()).isTrue();
    assertThat(marked.after(LogEntries.unknown("v1/snapshot", "x")).isSettled()).isTrue();
  }

  @Test
  void countsPartsThatItDoesNotKnow() {
    var fold = fold(EXPORTED);

    var more = fold.after(LogEntries.unknown("v1/weather/today", "{}"));
    var gone = more.after(LogEntries.unknown("v1/weather/today", ""));

    assertThat(more.digest().keys()).isEqualTo(2);
    assertThat(more.valueHash("v1/weather/today")).isPresent();
    assertThat(gone.digest()).isEqualTo(fold.digest());
  }

  @Test
  void keepsWhatStandsWhenItMeetsPoisonAndCountsIt() {
    var fold = fold(EXPORTED, ENDPOINTS);

    var poisoned = fold.after(LogEntries.spoiled(EXPORTED, MESH));

    assertThat(poisoned.export(WEB)).contains(Samples.export(WEB));
    assertThat(poisoned.service(WEB).orElseThrow().notUnderstood()).isNotEmpty();
    assertThat(poisoned.digest()).isNotEqualTo(fold.digest());
    assertThat(poisoned.digest().keys()).isEqualTo(2);
    assertThat(poisoned.after(EXPORTED).service(WEB).orElseThrow().notUnderstood()).isEmpty();
  }

  @Test
  void isMendedByABetterRecordOfTheSameKeyAndOfNoOther() {
    var poisoned = fold(EXPORTED, ENDPOINTS, LogEntries.spoiled(ENDPOINTS, MESH));

    assertThat(poisoned.after(EXPORTED).service(WEB).orElseThrow().notUnderstood()).isNotEmpty();
    assertThat(poisoned.after(ENDPOINTS).service(WEB).orElseThrow().notUnderstood()).isEmpty();
  }

  @Test
  void knowsWhatIsHeldUntilItIsBackOrGone() {
    var hold = new Hold(LogEntries.AT, "60 of 100 services would be gone");
    var held =
        fold(EXPORTED, LogEntries.entry(MESH, new MeshRecord.Held(WEB, hold), LogEntries.AT));

    assertThat(held.holds()).containsExactly(Map.entry(WEB, hold));
    assertThat(held.exportCount()).isEqualTo(1);
    assertThat(held.digest().keys()).isEqualTo(2);
    var back = LogEntries.entry(MESH, new MeshRecord.HoldGone(WEB), LogEntries.AT);
    assertThat(held.after(back).holds()).isEmpty();
  }

  @Test
  void knowsWhatWentWithinSomeTime() {
    var gone = fold(EXPORTED, LogEntries.withdrawn(WEB), LogEntries.withdrawn(API));
    var before = LogEntries.AT.minusSeconds(1);

    assertThat(gone.withdrawnBetween(before, LogEntries.AT)).containsExactlyInAnyOrder(WEB, API);
    assertThat(gone.withdrawnBetween(LogEntries.AT, LogEntries.AT.plusSeconds(1))).isEmpty();
    assertThat(gone.withdrawnBetween(before, before)).isEmpty();
    assertThat(gone.withdrawnAt(WEB)).contains(LogEntries.AT);
    assertThat(gone.after(EXPORTED).withdrawnAt(WEB)).isEmpty();
  }

  @Test
  void saysWhichServiceARecordIsAbout() {
    assertThat(MeshFold.serviceOf(EXPORTED.record())).contains(WEB);
    assertThat(MeshFold.serviceOf(ENDPOINTS.record())).contains(WEB);
    assertThat(MeshFold.serviceOf(LogEntries.withdrawn(API).record())).contains(API);
    assertThat(MeshFold.serviceOf(LogEntries.endpointsGone(API, 3).record())).contains(API);
    assertThat(MeshFold.serviceOf(LogEntries.spoiled(EXPORTED, MESH).record())).contains(WEB);
    assertThat(MeshFold.serviceOf(LogEntries.described(Samples.mesh("m")).record())).isEmpty();
    assertThat(MeshFold.serviceOf(new MeshRecord.Unknown())).isEmpty();
    assertThat(MeshFold.serviceOf(new MeshRecord.Unreadable("x"))).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> aCompactedTopicFoldsToTheSame() {
    return SeededRuns.of(200)
        .check(
            random -> {
              var any = new ModelGenerators(random);
              var topic =
                  any.listOf(
                      1,
                      40,
                      () -> {
                        var service = any.oneOf(WEB, API);
                        var endpoints = any.endpoints(List.of(Samples.HTTP));
                        var good =
                            any.oneOf(
                                LogEntries.exported(any.export(service)),
                                LogEntries.endpoints(service, random.nextInt(2), 2, endpoints));
                        return any.oneOf(
                            good,
                            good,
                            LogEntries.spoiled(good, MESH),
                            LogEntries.withdrawn(service),
                            LogEntries.endpointsGone(service, random.nextInt(2)));
                      });
              var last = new LinkedHashMap<String, LogEntry>();
              for (LogEntry entry : topic) {
                last.remove(entry.key());
                last.put(entry.key(), entry);
              }
              // What was understood before the poison is known only to those who have seen it.
              boolean hasPoison =
                  last.values().stream()
                      .anyMatch(entry -> entry.record() instanceof MeshRecord.NotUnderstood);

              var whole = fold(topic.toArray(LogEntry[]::new));
              var compacted = fold(new ArrayList<>(last.values()).toArray(LogEntry[]::new));

              assertThat(compacted.digest()).isEqualTo(whole.digest());
              for (ServiceKey service : List.of(WEB, API)) {
                assertThat(puzzle(compacted, service)).isEqualTo(puzzle(whole, service));
                if (!hasPoison) {
                  assertThat(compacted.isWithdrawn(service)).isEqualTo(whole.isWithdrawn(service));
                  assertThat(compacted.export(service)).isEqualTo(whole.export(service));
                  assertThat(compacted.endpointKeys(service))
                      .isEqualTo(whole.endpointKeys(service));
                }
              }
            });
  }

  private static String puzzle(MeshFold fold, ServiceKey service) {
    return fold.service(service).map(ServiceFold::notUnderstood).orElse("");
  }

  private static MeshFold marked(MeshFold fold, long keys, String digest) {
    return fold.after(LogEntries.marked(MESH, new SnapshotMarker(1, keys, digest)));
  }

  private static MeshFold fold(LogEntry... entries) {
    var fold = MeshFold.EMPTY;
    for (LogEntry entry : entries) {
      fold = fold.after(entry);
    }
    return fold;
  }
}
