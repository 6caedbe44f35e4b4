package io.meshbridge.bridge;

import io.meshbridge.importing.ImportMetrics;
import io.meshbridge.log.LogMetrics;
import io.meshbridge.model.MeshId;
import io.meshbridge.status.ImportState;
import io.meshbridge.status.StatusBoard;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

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

  /** Shows how a mesh of the federation is heard of. */
  void watch(
      MeshId mesh,
      HeartbeatWatch heartbeats,
      StatusBoard board,
      DoubleSupplier exports,
      DoubleSupplier held) {
    if (!watched.add(mesh)) {
      return;
    }
    gauge("meshbridge.heartbeat.age", mesh, () -> seconds(heartbeats.age(mesh)), "seconds");
    gauge("meshbridge.clock.skew", mesh, () -> seconds(heartbeats.skew(mesh)), "seconds");
    gauge("meshbridge.exports", mesh, exports, null);
    gauge("meshbridge.exports.held", mesh, held, null);
    for (ImportState state : ImportState.values()) {
      Gauge.builder(
              "meshbridge.imports",
              board,
              all -> all.imports(mesh).stream().filter(status -> status.state() == state).count())
          .description("Imports by state")
          .tag("target", mesh.value())
          .tag("state", state.word())
          .register(registry);
    }
  }

  /** Shows what this process is to a mesh that it serves. */
  void watchServed(MeshId mesh, DoubleSupplier leads, DoubleSupplier backlog) {
    gauge("meshbridge.leader", mesh, leads, null);
    gauge("meshbridge.import.backlog", mesh, backlog, null);
  }

  /** Shows whether the log is within reach. */
  void watchLog(DoubleSupplier connected, DoubleSupplier caughtUp) {
    Gauge.builder("meshbridge.log.connected", connected::getAsDouble).register(registry);
    Gauge.builder("meshbridge.log.caughtup", caughtUp::getAsDouble).register(registry);
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
