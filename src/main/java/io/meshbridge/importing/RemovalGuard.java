package io.meshbridge.importing;

import io.meshbridge.guard.Gathering;
import io.meshbridge.guard.Guard;
import io.meshbridge.guard.GuardSettings;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.MeshUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Decides which imports of a target may go, or lose their last endpoint (rule 3): counted for each
 * origin alone. Safe for any thread.
 */
final class RemovalGuard {
  private static final Logger LOG = Logger.getLogger(RemovalGuard.class);

  private final MeshId target;
  private final Guard guard;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Instant startedAt;

  // Guards all below.
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<MeshId, Departures> byOrigin = new HashMap<>();
  private final Map<MeshId, Gathering<ServiceKey>> gathered = new HashMap<>();

  /** What becomes of an import that is to go. */
  sealed interface Verdict {
    /** It goes, or there is nothing to judge. */
    record Goes() implements Verdict {}

    /** It is judged together with what goes at the same time; ask again after a while. */
    record Waits(Duration time) implements Verdict {}

    /** What stands stays. */
    record Held(String reason) implements Verdict {}
  }

  /** What stands in the target, and what the log says of what went. */
  interface Count {
    /**
     * The imports of the origin that stand, those included that are to go.
     *
     * @throws MeshUnavailableException if the target has not been read completely
     */
    Set<ServiceKey> standing(MeshId origin) throws MeshUnavailableException;

    /**
     * Those that the origin withdrew within some time.
     *
     * @param begin exclusive
     * @param end inclusive
     */
    Set<ServiceKey> withdrawnBetween(MeshId origin, Instant begin, Instant end);

    /** When the origin withdrew a service, if it did. */
    Optional<Instant> withdrawnAt(ServiceKey service);
  }

  RemovalGuard(MeshId target, Guard guard, Clock clock, LongSupplier nanoTime) {
    this.target = target;
    this.guard = guard;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.startedAt = clock.instant();
  }

  /** An import was held before this process began to speak for the target. */
  void remember(ServiceKey service, Instant since, String reason) {
    lock.lock();
    try {
      departures(service.mesh()).remember(service, since, reason);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Judges an import that is to go.
   *
   * @throws MeshUnavailableException if the target has not been read completely
   */
  Verdict judge(ServiceKey service, Count count) throws MeshUnavailableException {
    lock.lock();
    try {
      var departures = departures(service.mesh());
      var now = clock.instant();
      if (departures.isAdmitted(service, now)) {
        return new Verdict.Goes();
      }
      if (isConfirmed(service, departures, count, now)) {
        departures.admit(service, now);
        forgetGathered(service);
        return new Verdict.Goes();
      }
      if (departures.heldSince(service).isEmpty()) {
        var gathering = gathering(service.mesh());
        gathering.add(service);
        var wait = gathering.untilDue();
        if (!wait.isZero()) {
          return new Verdict.Waits(wait);
        }
        judgeTogether(service.mesh(), departures, gathering, count, now);
      }
      return verdict(departures, service);
    } finally {
      lock.unlock();
    }
  }

  /** The import does not go, it is back, or it goes whatever the guard says. */
  Verdict stays(ServiceKey service) {
    lock.lock();
    try {
      forgetGathered(service);
      var departures = byOrigin.get(service.mesh());
      if (departures != null) {
        departures.stays(service);
        if (departures.isNothing()) {
          byOrigin.remove(service.mesh());
        }
      }
      return new Verdict.Goes();
    } finally {
      lock.unlock();
    }
  }

  /** What was said last of an import of which it is not known whether it goes. */
  Verdict stands(ServiceKey service) {
    lock.lock();
    try {
      forgetGathered(service);
      var departures = byOrigin.get(service.mesh());
      return departures == null ? new Verdict.Goes() : verdict(departures, service);
    } finally {
      lock.unlock();
    }
  }

  private boolean isConfirmed(ServiceKey service, Departures departures, Count count, Instant now) {
    var since = departures.heldSince(service).or(() -> count.withdrawnAt(service)).orElse(now);
    var confirmedAt = guard.confirmations().ofRemovals(service.mesh(), target);
    return settings().isConfirmed(confirmedAt, since);
  }

  private void judgeTogether(
      MeshId origin,
      Departures departures,
      Gathering<ServiceKey> gathering,
      Count count,
      Instant now)
      throws MeshUnavailableException {
    // What went since this process began it has seen go; of what went before, the log tells.
    var before =
        new HashSet<>(count.withdrawnBetween(origin, now.minus(settings().window()), startedAt));
    var going = gathering.all();
    boolean admits = true;
    var reason = "";
    if (!departures.isWithinFloor(going, before, now)) {
      var standing = count.standing(origin);
      before.removeAll(standing);
      var tally = departures.tally(going, before, standing, now);
      admits = settings().admits(tally.gone(), tally.all());
      reason = reason(tally, origin);
    }
    departures.settle(gathering.takeAll(), admits, reason, now);
    if (!admits) {
      LOG.warnf(
          "removals held target=%s origin=%s imports=%d reason=%s",
          target, origin, going.size(), reason);
    }
  }

  private void forgetGathered(ServiceKey service) {
    var gathering = gathered.get(service.mesh());
    if (gathering != null) {
      gathering.remove(service);
    }
  }

  private static Verdict verdict(Departures departures, ServiceKey service) {
    return departures.heldSince(service).isPresent()
        ? new Verdict.Held(departures.reason())
        : new Verdict.Goes();
  }

  private String reason(Departures.Tally tally, MeshId origin) {
    return "%d of %d imports from %s would be gone within %d s; if that is right: meshbridge confirm %s --target %s"
        .formatted(
            tally.gone(), tally.all(), origin, settings().window().toSeconds(), origin, target);
  }

  private GuardSettings settings() {
    return guard.settings();
  }

  private Departures departures(MeshId origin) {
    return byOrigin.computeIfAbsent(origin, id -> new Departures(settings()));
  }

  private Gathering<ServiceKey> gathering(MeshId origin) {
    return gathered.computeIfAbsent(origin, id -> new Gathering<>(nanoTime));
  }
}
