package io.meshbridge.status;

import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;

/**
 * Hears what becomes different in a {@link FederationView}, which then tells the newest state. It
 * is called by whoever changes it and must only take note.
 */
public interface FederationListener {
  /** A service came, went, or is told otherwise than before. */
  void serviceChanged(ServiceKey service);

  /** An import came, went, or is told otherwise than before. */
  void importChanged(MeshId target, ServiceKey service);
}
