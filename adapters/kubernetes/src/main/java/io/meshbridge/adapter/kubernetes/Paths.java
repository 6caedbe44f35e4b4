package io.meshbridge.adapter.kubernetes;

import io.meshbridge.model.FederationPath;
import io.meshbridge.model.MeshId;
import java.util.Optional;

/** Lengthens the path of what a mesh offers. */
public final class Paths {
  private Paths() {}

  /**
   * The path after this mesh.
   *
   * @param imported the path so far; empty for a service that is at home here
   * @return empty if the service has been in this mesh before
   */
  public static Optional<FederationPath> after(String imported, MeshId mesh) {
    if (imported.isEmpty()) {
      return Optional.of(FederationPath.startingAt(mesh));
    }
    var path = FederationPath.parse(imported);
    return path.contains(mesh) ? Optional.empty() : Optional.of(path.then(mesh));
  }

  /** Why such an import is not offered. */
  public static String loopOf(String object, String imported) {
    return object + " is an import that has been in this mesh before: " + imported;
  }
}
