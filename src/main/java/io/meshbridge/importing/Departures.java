package io.meshbridge.importing;

import io.meshbridge.guard.GuardSettings;
import io.meshbridge.model.ServiceKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What goes of one origin's imports in one target, and what is held. Pure but for its state. */
final class Departures {
  private final GuardSettings settings;
  // Those that may go, since when. They count for a window, even while they are still there.
  private final Map<ServiceKey, Instant> admitted = new HashMap<>();
  private final Map<ServiceKey, Instant> held = new HashMap<>();
  private String reason = "";

  Departures(GuardSettings settings) {
    this.settings = settings;
  }

  /**
   * How many were there, and how many of them would be gone.
   *
   * @param gone those that went within the window, are held, or are to go
   * @param all these, and those that stay
   */
  record Tally(int gone, int all) {}

  /** One was held before this process began to speak for the target. */
  void remember(ServiceKey service, Instant since, String why) {
    held.put(service, since);
    reason = why;
  }

  /** Whether one may go that was judged within the window. */
  boolean isAdmitted(ServiceKey service, Instant now) {
    var at = admitted.get(service);
    return at != null && at.isAfter(now.minus(settings.window()));
  }

  /** Since when one is held, if it is. */
  Optional<Instant> heldSince(ServiceKey service) {
    return Optional.ofNullable(held.get(service));
  }

  /** Why what is held is held. */
  String reason() {
    return reason;
  }

  /** One may go. */
  void admit(ServiceKey service, Instant now) {
    held.remove(service);
    admitted.put(service, now);
  }

  /** One does not go, or is back. */
  void stays(ServiceKey service) {
    admitted.remove(service);
    held.remove(service);
  }

  /** Whether so many may go whatever their share is. */
  boolean isWithinFloor(Set<ServiceKey> going, Set<ServiceKey> goneBefore, Instant now) {
    return gone(going, goneBefore, now).size() <= settings.floor();
  }

  /**
   * Counts.
   *
   * @param going those that are to go
   * @param goneBefore those that went before this process spoke for the target
   * @param standing those that stand in the target
   */
  Tally tally(
      Set<ServiceKey> going, Set<ServiceKey> goneBefore, Set<ServiceKey> standing, Instant now) {
    var gone = gone(going, goneBefore, now);
    var all = new HashSet<>(gone);
    all.addAll(standing);
    return new Tally(gone.size(), all.size());
  }

  /** Admits all of them or none. */
  void settle(Set<ServiceKey> going, boolean admits, String why, Instant now) {
    if (admits) {
      going.forEach(service -> admit(service, now));
    } else {
      going.forEach(service -> held.put(service, now));
      reason = why;
    }
  }

  /** Whether there is nothing to remember. */
  boolean isNothing() {
    return admitted.isEmpty() && held.isEmpty();
  }

  private Set<ServiceKey> gone(Set<ServiceKey> going, Set<ServiceKey> goneBefore, Instant now) {
    var windowBegan = now.minus(settings.window());
    admitted.values().removeIf(at -> !at.isAfter(windowBegan));
    var gone = new HashSet<>(going);
    gone.addAll(goneBefore);
    gone.addAll(admitted.keySet());
    gone.addAll(held.keySet());
    return gone;
  }
}
