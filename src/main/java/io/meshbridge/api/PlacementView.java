package io.meshbridge.api;

import io.meshbridge.status.Placement;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where a part of a policy is enforced, as REST tells it. */
@Schema(name = "Placement", description = "The one hop on which a part of a policy is enforced.")
record PlacementView(
    @Schema(description = "The part of the policy.", examples = "traffic.http[0]") String part,
    @Schema(
            description = "Where.",
            enumeration = {"client", "boundary", "origin"})
        String hop,
    @Schema(description = "Why there.") String reason) {

  static PlacementView of(Placement placement) {
    return new PlacementView(placement.part(), placement.hop().word(), placement.reason());
  }
}
