package io.meshbridge.api;

import io.meshbridge.model.Loss;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a translation could not say, as REST tells it. */
@Schema(name = "Loss", description = "A field that the target's words could not say.")
record LossView(
    @Schema(description = "The file, or the live object, in which the field stands.") String file,
    @Schema(description = "The line in that file; 0 if there is none.") int line,
    @Schema(description = "The field.", examples = "spec.ports[0].protocol") String path,
    @Schema(
            description = "What became of it.",
            enumeration = {"approximated", "dropped", "refused"})
        String outcome,
    @Schema(description = "Why.") String reason,
    @Schema(description = "What its owner can do; empty if nothing.") String advice) {

  static LossView of(Loss loss) {
    return new LossView(
        loss.location().file(),
        loss.location().line(),
        loss.path(),
        loss.outcome().word(),
        loss.reason(),
        loss.advice());
  }
}
