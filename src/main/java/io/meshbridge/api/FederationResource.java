package io.meshbridge.api;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The federation, read only. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "federation", description = "What meshes offer, and what became of it elsewhere.")
@APIResponse(
    responseCode = "400",
    description = "Parameters are wrong; all that are wrong are named.",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(
    responseCode = "503",
    description = "This process serves no federation (yet).",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class FederationResource {
  private static final String LIMIT_TEXT = "At most so many items: 1 to 1000, 100 if not given.";
  private static final String PAGE_TEXT = "The `next` of the answer before.";

  private final ServedFederation federation;

  FederationResource(ServedFederation federation) {
    this.federation = federation;
  }

  /** All meshes: members, and those that this process serves. */
  @GET
  @Path("meshes")
  @Operation(operationId = "listMeshes", summary = "All meshes of the federation.")
  @APIResponse(
      responseCode = "200",
      description = "All meshes, sorted by id.",
      content = @Content(schema = @Schema(implementation = Pages.Meshes.class)))
  public Pages.Meshes meshes(@Context UriInfo uri) {
    new Query(uri.getQueryParameters(), Set.of()).check();
    return new Pages.Meshes(federation.view().meshes().stream().map(MeshView::of).toList());
  }

  /** All services that any mesh offers. */
  @GET
  @Path("services")
  @Operation(operationId = "listServices", summary = "The services that the meshes offer.")
  @Parameter(name = "mesh", in = ParameterIn.QUERY, description = "Only those of this mesh.")
  @Parameter(
      name = "namespace",
      in = ParameterIn.QUERY,
      description = "Only those of this namespace.")
  @Parameter(name = "name", in = ParameterIn.QUERY, description = "Only those of this name.")
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      description = LIMIT_TEXT,
      schema = @Schema(implementation = Integer.class, minimum = "1", maximum = "1000"))
  @Parameter(name = "page", in = ParameterIn.QUERY, description = PAGE_TEXT)
  @APIResponse(
      responseCode = "200",
      description = "Some services, sorted by mesh, namespace, name.",
      content = @Content(schema = @Schema(implementation = Pages.Services.class)))
  public Pages.Services services(@Context UriInfo uri) {
    return Listing.services(federation.view(), uri.getQueryParameters());
  }

  /** All imports, also those of meshes that other processes speak for. */
  @GET
  @Path("imports")
  @Operation(
      operationId = "listImports",
      summary = "What became of each service in each other mesh.")
  @Parameter(name = "mesh", in = ParameterIn.QUERY, description = "Only those into this mesh.")
  @Parameter(name = "origin", in = ParameterIn.QUERY, description = "Only those from this mesh.")
  @Parameter(
      name = "state",
      in = ParameterIn.QUERY,
      description = "Only those in this state.",
      schema =
          @Schema(
              implementation = String.class,
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
              }))
  @Parameter(
      name = "namespace",
      in = ParameterIn.QUERY,
      description = "Only those of this namespace at their origin.")
  @Parameter(
      name = "name",
      in = ParameterIn.QUERY,
      description = "Only those of this name at their origin.")
  @Parameter(
      name = "limit",
      in = ParameterIn.QUERY,
      description = LIMIT_TEXT,
      schema = @Schema(implementation = Integer.class, minimum = "1", maximum = "1000"))
  @Parameter(name = "page", in = ParameterIn.QUERY, description = PAGE_TEXT)
  @APIResponse(
      responseCode = "200",
      description = "Some imports, sorted by target, then by the service's mesh, namespace, name.",
      content = @Content(schema = @Schema(implementation = Pages.Imports.class)))
  public Pages.Imports imports(@Context UriInfo uri) {
    return Listing.imports(federation.view(), uri.getQueryParameters());
  }
}
