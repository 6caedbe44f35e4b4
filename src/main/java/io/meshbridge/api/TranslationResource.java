package io.meshbridge.api;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Translates documents, as the command does. Contacts nobody and changes nothing. */
@Path("/api/v1/translate")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "translation", description = "Documents of one make of mesh as those of another.")
public final class TranslationResource {
  private final Translations translations;
  private final Errands errands;

  TranslationResource(Translations translations, Errands errands) {
    this.translations = translations;
    this.errands = errands;
  }

  /** Documents of one make of mesh as those of another, and what they could not say. */
  @POST
  @Operation(
      operationId = "translate",
      summary = "Translate documents from one make of mesh to another.")
  @RequestBody(
      required = true,
      description = "At most 4 MiB.",
      content = @Content(schema = @Schema(implementation = TranslateBody.class)))
  @APIResponse(
      responseCode = "200",
      description =
          "What came of it; also if services were refused or documents could not be read, which"
              + " losses and diagnostics say.",
      content = @Content(schema = @Schema(implementation = TranslationView.class)))
  @APIResponse(
      responseCode = "400",
      description = "The body cannot be used; all that is wrong with it is named.",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @APIResponse(
      responseCode = "429",
      description = "Too many such requests just now.",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @APIResponse(
      responseCode = "413",
      description = "The body is too large.",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public TranslationView translate(InputStream body) throws Exception {
    var wanted = BodyReader.read(body);
    return errands.run(() -> translations.translate(wanted));
  }
}
