package io.meshbridge.api;

import io.meshbridge.log.Heartbeat.SourceState;
import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Export;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.ServicePort;
import io.meshbridge.status.ImportState;
import io.meshbridge.status.ImportStatus;
import io.meshbridge.status.MeshStatus;
import io.meshbridge.status.ServiceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builders of what the federation shows. */
final class Statuses {
  static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  private Statuses() {}

  static ServiceKey key(String mesh, String namespace, String name) {
    return new ServiceKey(new MeshId(mesh), namespace, name);
  }

  static ImportStatus imported(String target, ServiceKey service, ImportState state) {
    return new ImportStatus(
        new MeshId(target),
        service,
        service.name() + "-" + service.mesh(),
        state,
        NOON,
        42,
        state == ImportState.CONFLICT ? "taken" : "",
        List.of());
  }

  static ImportStatus withLoss(ImportStatus status) {
    var loss =
        new Loss(
            new Location("Service shop/web", 3),
            "spec.ports[0].protocol",
            Loss.Outcome.DROPPED,
            "no such protocol there",
            "use TCP");
    return new ImportStatus(
        status.target(),
        status.service(),
        status.name(),
        status.state(),
        status.since(),
        status.latencyMs(),
        status.reason(),
        List.of(loss));
  }

  static ServiceStatus service(ServiceKey key) {
    var export =
        new Export(
            key,
            List.of(new ServicePort("http", 80, AppProtocol.HTTP)),
            new TreeMap<>(),
            List.of(key.name() + ".internal"),
            NOON,
            FederationPath.startingAt(key.mesh()),
            AccessPolicy.OPEN);
    return new ServiceStatus(export, 3, 2, NOON, "");
  }

  static MeshStatus mesh(String id) {
    return new MeshStatus(
        new MeshId(id),
        "istio",
        "1.30",
        "east.example",
        1,
        true,
        MeshStatus.Role.LEADER,
        SourceState.LIVE,
        "",
        Duration.ofSeconds(2),
        7,
        new TreeMap<>(Map.of(ImportState.APPLIED, 3)));
  }
}
