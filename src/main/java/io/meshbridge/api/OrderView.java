package io.meshbridge.api;

import io.meshbridge.model.MeshId;
import io.meshbridge.orders.Order;
import io.meshbridge.orders.SignedOrder;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An order, as REST tells it. */
@Schema(name = "Order", description = "What an operator wants of the bridges.")
record OrderView(
    @Schema(
            description = "What is wanted.",
            enumeration = {"pause", "confirm", "leave"})
        String order,
    @Schema(description = "The mesh whose services it is about; empty for all.") String origin,
    @Schema(description = "The mesh whose imports it is about; empty for all.") String target,
    @Schema(description = "A single service; null for all.") @Nullable ServiceRef service,
    @Schema(description = "Who gave it.", examples = "operator (token)") String by,
    @Schema(description = "Why, in that person's words.") String why,
    @Schema(description = "When.", format = "date-time") String at) {

  static OrderView of(SignedOrder signed) {
    return switch (signed.order()) {
      case Order.Confirm(var origin, var target) ->
          of(signed, "confirm", origin.value(), target.map(MeshId::value).orElse(""), null);
      case Order.Pause(var target, var service) ->
          of(
              signed,
              "pause",
              service.map(one -> one.mesh().value()).orElse(""),
              target.value(),
              service.map(ServiceRef::of).orElse(null));
      case Order.Leave(var mesh) -> of(signed, "leave", mesh.value(), mesh.value(), null);
    };
  }

  private static OrderView of(
      SignedOrder signed,
      String order,
      String origin,
      String target,
      @Nullable ServiceRef service) {
    return new OrderView(
        order, origin, target, service, signed.by(), signed.why(), signed.at().toString());
  }
}
