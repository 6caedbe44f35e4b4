package io.meshbridge.looking;

import io.meshbridge.model.MeshId;

/** A mesh does not tell what stands in it. */
public final class UnreadableMeshException extends Exception {
  /** With what was answered, and where to look. */
  UnreadableMeshException(MeshId mesh, Exception cause) {
    super(
        "mesh "
            + mesh
            + " cannot be read: "
            + cause.getMessage()
            + "; see the settings of meshbridge.meshes."
            + mesh,
        cause);
  }
}
