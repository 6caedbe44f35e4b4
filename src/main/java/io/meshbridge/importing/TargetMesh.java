package io.meshbridge.importing;

import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.NameSyntax;
import io.meshbridge.model.ServiceKey;

/**
 * The mesh that imports, as far as deciding needs to know it.
 *
 * @param mesh as configured
 * @param nameSyntax what names it can hold
 * @param nameTemplate how imports are named there, see {@link Names#render}
 * @param gateways whether it takes others' ingress gateways, which open it to the outside
 * @param rules which services it takes at all
 */
public record TargetMesh(
    MeshDescriptor mesh,
    NameSyntax nameSyntax,
    String nameTemplate,
    boolean gateways,
    ImportRules rules) {
  /** A mesh that takes every service, and is open only where its own owners say so. */
  public TargetMesh(MeshDescriptor mesh, NameSyntax nameSyntax, String nameTemplate) {
    this(mesh, nameSyntax, nameTemplate, false, ImportRules.ALL);
  }

  /** The namespace in which an import stands by its name: as the rules say, else as at home. */
  String namespaceFor(ServiceKey service) {
    return rules.namespaceOf(service).orElse(service.namespace());
  }

  /** Its id. */
  public MeshId id() {
    return mesh.id();
  }
}
