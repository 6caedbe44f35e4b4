package io.meshbridge.api;

import io.meshbridge.status.FederationView;
import io.meshbridge.status.ImportStatus;
import io.meshbridge.status.MeshStatus;
import io.meshbridge.status.ServiceStatus;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.List;

/** A federation whose state a test sets by hand. */
@Alternative
@Singleton
public final class FakeFederation implements FederationView {
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
    imports = List.copyOf(next);
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
  public boolean caughtUp() {
    return caughtUp;
  }
}
