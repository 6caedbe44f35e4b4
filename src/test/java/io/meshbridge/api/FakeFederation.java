package io.meshbridge.api;

import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.status.FederationFeed;
import io.meshbridge.status.FederationListener;
import io.meshbridge.status.FederationListeners;
import io.meshbridge.status.FederationView;
import io.meshbridge.status.ImportStatus;
import io.meshbridge.status.MeshStatus;
import io.meshbridge.status.ServiceStatus;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A federation whose state a test sets by hand. */
@Alternative
@Singleton
public final class FakeFederation implements FederationView, FederationFeed {
  private final FederationListeners listeners = new FederationListeners();
  private volatile List<MeshStatus> meshes = List.of();
  private volatile List<ServiceStatus> services = List.of();
  private volatile List<ImportStatus> imports = List.of();
  private volatile boolean caughtUp;

  void clear() {
    meshes = List.of();
    services = List.of();
    imports = List.of();
    caughtUp = false;
  }

  void meshes(List<MeshStatus> next) {
    meshes = List.copyOf(next);
  }

  void services(List<ServiceStatus> next) {
    services = List.copyOf(next);
  }

  void imports(List<ImportStatus> next) {
    var before = imports;
    imports = List.copyOf(next);
    // Once each: who hears of it twice may tell it twice.
    var changed = new LinkedHashSet<ImportKey>();
    Stream.concat(before.stream(), next.stream()).map(ImportKey::of).forEach(changed::add);
    changed.forEach(each -> listeners.importChanged(each.target(), each.service()));
  }

  private record ImportKey(MeshId target, ServiceKey service) {
    static ImportKey of(ImportStatus status) {
      return new ImportKey(status.target(), status.service());
    }
  }

  void caughtUp(boolean next) {
    caughtUp = next;
  }

  @Override
  public List<MeshStatus> meshes() {
    return meshes;
  }

  @Override
  public List<ServiceStatus> services() {
    return services;
  }

  @Override
  public List<ImportStatus> imports() {
    return imports;
  }

  @Override
  public Optional<ServiceStatus> service(ServiceKey key) {
    return services.stream().filter(each -> each.export().key().equals(key)).findFirst();
  }

  @Override
  public Optional<ImportStatus> imported(MeshId target, ServiceKey service) {
    return imports.stream()
        .filter(each -> each.target().equals(target) && each.service().equals(service))
        .findFirst();
  }

  @Override
  public void subscribe(FederationListener listener) {
    listeners.add(listener);
  }

  @Override
  public void unsubscribe(FederationListener listener) {
    listeners.remove(listener);
  }

  @Override
  public boolean caughtUp() {
    return caughtUp;
  }
}
