package io.meshbridge.bridge;

import io.meshbridge.importing.ImportMetrics;
import io.meshbridge.log.LogMetrics;
import io.meshbridge.model.Loss;
import io.meshbridge.model.MeshId;
import io.meshbridge.status.ImportState;
import io.meshbridge.status.StatusBoard;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Everything that is measured, with its name and labels. Labels take their values from fixed sets:
 * the meshes of the federation, and the enums of this code; never from services.
 */
final class BridgeMetrics implements ImportMetrics, LogMetrics {
  private static final Duration[] LATENCY_BUCKETS = {
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofMinutes(1)
  };

  private final MeterRegistry registry;
  private final Set<MeshId> watched = ConcurrentHashMap.newKeySet();

  /** Who stopped a write of a process that did not speak for the mesh any more. */
  private enum Fence {
    /** The broker, in the log. */
    LOG,
    /** The process itself, before a write into the mesh: its lease had run out. */
    LEASE
  }

  BridgeMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void propagated(MeshId origin, MeshId target, Duration latency) {
    Timer.builder("meshbridge.propagation")
        .description("From the source's observation of a change to its application in the target")
        .tag("origin", origin.value())
        .tag("target", target.value())
        .serviceLevelObjectives(LATENCY_BUCKETS)
        .register(registry)
        .record(latency);
  }

  @Override
  public void worked(MeshId target, String outcome) {
    registry
        .counter("meshbridge.import.work", "target", target.value(), "outcome", outcome)
        .increment();
  }

  @Override
  public void met(MeshId mesh, Oddity what) {
    registry
        .counter(
            "meshbridge.log.oddities",
            "mesh",
            mesh.value(),
            "what",
            what.name().toLowerCase(Locale.ROOT))
        .increment();
  }

  @Override
  public void fenced(MeshId target) {
    fences(target, Fence.LEASE).increment();
  }

  /** Another process has taken over the mesh's topic: what was to be published was not. */
  void fencedByLog(MeshId mesh) {
    fences(mesh, Fence.LOG).increment();
  }

  /**
   * What is asked of a mesh of the federation at each scrape. None of it may cost more the more
   * services there are.
   *
   * @param exports how many services it offers
   * @param held how many of its withdrawals the guard holds
   * @param lag how far the reading of its topic is behind; -1 while nobody knows
   */
  record Watched(
      HeartbeatWatch heartbeats,
      StatusBoard board,
      DoubleSupplier exports,
      DoubleSupplier held,
      DoubleSupplier lag) {}

  /** Shows how a mesh of the federation is heard of. */
  void watch(MeshId mesh, Watched of) {
    if (!watched.add(mesh)) {
      return;
    }
    var heartbeats = of.heartbeats();
    gauge("meshbridge.heartbeat.age", mesh, () -> seconds(heartbeats.age(mesh)), "seconds");
    gauge("meshbridge.clock.skew", mesh, () -> seconds(heartbeats.skew(mesh)), "seconds");
    gauge(
        "meshbridge.source.interrupted", mesh, () -> heartbeats.isInterrupted(mesh) ? 1 : 0, null);
    gauge("meshbridge.exports", mesh, of.exports(), null);
    gauge("meshbridge.exports.held", mesh, of.held(), null);
    gauge("meshbridge.log.lag", mesh, of.lag(), null);
    for (ImportState state : ImportState.values()) {
      Gauge.builder("meshbridge.imports", of.board(), all -> all.count(mesh, state))
          .description("Imports by state")
          .tag("target", mesh.value())
          .tag("state", state.word())
          .register(registry);
    }
    for (Loss.Outcome kind : Loss.Outcome.values()) {
      Gauge.builder("meshbridge.losses", of.board(), all -> all.count(mesh, kind))
          .description("Losses of imports as they stand, by kind")
          .tag("target", mesh.value())
          .tag("kind", kind.word())
          .register(registry);
    }
  }

  /** Shows what this process is to a mesh that it serves. */
  void watchServed(
      MeshId mesh,
      DoubleSupplier leads,
      DoubleSupplier backlog,
      Supplier<Optional<Duration>> sinceHeard) {
    gauge("meshbridge.leader", mesh, leads, null);
    gauge("meshbridge.import.backlog", mesh, backlog, null);
    gauge(
        "meshbridge.source.age",
        mesh,
        () -> sinceHeard.get().map(BridgeMetrics::seconds).orElse(-1.0),
        "seconds");
    for (Fence by : Fence.values()) {
      // From the beginning: a rate needs a zero to begin with.
      fences(mesh, by);
    }
  }

  /** Shows whether the log is within reach. */
  void watchLog(DoubleSupplier connected, DoubleSupplier caughtUp) {
    Gauge.builder("meshbridge.log.connected", connected::getAsDouble).register(registry);
    Gauge.builder("meshbridge.log.caughtup", caughtUp::getAsDouble).register(registry);
  }

  private Counter fences(MeshId mesh, Fence by) {
    return registry.counter(
        "meshbridge.fenced", "mesh", mesh.value(), "by", by.name().toLowerCase(Locale.ROOT));
  }

  private void gauge(
      String name,
      MeshId mesh,
      DoubleSupplier value,
      @org.jspecify.annotations.Nullable String unit) {
    Gauge.builder(name, value::getAsDouble)
        .tag("mesh", mesh.value())
        .baseUnit(unit)
        .register(registry);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
