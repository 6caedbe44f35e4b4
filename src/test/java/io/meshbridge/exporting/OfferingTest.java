package io.meshbridge.exporting;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Observation;
import io.meshbridge.testkit.Samples;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OfferingTest {
  private static final ServiceKey WEB = Samples.key("m", "shop", "web");
  private static final ServiceKey API = Samples.key("m", "shop", "api");
  private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");
  private static final Instant LATER = Instant.parse("2026-11-22T10:01:00Z");

  private final Offering offering = new Offering(Samples.mesh("m"));

  @Test
  void takesNothingForGoneBeforeItIsComplete() {
    offer(WEB);

    assertThat(offering.isComplete()).isFalse();
    assertThat(offering.isAbsent(API)).isFalse();
    assertThat(offering.isGone(API)).isFalse();
    assertThat(offering.takeAbsenceCheck()).isFalse();
    assertThat(offering.isLive()).isFalse();
  }

  @Test
  void takesForGoneWhatACompleteReadLacks() {
    offer(WEB);
    complete(AT, WEB);

    assertThat(offering.isAbsent(API)).isTrue();
    assertThat(offering.isAbsent(WEB)).isFalse();
    assertThat(offering.goneAt(API)).isEqualTo(AT);
    assertThat(offering.takeAbsenceCheck()).isTrue();
    assertThat(offering.takeAbsenceCheck()).as("once per read").isFalse();
    assertThat(offering.isLive()).isTrue();
  }

  @Test
  void withdrawsWhatALaterCompleteReadLacks() {
    offer(WEB);
    offer(API);
    complete(AT, WEB, API);
    offering.takeUnpublished();

    complete(LATER, API);

    assertThat(offering.takeUnpublished()).containsExactly(WEB);
    assertThat(offering.offer(WEB)).isEmpty();
    assertThat(offering.goneAt(WEB)).isEqualTo(LATER);
  }

  @Test
  void withdrawsWhatTheSourceSaysIsGoneAndTakesItBack() {
    offer(WEB);
    offering.observe(new Observation.Withdrawn(WEB, LATER));
    assertThat(offering.isGone(WEB)).isTrue();
    assertThat(offering.offer(WEB)).isEmpty();
    assertThat(offering.goneAt(WEB)).isEqualTo(LATER);

    offer(WEB);

    assertThat(offering.offer(WEB)).isPresent();
    assertThat(offering.takeUnpublished()).containsExactly(WEB);
  }

  @Test
  void anInterruptionTakesNothingAway() {
    offer(WEB);
    complete(AT, WEB);
    offering.takeUnpublished();

    offering.observe(new Observation.Interrupted("cut off", LATER));

    assertThat(offering.isLive()).isFalse();
    assertThat(offering.isComplete()).isTrue();
    assertThat(offering.interruption()).isEqualTo("cut off");
    assertThat(offering.hasUnpublished()).isFalse();
    assertThat(offering.offer(WEB)).isPresent();
    complete(LATER, WEB);
    assertThat(offering.isLive()).isTrue();
    assertThat(offering.interruption()).isEmpty();
  }

  @Test
  void keepsTheLastGoodOfferOfWhatCannotBeRead() {
    offer(WEB);
    complete(AT, WEB);
    offering.takeUnpublished();

    offering.observe(new Observation.Unreadable(WEB, "no ports", LATER));

    assertThat(offering.unreadable()).isEqualTo(Map.of(WEB, "no ports"));
    assertThat(offering.isAbsent(WEB)).isFalse();
    assertThat(offering.offer(WEB)).isPresent();
  }

  @Test
  void knowsNothingOfTheMeshBeforeTheSourceHasHadItsSay() {
    assertThat(offering.isDescribed()).isFalse();
    offer(WEB);
    assertThat(offering.isDescribed()).isFalse();

    complete(AT, WEB);

    assertThat(offering.isDescribed()).isTrue();
  }

  @Test
  void hasItPublishedThatAServiceCannotBeRead() {
    offer(WEB);
    complete(AT, WEB);
    offering.takeUnpublished();

    offering.observe(new Observation.Unreadable(WEB, "no ports", LATER));

    assertThat(offering.takeUnpublished()).containsExactly(WEB);
    assertThat(offering.fault(WEB)).contains(new Observation.Unreadable(WEB, "no ports", LATER));
    offering.compareAll();
    assertThat(offering.takeUnpublished()).containsExactly(WEB);
  }

  @Test
  void keepsWhatWasNeverReadableInThisRun() {
    offering.observe(new Observation.Unreadable(WEB, "no ports", AT));
    complete(AT, WEB);

    assertThat(offering.isAbsent(WEB)).isFalse();
    assertThat(offering.offer(WEB)).isEmpty();
  }

  @Test
  void forgetsTheFaultOnceItIsReadableOrGone() {
    offering.observe(new Observation.Unreadable(WEB, "no ports", AT));
    offering.observe(new Observation.Unreadable(API, "no ports", AT));

    offer(WEB);
    complete(AT, WEB);

    assertThat(offering.unreadable()).isEmpty();
    assertThat(offering.offer(WEB)).isPresent();
    assertThat(offering.takeUnpublished()).containsExactlyInAnyOrder(WEB, API);
  }

  @Test
  void givesBackWhatCouldNotBePublished() {
    offer(WEB);
    var taken = offering.takeUnpublished();
    assertThat(offering.hasUnpublished()).isFalse();

    offering.giveBack(taken);

    assertThat(offering.takeUnpublished()).containsExactly(WEB);
  }

  @Test
  void comparesEverythingWhenTheTopicIsAnother() {
    offer(WEB);
    offer(API);
    complete(AT, WEB, API);
    offering.observe(new Observation.Withdrawn(API, LATER));
    offering.takeUnpublished();
    offering.takeAbsenceCheck();

    offering.compareAll();

    assertThat(offering.takeUnpublished()).containsExactlyInAnyOrder(WEB, API);
    assertThat(offering.takeAbsenceCheck()).isTrue();
  }

  @Test
  void knowsOfItsMeshWhatIsConfiguredUntilTheSourceKnowsBetter() {
    assertThat(offering.mesh()).isEqualTo(Samples.mesh("m"));

    offering.observe(new Observation.Described(Samples.mesh("m", "consul")));

    assertThat(offering.mesh()).isEqualTo(Samples.mesh("m", "consul"));
  }

  private void offer(ServiceKey service) {
    offering.observe(new Observation.Offered(Samples.offer(service, "10.0.0.1"), AT));
  }

  private void complete(Instant at, ServiceKey... services) {
    offering.observe(new Observation.Complete(Set.of(services), at));
  }
}
