package io.meshbridge.api;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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

/** What became of each field of an import. */
@Path("/api/v1/meshes/{mesh}/imports")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "federation")
@APIResponse(
    responseCode = "503",
    description = "This process serves no federation (yet).",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class ExplanationResource {
  private final ServedFederation federation;
  private final Errands errands;

  ExplanationResource(ServedFederation federation, Errands errands) {
    this.federation = federation;
    this.errands = errands;
  }

  /** What became of one service in one mesh, field by field. */
  @GET
  @Path("{origin}/{namespace}/{name}/explanation")
  @Operation(
      operationId = "explainImport",
      summary = "What became of each field of a service in a mesh that imports it.")
  @Parameter(name = "mesh", in = ParameterIn.PATH, description = "The importing mesh.")
  @Parameter(name = "origin", in = ParameterIn.PATH, description = "The mesh that offers it.")
  @Parameter(name = "namespace", in = ParameterIn.PATH, description = "Its namespace there.")
  @Parameter(name = "name", in = ParameterIn.PATH, description = "Its name there.")
  @APIResponse(
      responseCode = "200",
      description = "What is known of it: objects and fields, no files and lines.",
      content = @Content(schema = @Schema(implementation = ExplanationView.class)))
  @APIResponse(
      responseCode = "404",
      description = "The mesh imports no such service.",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public ExplanationView explanation(
      @PathParam("mesh") String mesh,
      @PathParam("origin") String origin,
      @PathParam("namespace") String namespace,
      @PathParam("name") String name,
      @Context UriInfo uri)
      throws Exception {
    new Query(uri.getQueryParameters(), Set.of()).check();
    var view = federation.view();
    return errands.run(
        () -> Listing.explanation(view, mesh, new ServiceRef(origin, namespace, name)));
  }
}
