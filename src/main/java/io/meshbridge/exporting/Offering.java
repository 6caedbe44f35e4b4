package io.meshbridge.exporting;

import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Observation;
import io.meshbridge.spi.Observation.Complete;
import io.meshbridge.spi.Observation.Described;
import io.meshbridge.spi.Observation.Interrupted;
import io.meshbridge.spi.Observation.Offered;
import io.meshbridge.spi.Observation.Trusted;
import io.meshbridge.spi.Observation.Unreadable;
import io.meshbridge.spi.Observation.Withdrawn;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a source has said so far, and what of it is not yet published. Owned by one thread.
 *
 * <p>Absence means something only when the source has said that it saw everything: until then, and
 * while it is interrupted, nothing is taken for withdrawn.
 */
final class Offering {
  private final Map<ServiceKey, Offered> offered = new HashMap<>();
  private final Map<ServiceKey, Unreadable> unreadable = new TreeMap<>();
  private final Map<ServiceKey, Instant> gone = new HashMap<>();
  private final Set<ServiceKey> unpublished = new HashSet<>();
  private MeshDescriptor mesh;
  private Optional<Trusted> trusted = Optional.empty();
  // What the last complete read named. A service may stand in it of which nothing else was said.
  private Set<ServiceKey> named = Set.of();
  private boolean complete;
  private boolean described;
  private boolean absenceUnchecked;
  private String interruption = "";
  private Instant completedAt = Instant.EPOCH;

  /** Knows of the mesh only what is configured. */
  Offering(MeshDescriptor configured) {
    this.mesh = configured;
  }

  void observe(Observation observation) {
    switch (observation) {
      case Offered offer -> {
        var service = offer.offer().key();
        offered.put(service, offer);
        unreadable.remove(service);
        gone.remove(service);
        unpublished.add(service);
      }
      case Withdrawn(var service, var at) -> withdraw(service, at);
      // Its last good export stays: only that it is not what its owner wants is published.
      case Unreadable fault -> {
        unreadable.put(fault.service(), fault);
        gone.remove(fault.service());
        unpublished.add(fault.service());
      }
      case Complete(var services, var at) -> {
        complete = true;
        absenceUnchecked = true;
        named = Set.copyOf(services);
        interruption = "";
        completedAt = at;
        absentFrom(services).forEach(service -> withdraw(service, at));
      }
      case Interrupted(var reason, var ignored) -> interruption = reason;
      case Described(var said) -> {
        mesh = said;
        described = true;
      }
      case Trusted said -> trusted = Optional.of(said);
    }
  }

  /** The topic has to be compared with everything again. */
  void compareAll() {
    unpublished.addAll(offered.keySet());
    unpublished.addAll(unreadable.keySet());
    unpublished.addAll(gone.keySet());
    absenceUnchecked = true;
  }

  /**
   * Whether the topic has to be searched for services that are gone without a word: once after each
   * complete read, since it costs as much as there are services.
   */
  boolean takeAbsenceCheck() {
    boolean due = complete && absenceUnchecked;
    if (due) {
      absenceUnchecked = false;
    }
    return due;
  }

  /** The services to compare with the topic; afterwards they count as published. */
  Set<ServiceKey> takeUnpublished() {
    var taken = Set.copyOf(unpublished);
    unpublished.clear();
    return taken;
  }

  /** These could not be published after all. */
  void giveBack(Set<ServiceKey> services) {
    unpublished.addAll(services);
  }

  boolean hasUnpublished() {
    return !unpublished.isEmpty();
  }

  /** The last good offer, unless the service has been withdrawn since. */
  Optional<Offered> offer(ServiceKey service) {
    return Optional.ofNullable(offered.get(service));
  }

  /** When the service was withdrawn; when the last complete read ended if nobody said. */
  Instant goneAt(ServiceKey service) {
    return gone.getOrDefault(service, completedAt);
  }

  /**
   * Whether a published service that the source has not spoken of is gone: only after a complete
   * read.
   */
  boolean isAbsent(ServiceKey service) {
    return complete
        && !offered.containsKey(service)
        && !unreadable.containsKey(service)
        && (gone.containsKey(service) || !named.contains(service));
  }

  /** Whether the source has said that the service is gone, in so many words or by its absence. */
  boolean isGone(ServiceKey service) {
    return gone.containsKey(service) || isAbsent(service);
  }

  /** Whether everything that the source has said is current. */
  boolean isLive() {
    return complete && interruption.isEmpty();
  }

  /** Whether a complete read has ever been seen. */
  boolean isComplete() {
    return complete;
  }

  /** Why the source cannot read; empty if it can. */
  String interruption() {
    return interruption;
  }

  /** The services that cannot be read, each with the reason. */
  Map<ServiceKey, String> unreadable() {
    var reasons = new TreeMap<ServiceKey, String>();
    unreadable.forEach((service, fault) -> reasons.put(service, fault.reason()));
    return reasons;
  }

  /** What is wrong with the newest state of a service; empty if it can be read. */
  Optional<Unreadable> fault(ServiceKey service) {
    return Optional.ofNullable(unreadable.get(service));
  }

  /**
   * Whether the source has had its say about the mesh. Until then only what is configured is known,
   * which must not take the place of what the topic says.
   */
  boolean isDescribed() {
    return described || complete;
  }

  /** What the mesh says of itself. */
  MeshDescriptor mesh() {
    return mesh;
  }

  /** What the mesh's identities chain to, if its source could find out. */
  Optional<Trusted> trusted() {
    return trusted;
  }

  private void withdraw(ServiceKey service, Instant at) {
    offered.remove(service);
    unreadable.remove(service);
    gone.put(service, at);
    unpublished.add(service);
  }

  private Set<ServiceKey> absentFrom(Set<ServiceKey> services) {
    var absent = new HashSet<>(offered.keySet());
    absent.addAll(unreadable.keySet());
    absent.removeAll(services);
    return absent;
  }
}
