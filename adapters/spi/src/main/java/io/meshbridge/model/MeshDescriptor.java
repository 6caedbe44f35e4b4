package io.meshbridge.model;

/**
 * What a mesh says of itself.
 *
 * @param id its name in the federation
 * @param kind its make: the {@code kind} of the adapter that speaks for it, such as {@code istio}
 * @param version the version of its control plane; empty if not known
 * @param trustDomain the SPIFFE trust domain of its identities; empty if it has none
 * @param network the network on which its endpoints' addresses are reachable; empty if not given
 */
public record MeshDescriptor(
    MeshId id, String kind, String version, String trustDomain, String network) {
  /**
   * @throws IllegalArgumentException if the kind is blank
   */
  public MeshDescriptor {
    Checks.requireText("the kind of mesh " + id, kind, 63);
  }
}
