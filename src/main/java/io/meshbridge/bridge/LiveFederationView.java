package io.meshbridge.bridge;

import io.meshbridge.catalog.Catalog;
import io.meshbridge.catalog.ServiceState;
import io.meshbridge.catalog.Standing.Present;
import io.meshbridge.log.Heartbeat;
import io.meshbridge.log.Heartbeat.SourceState;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.status.FederationView;
import io.meshbridge.status.ImportState;
import io.meshbridge.status.ImportStatus;
import io.meshbridge.status.MeshStatus;
import io.meshbridge.status.MeshStatus.Role;
import io.meshbridge.status.ServiceStatus;
import io.meshbridge.status.StatusBoard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What one running bridge knows of its federation. */
final class LiveFederationView implements FederationView {
  private final Supplier<Catalog> catalog;
  private final StatusBoard board;
  private final HeartbeatWatch heartbeats;
  private final Map<MeshId, MeshDescriptor> configured;
  private final Supplier<List<ServedMesh>> served;
  private final BooleanSupplier caughtUp;

  LiveFederationView(
      Supplier<Catalog> catalog,
      StatusBoard board,
      HeartbeatWatch heartbeats,
      Map<MeshId, MeshDescriptor> configured,
      Supplier<List<ServedMesh>> served,
      BooleanSupplier caughtUp) {
    this.catalog = catalog;
    this.board = board;
    this.heartbeats = heartbeats;
    this.configured = Map.copyOf(configured);
    this.served = served;
    this.caughtUp = caughtUp;
  }

  @Override
  public List<MeshStatus> meshes() {
    var now = catalog.get();
    var ids = new TreeSet<>(now.meshIds());
    ids.addAll(configured.keySet());
    return ids.stream().map(id -> mesh(id, now)).toList();
  }

  @Override
  public List<ServiceStatus> services() {
    var now = catalog.get();
    var services = new ArrayList<ServiceStatus>();
    var silent = heartbeats.silent(now);
    var faults = faults();
    for (MeshId mesh : now.meshIds()) {
      for (ServiceKey service : new TreeSet<>(now.services(mesh))) {
        if (now.standing(service) instanceof Present(var state)) {
          services.add(status(service, state, silent, faults));
        }
      }
    }
    return services;
  }

  @Override
  public Optional<ServiceStatus> service(ServiceKey key) {
    var now = catalog.get();
    return now.standing(key) instanceof Present(var state)
        ? Optional.of(status(key, state, heartbeats.silent(now), faults()))
        : Optional.empty();
  }

  @Override
  public Optional<ImportStatus> imported(MeshId target, ServiceKey service) {
    return board.find(target, service);
  }

  @Override
  public List<ImportStatus> imports() {
    return board.imports();
  }

  @Override
  public boolean caughtUp() {
    return caughtUp.getAsBoolean();
  }

  private static ServiceStatus status(
      ServiceKey service,
      ServiceState state,
      Map<MeshId, String> silent,
      Map<ServiceKey, String> faults) {
    var reason =
        faults.getOrDefault(
            service,
            state.staleReason().isEmpty()
                ? silent.getOrDefault(service.mesh(), "")
                : state.staleReason());
    var endpoints = state.endpoints().endpoints();
    int taking = (int) endpoints.stream().filter(one -> one.health().takesTraffic()).count();
    return new ServiceStatus(state.export(), endpoints.size(), taking, state.observedAt(), reason);
  }

  private MeshStatus mesh(MeshId id, Catalog now) {
    var descriptor =
        now.descriptor(id)
            .or(() -> Optional.ofNullable(configured.get(id)))
            .orElseGet(() -> new MeshDescriptor(id, "unknown", "", "", ""));
    var imports = new TreeMap<ImportState, Integer>();
    board.imports(id).forEach(status -> imports.merge(status.state(), 1, Integer::sum));
    var fold = now.mesh(id).fold();
    return new MeshStatus(
        id,
        descriptor.kind(),
        descriptor.version(),
        descriptor.trustDomain(),
        fold.trust().map(bundle -> bundle.roots().size()).orElse(0),
        now.member(id).isPresent(),
        role(id),
        fold.heartbeat().map(Heartbeat::source).orElse(SourceState.STARTING),
        reason(id, now),
        heartbeats.age(id),
        fold.exported().size(),
        imports);
  }

  private Role role(MeshId id) {
    for (ServedMesh mesh : served.get()) {
      if (mesh.id().equals(id)) {
        return mesh.leads() ? Role.LEADER : Role.STANDBY;
      }
    }
    return Role.OBSERVER;
  }

  private String reason(MeshId id, Catalog now) {
    if (now.member(id).isEmpty()) {
      return "no member of the federation";
    }
    var silence = heartbeats.silent(now).getOrDefault(id, "");
    if (!silence.isEmpty()) {
      return silence;
    }
    var own = new TreeMap<ServiceKey, String>();
    faults()
        .forEach(
            (service, reason) -> {
              if (service.mesh().equals(id)) {
                own.put(service, reason);
              }
            });
    return own.isEmpty()
        ? ""
        : own.size()
            + " services cannot be exported as they are, among them "
            + own.firstKey()
            + ": "
            + own.firstEntry().getValue();
  }

  private Map<ServiceKey, String> faults() {
    var all = new TreeMap<ServiceKey, String>();
    served.get().forEach(mesh -> all.putAll(mesh.faults()));
    return all;
  }
}
