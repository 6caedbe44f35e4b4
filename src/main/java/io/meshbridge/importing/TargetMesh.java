package io.meshbridge.importing;

import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.NameSyntax;

/**
 * The mesh that imports, as far as deciding needs to know it.
 *
 * @param mesh as configured
 * @param nameSyntax what names it can hold
 * @param nameTemplate how imports are named there, see {@link Names#render}
 */
public record TargetMesh(MeshDescriptor mesh, NameSyntax nameSyntax, String nameTemplate) {
  /** Its id. */
  public MeshId id() {
    return mesh.id();
  }
}
