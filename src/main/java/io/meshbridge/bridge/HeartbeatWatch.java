package io.meshbridge.bridge;

import io.meshbridge.catalog.Catalog;
import io.meshbridge.log.Heartbeat;
import io.meshbridge.log.Heartbeat.SourceState;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Watches the signs of life of all meshes. Age is counted from the arrival here by a monotonic
 * clock, since the clocks of two hosts need not agree; how far they disagree is shown instead.
 */
final class HeartbeatWatch {
  private final Duration staleAfter;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Map<MeshId, Arrival> arrivals = new ConcurrentHashMap<>();

  /**
   * The latest sign of life of a mesh.
   *
   * @param at by the monotonic clock, in nanoseconds
   * @param skew our wall clock less the sender's, with the time that the record travelled
   */
  private record Arrival(Heartbeat heartbeat, long at, Duration skew) {}

  HeartbeatWatch(Duration staleAfter, Clock clock, LongSupplier nanoTime) {
    this.staleAfter = staleAfter;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /** Takes note of what the catalog holds now. */
  void look(Catalog catalog) {
    for (MeshId mesh : catalog.meshIds()) {
      catalog.mesh(mesh).fold().heartbeat().ifPresent(heartbeat -> note(mesh, heartbeat));
    }
  }

  /** For each active member of which what is known may be old, why. */
  Map<MeshId, String> silent(Catalog catalog) {
    var silent = new TreeMap<MeshId, String>();
    for (Member member : catalog.members()) {
      if (member.state() == Member.State.ACTIVE) {
        reasonOf(member.id()).ifPresent(reason -> silent.put(member.id(), reason));
      }
    }
    return silent;
  }

  /** How long ago a mesh last gave a sign of life; negative if it never did. */
  Duration age(MeshId mesh) {
    return find(mesh)
        .map(arrival -> Duration.ofNanos(nanoTime.getAsLong() - arrival.at))
        .orElse(Duration.ofSeconds(-1));
  }

  /** How far our clock is ahead of the sender's. */
  Duration skew(MeshId mesh) {
    return find(mesh).map(Arrival::skew).orElse(Duration.ZERO);
  }

  /** Whether the mesh's bridge said last that it cannot read its mesh. */
  boolean isInterrupted(MeshId mesh) {
    return find(mesh)
        .filter(arrival -> arrival.heartbeat.source() == SourceState.INTERRUPTED)
        .isPresent();
  }

  private void note(MeshId mesh, Heartbeat heartbeat) {
    var known = arrivals.get(mesh);
    if (known == null || !known.heartbeat.equals(heartbeat)) {
      // The first one may have lain in the log for days: it says nothing about the clocks.
      var skew = known == null ? Duration.ZERO : Duration.between(heartbeat.at(), clock.instant());
      arrivals.put(mesh, new Arrival(heartbeat, nanoTime.getAsLong(), skew));
    }
  }

  private Optional<String> reasonOf(MeshId mesh) {
    var arrival = find(mesh);
    if (arrival.isEmpty()) {
      return Optional.empty();
    }
    if (age(mesh).compareTo(staleAfter) > 0) {
      return Optional.of(
          "mesh "
              + mesh
              + " has given no sign of life for more than "
              + staleAfter.toSeconds()
              + " s");
    }
    var heartbeat = arrival.get().heartbeat;
    return heartbeat.source() == SourceState.INTERRUPTED
        ? Optional.of("mesh " + mesh + " cannot be read by its bridge: " + heartbeat.reason())
        : Optional.empty();
  }

  private Optional<Arrival> find(MeshId mesh) {
    return Optional.ofNullable(arrivals.get(mesh));
  }
}
