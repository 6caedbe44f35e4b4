package io.meshbridge.status;

import java.util.Locale;

/**
 * Where a part of a service's policy is enforced. It is enforced on one hop only: weights that are
 * applied twice are no longer those that were asked for.
 *
 * @param part such as {@code traffic.http[0]}
 * @param hop where
 * @param reason why there
 */
public record Placement(String part, Hop hop, String reason) {
  /** A place on the way of a request. */
  public enum Hop {
    /** The caller's own proxy, in the target mesh. */
    CLIENT,
    /** A gateway between the meshes. */
    BOUNDARY,
    /** The mesh that offers the service. */
    ORIGIN;

    /** As events and REST spell it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
