package io.meshbridge.api;

import io.meshbridge.config.Adapters;
import io.meshbridge.model.Diagnostic;
import io.meshbridge.translation.DocumentFiles;
import io.meshbridge.translation.DocumentFiles.Read;
import io.meshbridge.translation.OfflineTranslation;
import io.meshbridge.translation.TranslationRequest;
import io.meshbridge.translation.TranslationResult;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
  private final Adapters adapters;
  private final DocumentFiles files;

  TranslationResource(Adapters adapters, DocumentFiles files) {
    this.adapters = adapters;
    this.files = files;
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
      responseCode = "413",
      description = "The body is too large.",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public TranslationView translate(InputStream body) throws IOException {
    var wanted = BodyReader.read(body);
    var translation = resolve(wanted.request());
    var read = Read.of(wanted.documents().stream().map(this::read).toList());
    var result = translation.translate(read.documents());
    var diagnostics = new ArrayList<>(read.diagnostics());
    diagnostics.addAll(result.diagnostics());
    return view(translation, result, diagnostics);
  }

  private OfflineTranslation resolve(TranslationRequest request) {
    var wrong = new ArrayList<TranslationRequest.Fault>();
    var makes = new TranslationRequest.Makes(adapters.kinds(), adapters::find);
    return request
        .resolve(makes, wrong)
        .orElseThrow(
            () ->
                new BadParameterException(
                    wrong.stream().map(TranslationResource::asParameter).toList()));
  }

  private static Problem.Fault asParameter(TranslationRequest.Fault fault) {
    return new Problem.Fault(
        String.join(",", fault.fields()), BodyReader.shown(fault.value()), fault.expected());
  }

  private Read read(TranslateBody.Text document) {
    var bytes = document.text().getBytes(StandardCharsets.UTF_8);
    return files.read(document.name(), new ByteArrayInputStream(bytes));
  }

  private TranslationView view(
      OfflineTranslation translation, TranslationResult result, List<Diagnostic> diagnostics) {
    var documents = result.documents();
    var text = new String(files.write(documents, translation.format()), StandardCharsets.UTF_8);
    return new TranslationView(
        new TranslationView.Written(
            translation.format().name().toLowerCase(Locale.ROOT), documents.size(), text),
        result.written(),
        result.losses().stream().map(LossView::of).toList(),
        diagnostics.stream().map(DiagnosticView::of).toList());
  }
}
