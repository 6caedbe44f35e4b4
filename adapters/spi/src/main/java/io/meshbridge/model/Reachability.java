package io.meshbridge.model;

/** How the endpoints of a service can be reached at all. */
public enum Reachability {
  /** By anyone who reaches the address. */
  PLAIN,
  /** Only with an identity of the origin mesh: behind mesh mTLS, a Connect proxy, or intentions. */
  MESH_IDENTITY_REQUIRED
}
