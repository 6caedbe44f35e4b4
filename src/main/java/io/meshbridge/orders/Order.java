package io.meshbridge.orders;

import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import java.util.Optional;

/** What an operator wants of the bridges. */
public sealed interface Order {
  /** It is right that services of a mesh go, although they are many. */
  record Confirm(MeshId origin, Optional<MeshId> target) implements Order {
    /** Everywhere if no target is given. */
    public Confirm {}
  }

  /**
   * Imports stay in a mesh as they stand, whatever becomes of the services.
   *
   * @param service a single one; all if not given
   */
  record Pause(MeshId target, Optional<ServiceKey> service) implements Order {}

  /** A mesh withdraws its exports and drops its imports, and keeps it so. */
  record Leave(MeshId mesh) implements Order {}
}
