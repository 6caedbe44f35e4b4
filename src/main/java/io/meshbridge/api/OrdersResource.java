package io.meshbridge.api;

import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What operators want of the bridges. */
@Path("/api/v1/orders")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "orders", description = "What operators want of the bridges; for operators only.")
@APIResponse(
    responseCode = "400",
    description = "The request cannot be used; all that is wrong with it is named.",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(
    responseCode = "401",
    description = "A credential is needed, or the one that was shown is wrong.",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(
    responseCode = "403",
    description = "The caller is no operator, or this bridge knows no credentials.",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(
    responseCode = "502",
    description = "The bridge's Kafka user lacks the right to write orders and trail.",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(
    responseCode = "503",
    description = "This process serves no federation (yet), or the log is out of reach.",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class OrdersResource {
  private final DoorOrders orders;

  OrdersResource(DoorOrders orders) {
    this.orders = orders;
  }

  /** The orders that stand. */
  @Schema(name = "OrderList")
  record Orders(@Schema(description = "The oldest first.") List<OrderView> items) {}

  /** The orders that stand. */
  @GET
  @Operation(operationId = "listOrders", summary = "The orders that stand.")
  @APIResponse(
      responseCode = "200",
      description = "All of them.",
      content = @Content(schema = @Schema(implementation = Orders.class)))
  public Orders list(@Context UriInfo uri) throws Exception {
    new Query(uri.getQueryParameters(), Set.of()).check();
    return new Orders(orders.standing());
  }

  /** Keeps the imports of a mesh, or one of them, as they stand. */
  @POST
  @Path("pauses")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "pause",
      summary = "Keep the imports of a mesh, or one of them, as they stand.")
  @RequestBody(
      required = true,
      content = @Content(schema = @Schema(implementation = OrderBody.Pause.class)))
  @APIResponse(
      responseCode = "200",
      description = "It stands.",
      content = @Content(schema = @Schema(implementation = OrderView.class)))
  public OrderView pause(InputStream body, @Context RoutingContext routing) throws Exception {
    return orders.pause(DoorFilter.caller(routing), OrderBody.pause(body));
  }

  /** Lets paused imports follow their services again. */
  @DELETE
  @Path("pauses")
  @Operation(
      operationId = "resume",
      summary = "Let paused imports follow their services again: exactly one pause is lifted.")
  @Parameter(name = "target", in = ParameterIn.QUERY, description = "The mesh that imports.")
  @Parameter(
      name = "service",
      in = ParameterIn.QUERY,
      description = "A single import, as MESH/NAMESPACE/NAME; the pause of all if not given.")
  @Parameter(name = "why", in = ParameterIn.QUERY, description = "The reason; may be left out.")
  @APIResponse(
      responseCode = "200",
      description = "It is lifted.",
      content = @Content(schema = @Schema(implementation = OrderView.class)))
  @APIResponse(
      responseCode = "404",
      description = "No such pause stands.",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public OrderView resume(@Context UriInfo uri, @Context RoutingContext routing) throws Exception {
    var query = new Query(uri.getQueryParameters(), Set.of("target", "service", "why"));
    var target = query.mesh("target");
    var service = query.service("service");
    var why = query.text("why");
    query.check();
    return orders.resume(
        DoorFilter.caller(routing), new OrderForm("", target.orElse(""), service, why.orElse("")));
  }

  /** Says that services which the guard holds shall go. */
  @POST
  @Path("confirmations")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "confirm", summary = "Say that services which the guard holds shall go.")
  @RequestBody(
      required = true,
      content = @Content(schema = @Schema(implementation = OrderBody.Confirmation.class)))
  @APIResponse(
      responseCode = "200",
      description = "It stands.",
      content = @Content(schema = @Schema(implementation = OrderView.class)))
  public OrderView confirm(InputStream body, @Context RoutingContext routing) throws Exception {
    return orders.confirm(DoorFilter.caller(routing), OrderBody.confirmation(body));
  }
}
