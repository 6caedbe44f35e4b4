package io.meshbridge.api;

import io.meshbridge.translation.FieldFate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of a field, as REST tells it. */
@Schema(name = "FieldFate", description = "What became of one field of a service in a target.")
record FieldFateView(
    @Schema(
            description = "The live object in which the field stands.",
            examples = "VirtualService shop/web")
        String object,
    @Schema(description = "The field.", examples = "spec.http[0].timeout") String path,
    @Schema(
            description = "What became of it.",
            enumeration = {"kept", "approximated", "dropped", "refused", "not written"})
        String outcome,
    @Schema(description = "Why; empty where the outcome says all.") String reason,
    @Schema(description = "What its owner can do; empty if nothing.") String advice) {

  static FieldFateView of(FieldFate fate) {
    var object = fate.field().object().isEmpty() ? fate.from().file() : fate.field().object();
    return new FieldFateView(
        object, fate.field().path(), fate.fate().word(), fate.reason(), fate.advice());
  }
}
