package io.meshbridge.status;

import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import java.util.List;
import java.util.Optional;

/** What this process knows of the federation, for those who only look. Answers from memory. */
public interface FederationView {
  /** All meshes: members, and those that this process serves. Sorted by id. */
  List<MeshStatus> meshes();

  /** All services that any mesh offers. Sorted by key. */
  List<ServiceStatus> services();

  /**
   * All imports, also those of meshes that other processes speak for. Sorted by target, service.
   */
  List<ImportStatus> imports();

  /** One service; empty if no mesh offers it. */
  Optional<ServiceStatus> service(ServiceKey key);

  /** One import; empty if the mesh imports no such service. */
  Optional<ImportStatus> imported(MeshId target, ServiceKey service);

  /** Whether the log has been read up to where it stood when this process began. */
  boolean caughtUp();
}
