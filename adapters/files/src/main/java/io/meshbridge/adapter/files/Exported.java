package io.meshbridge.adapter.files;

import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Observation;
import io.meshbridge.spi.Offer;
import io.meshbridge.spi.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was said of a mesh's exports so far, and whether that was all. Pure: a reading leads to the
 * next state and to what has to be said.
 *
 * @param known what was last said of each service
 * @param phase how much the last reading was worth
 */
record Exported(SortedMap<ServiceKey, Said> known, Phase phase) {
  /** Before the first reading. */
  static final Exported NOTHING_YET = new Exported(new TreeMap<>(), Phase.STARTING);

  /** How much the last reading was worth. */
  enum Phase {
    /** There was none that was whole. */
    STARTING,
    /** It was whole, and its end was told. */
    COMPLETE,
    /** It was not whole: nothing is concluded from what it lacks. */
    PARTIAL,
    /** There is none just now, and that was told. */
    INTERRUPTED
  }

  /** What was last said of a service. */
  sealed interface Said {
    /** It can be read. */
    record Readable(Offer offer) implements Said {}

    /** It cannot. */
    record Broken(String reason) implements Said {}
  }

  /** The next state, and what has to be said, in that order. */
  record Step(Exported next, List<Observation> observations) {}

  /**
   * After a reading.
   *
   * @param whole whether it may be concluded that what it lacks is gone
   */
  Step after(Reading reading, boolean whole, Instant at) {
    var current = saidOf(reading);
    var observations = new ArrayList<Observation>();
    current.forEach(
        (service, said) -> {
          if (!said.equals(known.get(service))) {
            observations.add(observation(service, said, at));
          }
        });
    var missing = new TreeMap<>(known);
    missing.keySet().removeAll(current.keySet());
    if (!whole) {
      current.putAll(missing);
      // Interrupted stays so until a whole reading ends it; before the first, nothing was complete.
      var next = phase == Phase.COMPLETE ? Phase.PARTIAL : phase;
      return new Step(new Exported(current, next), observations);
    }
    missing.keySet().forEach(gone -> observations.add(new Observation.Withdrawn(gone, at)));
    if (phase != Phase.COMPLETE) {
      observations.add(new Observation.Complete(current.keySet(), at));
    }
    return new Step(new Exported(current, Phase.COMPLETE), observations);
  }

  /** When there is no reading: said once. */
  Step interrupted(String reason, Instant at) {
    List<Observation> said =
        phase == Phase.INTERRUPTED ? List.of() : List.of(new Observation.Interrupted(reason, at));
    return new Step(new Exported(known, Phase.INTERRUPTED), said);
  }

  private static SortedMap<ServiceKey, Said> saidOf(Reading reading) {
    var current = new TreeMap<ServiceKey, Said>();
    reading.offers().forEach(offer -> current.put(offer.key(), new Said.Readable(offer)));
    reading.unreadable().forEach((service, why) -> current.put(service, new Said.Broken(why)));
    return current;
  }

  private static Observation observation(ServiceKey service, Said said, Instant at) {
    return switch (said) {
      case Said.Readable(Offer offer) -> new Observation.Offered(offer, at);
      case Said.Broken(String reason) -> new Observation.Unreadable(service, reason, at);
    };
  }
}
