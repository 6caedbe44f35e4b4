package io.meshbridge.model;

/**
 * Who may call a service. A reader that does not understand all of it must not apply the export.
 *
 * @param reachability how the service can be reached at all
 * @param reason why, in the words of its mesh; empty for {@link Reachability#PLAIN}
 */
public record AccessPolicy(Reachability reachability, String reason) {
  /** Anyone who reaches the address may call. */
  public static final AccessPolicy OPEN = new AccessPolicy(Reachability.PLAIN, "");

  /** Guarded by the origin mesh, for the given reason. */
  public static AccessPolicy meshIdentityRequired(String reason) {
    return new AccessPolicy(Reachability.MESH_IDENTITY_REQUIRED, reason);
  }
}
