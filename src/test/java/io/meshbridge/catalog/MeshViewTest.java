package io.meshbridge.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.catalog.Standing.Cause;
import io.meshbridge.catalog.Standing.Gone;
import io.meshbridge.catalog.Standing.Present;
import io.meshbridge.catalog.Standing.Unknown;
import io.meshbridge.log.LogEntry;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.testkit.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeshViewTest {
  private static final MeshId MESH = new MeshId("m");
  private static final ServiceKey WEB = Samples.key("m", "shop", "web");
  private static final ServiceKey API = Samples.key("m", "shop", "api");
  private static final LogEntry WEB_OFFERED = LogEntries.exported(Samples.export(WEB));
  private static final LogEntry API_OFFERED = LogEntries.exported(Samples.export(API));

  @Test
  void knowsNothingBeforeTheFirstReadingIsDone() {
    var reading = MeshView.NEVER_READ.restarted().after(List.of(API_OFFERED));

    assertThat(reading.standing(API)).isInstanceOf(Unknown.class);
    assertThat(reading.standing(WEB)).isInstanceOf(Unknown.class);
    assertThat(reading.isCaughtUp()).isFalse();
    assertThat(reading.readings()).isZero();
  }

  @Test
  void seesTheFirstReadingWholeOnceItIsDone() {
    var view = read(WEB_OFFERED);

    assertThat(view.isCaughtUp()).isTrue();
    assertThat(view.readings()).isEqualTo(1);
    assertThat(view.standing(WEB)).isInstanceOf(Present.class);
    assertThat(view.standing(API)).isInstanceOf(Unknown.class);
    assertThat(view.services()).containsExactly(WEB);
  }

  @Test
  void followsWhatComesAfterwards() {
    var view = read(WEB_OFFERED).after(List.of(API_OFFERED, LogEntries.withdrawn(WEB)));

    assertThat(view.standing(API)).isInstanceOf(Present.class);
    assertThat(view.standing(WEB)).isEqualTo(new Gone(Cause.WITHDRAWN));
  }

  @Test
  void keepsTheOldFoldUntilTheNewReadingIsDone() {
    var reading = read(WEB_OFFERED).restarted().after(List.of(API_OFFERED));

    assertThat(reading.isCaughtUp()).isFalse();
    assertThat(reading.readings()).isEqualTo(1);
    assertThat(reading.standing(WEB)).isInstanceOf(Present.class);
    assertThat(reading.standing(API)).isInstanceOf(Unknown.class);
  }

  @Test
  void retainsAsStaleWhatTheTopicHasMerelyLost() {
    var view = reread(read(WEB_OFFERED), API_OFFERED);

    assertThat(view.readings()).isEqualTo(2);
    assertThat(view.standing(API)).isInstanceOf(Present.class);
    assertThat(view.standing(WEB))
        .isInstanceOfSatisfying(
            Present.class, present -> assertThat(present.state().staleReason()).isNotEmpty());
    assertThat(view.services()).containsExactlyInAnyOrder(WEB, API);
  }

  @Test
  void retainsAcrossSeveralReadings() {
    var view = reread(reread(read(WEB_OFFERED), API_OFFERED), API_OFFERED);

    assertThat(view.standing(WEB)).isInstanceOf(Present.class);
  }

  @Test
  void isRidOfWhatATrustedSnapshotLacks() {
    var view = reread(read(WEB_OFFERED), API_OFFERED, markerAfter(API_OFFERED));

    assertThat(view.standing(WEB)).isEqualTo(new Gone(Cause.ABSENT_FROM_SNAPSHOT));
    assertThat(view.services()).containsExactly(API);
  }

  @Test
  void isRidOfWhatIsRetainedOnceASnapshotThatLacksItComesLater() {
    var view = reread(read(WEB_OFFERED), API_OFFERED);

    var marked = view.after(List.of(markerAfter(API_OFFERED)));

    assertThat(marked.standing(WEB)).isEqualTo(new Gone(Cause.ABSENT_FROM_SNAPSHOT));
    assertThat(marked.services()).containsExactly(API);
  }

  @Test
  void anEmptyTopicDeletesNothing() {
    assertThat(reread(read(WEB_OFFERED)).standing(WEB)).isInstanceOf(Present.class);
  }

  @Test
  void aMarkerThatDoesNotMatchDeletesNothing() {
    var view = reread(read(WEB_OFFERED), markerAfter(API_OFFERED));

    assertThat(view.standing(WEB)).isInstanceOf(Present.class);
  }

  @Test
  void doesNotBringBackWhatWasWithdrawnAfterItWasRetained() {
    var retained = reread(read(WEB_OFFERED), API_OFFERED);
    var withdrawn = retained.after(List.of(WEB_OFFERED, LogEntries.withdrawn(WEB)));
    assertThat(withdrawn.standing(WEB)).isEqualTo(new Gone(Cause.WITHDRAWN));

    // The tombstone has expired, and the topic has lost its marker.
    var view = reread(withdrawn, API_OFFERED);

    assertThat(view.standing(WEB)).isInstanceOf(Unknown.class);
  }

  @Test
  void doesNotBringBackWhatTheNewReadingWithdraws() {
    var withdrawn = reread(read(WEB_OFFERED), LogEntries.withdrawn(WEB));

    assertThat(withdrawn.standing(WEB)).isEqualTo(new Gone(Cause.WITHDRAWN));
    assertThat(reread(withdrawn).standing(WEB)).isInstanceOf(Unknown.class);
  }

  @Test
  void endpointsAloneAreNoService() {
    var endpoints = LogEntries.endpoints(WEB, Samples.endpoints("10.0.0.1"));
    var poison = LogEntries.spoiled(endpoints, MESH);

    assertThat(read(endpoints, markerAfter(endpoints)).standing(WEB))
        .isEqualTo(new Gone(Cause.ABSENT_FROM_SNAPSHOT));
    assertThat(read(poison, markerAfter(poison)).standing(WEB))
        .isEqualTo(new Gone(Cause.ABSENT_FROM_SNAPSHOT));
  }

  @Test
  void anExportThatIsNotUnderstoodIsNotAbsent() {
    var poison = LogEntries.spoiled(WEB_OFFERED, MESH);

    assertThat(read(poison, markerAfter(poison)).standing(WEB)).isInstanceOf(Unknown.class);
  }

  @Test
  void beginsAgainIfTheTopicIsLostWhileItIsReadAnew() {
    var twice =
        read(WEB_OFFERED)
            .restarted()
            .after(List.of(API_OFFERED))
            .restarted()
            .after(List.of(WEB_OFFERED))
            .caughtUp();

    assertThat(twice.standing(WEB)).isInstanceOf(Present.class);
    assertThat(twice.services()).containsExactly(WEB);
  }

  private static LogEntry markerAfter(LogEntry... entries) {
    var fold = MeshFold.EMPTY;
    for (LogEntry entry : entries) {
      fold = fold.after(entry);
    }
    return LogEntries.marked(MESH, fold);
  }

  private static MeshView read(LogEntry... entries) {
    return reread(MeshView.NEVER_READ, entries);
  }

  private static MeshView reread(MeshView before, LogEntry... entries) {
    return before.restarted().after(List.of(entries)).caughtUp();
  }
}
