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
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Decides which imports of a target may go, or lose their last endpoint (rule 3): counted for each
 * origin alone. Safe for any thread.
 */
final class RemovalGuard {
  private final MeshId target;
  private final Guard guard;
  private final Clock clock;
  private final LongSupplier nanoTime;

  // Guards all below.
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<MeshId, Departures> byOrigin = new HashMap<>();

  /** What becomes of an import that is to go. */
  sealed interface Verdict {
    /** It goes. */
    record Goes() implements Verdict {}

    /** It is judged together with what goes at the same time; ask again after a while. */
    record Waits(Duration time) implements Verdict {}

    /** What stands stays. */
    record Held(String reason) implements Verdict {}
  }

  /** How many imports of the origin stand in the target, and which went of late as the log says. */
  interface Count {
    /**
     * Those that stand, the ones that are to go included.
     *
     * @throws MeshUnavailableException if the target has not been read completely
     */
    int standing(MeshId origin) throws MeshUnavailableException;

    /** Those that the origin withdrew after some time. */
    Set<ServiceKey> withdrawnAfter(MeshId origin, Instant time);
  }

  /** What goes of one origin. */
  private static final class Departures {
    final Gathering<ServiceKey> gathered;
    final Set<ServiceKey> admitted = new HashSet<>();
    final Map<ServiceKey, Instant> departed = new HashMap<>();
    final Map<ServiceKey, Instant> held = new HashMap<>();
    String reason = "";

    Departures(LongSupplier nanoTime) {
      this.gathered = new Gathering<>(nanoTime);
    }

    boolean isNothing() {
      return admitted.isEmpty() && departed.isEmpty() && held.isEmpty() && gathered.isEmpty();
    }
  }

  RemovalGuard(MeshId target, Guard guard, Clock clock, LongSupplier nanoTime) {
    this.target = target;
    this.guard = guard;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /** An import was held before this process began to speak for the target. */
  void remember(ServiceKey service, Instant since, String reason) {
    lock.lock();
    try {
      var departures = of(service.mesh());
      departures.held.put(service, since);
      departures.reason = reason;
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
      var departures = of(service.mesh());
      var now = clock.instant();
      var since = departures.held.getOrDefault(service, now);
      var confirmedAt = guard.confirmations().ofRemovals(service.mesh(), target);
      if (guard.settings().isConfirmed(confirmedAt, since)
          || departures.admitted.contains(service)) {
        return goes(departures, service, now);
      }
      if (departures.held.containsKey(service)) {
        return new Verdict.Held(departures.reason);
      }
      departures.gathered.add(service);
      var wait = departures.gathered.untilDue();
      if (!wait.isZero()) {
        return new Verdict.Waits(wait);
      }
      judgeTogether(departures, service.mesh(), count, now);
      return departures.held.containsKey(service)
          ? new Verdict.Held(departures.reason)
          : goes(departures, service, now);
    } finally {
      lock.unlock();
    }
  }

  /** The import does not go, or it is back. */
  void stays(ServiceKey service) {
    lock.lock();
    try {
      var departures = byOrigin.get(service.mesh());
      if (departures != null) {
        departures.gathered.remove(service);
        departures.admitted.remove(service);
        departures.departed.remove(service);
        departures.held.remove(service);
        if (departures.isNothing()) {
          byOrigin.remove(service.mesh());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void judgeTogether(Departures departures, MeshId origin, Count count, Instant now)
      throws MeshUnavailableException {
    var going = departures.gathered.takeAll();
    var windowBegan = now.minus(settings().window());
    departures.departed.values().removeIf(at -> at.isBefore(windowBegan));
    var gone = new HashSet<>(departures.departed.keySet());
    int all = 0;
    if (going.size() + departures.held.size() + gone.size() > settings().floor()) {
      gone.addAll(count.withdrawnAfter(origin, windowBegan));
      gone.removeAll(going);
      gone.removeAll(departures.held.keySet());
      all = count.standing(origin) + gone.size();
    }
    int lost = going.size() + departures.held.size() + gone.size();
    if (settings().admits(lost, all)) {
      departures.admitted.addAll(going);
    } else {
      going.forEach(service -> departures.held.put(service, now));
      departures.reason = reason(lost, all, origin);
    }
  }

  private Verdict goes(Departures departures, ServiceKey service, Instant now) {
    departures.gathered.remove(service);
    departures.admitted.remove(service);
    departures.held.remove(service);
    departures.departed.put(service, now);
    return new Verdict.Goes();
  }

  private String reason(int lost, int all, MeshId origin) {
    return "%d of %d imports from %s would be gone within %d s; if that is right: meshbridge confirm %s --target %s"
        .formatted(lost, all, origin, settings().window().toSeconds(), origin, target);
  }

  private GuardSettings settings() {
    return guard.settings();
  }

  private Departures of(MeshId origin) {
    return byOrigin.computeIfAbsent(origin, id -> new Departures(nanoTime));
  }
}
