package io.meshbridge.api;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What came of a translation, as REST tells it. */
@Schema(name = "Translation", description = "What came of a translation.")
record TranslationView(
    Written documents,
    @Schema(description = "How many services were translated.") int services,
    @Schema(description = "What the target's words could not say.") List<LossView> losses,
    @Schema(description = "What is wrong with the documents that were sent.")
        List<DiagnosticView> diagnostics) {

  /** The target's documents. */
  @Schema(name = "TranslatedDocuments", description = "The target's documents.")
  record Written(
      @Schema(
              description = "How they are written.",
              enumeration = {"yaml", "json"})
          String format,
      @Schema(description = "How many there are.") int count,
      @Schema(description = "All of them: YAML separated by ---, JSON one after the other.")
          String text) {}
}
