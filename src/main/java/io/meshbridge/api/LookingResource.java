package io.meshbridge.api;

import io.meshbridge.looking.BridgeChanges;
import io.meshbridge.looking.Diagnosis;
import io.meshbridge.looking.PlannedChanges;
import io.meshbridge.translation.DocumentFiles;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Looks into the meshes that this process serves, as the commands do. Changes nothing. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "looking", description = "What stands in the meshes themselves, read when asked.")
@APIResponse(
    responseCode = "429",
    description = "Another request reads the meshes just now.",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(
    responseCode = "503",
    description = "This process serves no federation (yet).",
    content =
        @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class LookingResource {
  private final ServedMeshes meshes;
  private final DocumentFiles files;
  private final Errands errands;

  LookingResource(ServedMeshes meshes, DocumentFiles files, Errands errands) {
    this.meshes = meshes;
    this.files = files;
    this.errands = errands;
  }

  /** What the bridge would change in a mesh. */
  @GET
  @Path("meshes/{mesh}/diff")
  @Operation(
      operationId = "diffMesh",
      summary = "What the bridge would change in a mesh, from what stands in all meshes now.")
  @Parameter(name = "mesh", in = ParameterIn.PATH, description = "The mesh.")
  @APIResponse(
      responseCode = "200",
      description = "What would change; nothing if everything is as it should be.",
      content = @Content(schema = @Schema(implementation = DiffView.class)))
  @APIResponse(
      responseCode = "404",
      description = "This process does not serve the mesh.",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @APIResponse(
      responseCode = "502",
      description = "The mesh cannot be read.",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public DiffView diff(@PathParam("mesh") String mesh, @Context UriInfo uri) throws Exception {
    new Query(uri.getQueryParameters(), Set.of()).check();
    PlannedChanges planned =
        errands.run(
            () -> meshes.look(all -> BridgeChanges.of(all, ServedMeshes.require(all, mesh))));
    return DiffView.of(
        mesh,
        planned,
        document ->
            new String(files.write(List.of(document), planned.format()), StandardCharsets.UTF_8));
  }

  /** Which traps stand in the configuration and in the meshes. */
  @GET
  @Path("doctor")
  @Operation(
      operationId = "doctor",
      summary = "The traps that stand in the configuration and in the meshes now.")
  @APIResponse(
      responseCode = "200",
      description = "What was found.",
      content = @Content(schema = @Schema(implementation = DiagnosisView.class)))
  public DiagnosisView doctor(@Context UriInfo uri) throws Exception {
    new Query(uri.getQueryParameters(), Set.of()).check();
    return DiagnosisView.of(errands.run(() -> meshes.look(Diagnosis::of)));
  }
}
