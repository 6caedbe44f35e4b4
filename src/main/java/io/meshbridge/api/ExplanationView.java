package io.meshbridge.api;

import io.meshbridge.model.Export;
import io.meshbridge.model.Location;
import io.meshbridge.model.OwnersWords;
import io.meshbridge.status.ImportState;
import io.meshbridge.status.ImportStatus;
import io.meshbridge.translation.FieldFates;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of a service in a target, field by field, as REST tells it. */
@Schema(
    name = "Explanation",
    description = "What became of one service in one target mesh, field by field.")
record ExplanationView(
    ServiceRef service,
    @Schema(description = "The importing mesh.", examples = "west") String target,
    @Schema(description = "What clients in the target call; empty if it has no name there yet.")
        String name,
    @Schema(description = "Where the import stands.", examples = "Applied") String state,
    @Schema(description = "Why it is in this state; empty where the state says all.") String reason,
    @Schema(description = "On which hop each part of its policy is enforced.")
        List<PlacementView> placements,
    @Schema(
            description =
                "What every service has (its name, ports and endpoints), the fields of its policy"
                    + " that its mesh has read, and all fields of which something was lost.")
        List<FieldFateView> fields) {

  /**
   * @param export the service as its mesh offers it now; empty if it no longer does
   */
  static ExplanationView of(ImportStatus status, Optional<Export> export) {
    var declared = Location.of(status.service().toString());
    var found = new FieldFates(field -> Location.of(field.object()), whyNotWritten(status));
    var fates =
        export
            .map(now -> found.of(declared, now.ports(), now.ownersWords(), status.losses()))
            .orElseGet(() -> found.of(OwnersWords.NONE, status.losses()));
    return new ExplanationView(
        ServiceRef.of(status.service()),
        status.target().value(),
        status.name(),
        status.state().word(),
        status.reason(),
        status.placements().stream().map(PlacementView::of).toList(),
        fates.stream().map(FieldFateView::of).toList());
  }

  private static String whyNotWritten(ImportStatus status) {
    return switch (status.state()) {
      // What is only observed is told as it would be.
      case APPLIED, DEGRADED, STALE, HELD, OBSERVED -> "";
      // What is paused may stand, or not have come yet.
      case PAUSED -> status.name().isEmpty() ? notThere(status.state(), status.reason()) : "";
      case PENDING, CONFLICT, REFUSED -> notThere(status.state(), status.reason());
    };
  }

  private static String notThere(ImportState state, String reason) {
    return "the import is " + state.word() + (reason.isEmpty() ? "" : ": " + reason);
  }
}
