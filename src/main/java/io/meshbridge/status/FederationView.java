package io.meshbridge.status;

import java.util.List;

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

  /** Whether the log has been read up to where it stood when this process began. */
  boolean caughtUp();
}
