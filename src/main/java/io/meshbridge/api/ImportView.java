package io.meshbridge.api;

import io.meshbridge.status.ImportStatus;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An import, as REST tells it. */
@Schema(name = "Import", description = "What became of one service in one target mesh.")
record ImportView(
    ServiceRef service,
    @Schema(description = "The importing mesh.", examples = "west") String target,
    @Schema(description = "What clients in the target call; empty if it has no name there yet.")
        String name,
    @Schema(
            description = "Where it stands.",
            enumeration = {
              "Pending",
              "Applied",
              "Degraded",
              "Conflict",
              "Refused",
              "Held",
              "Stale",
              "Paused",
              "Observed"
            })
        String state,
    @Schema(description = "When it came to this state.", format = "date-time") String since,
    @Schema(
            description =
                "Milliseconds from the observation of its last change at the origin to its"
                    + " application in the target; -1 if no change was applied yet.")
        long latencyMs,
    @Schema(description = "Why it is in this state; empty where the state says all.") String reason,
    @Schema(description = "On which hop each part of the service's policy is enforced.")
        List<PlacementView> placements,
    @Schema(description = "What the model, the plan and the target's words could not say.")
        List<LossView> losses) {

  static ImportView of(ImportStatus status) {
    return new ImportView(
        ServiceRef.of(status.service()),
        status.target().value(),
        status.name(),
        status.state().word(),
        status.since().toString(),
        status.latencyMs(),
        status.reason(),
        status.placements().stream().map(PlacementView::of).toList(),
        status.losses().stream().map(LossView::of).toList());
  }
}
