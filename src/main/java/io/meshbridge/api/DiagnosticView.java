package io.meshbridge.api;

import io.meshbridge.model.Diagnostic;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A fault in somebody's documents, as REST tells it. */
@Schema(name = "Diagnostic", description = "A fault in the documents.")
record DiagnosticView(
    @Schema(description = "The document's name.", examples = "web.yaml") String file,
    @Schema(description = "The line in it; 0 if there is none.") int line,
    @Schema(description = "The field; empty for the document as a whole.") String path,
    @Schema(
            description = "Whether it could be read all the same.",
            enumeration = {"warning", "error"})
        String severity,
    @Schema(description = "What is wrong, and what to do.") String message) {

  static DiagnosticView of(Diagnostic diagnostic) {
    return new DiagnosticView(
        diagnostic.location().file(),
        diagnostic.location().line(),
        diagnostic.path(),
        diagnostic.severity().name().toLowerCase(Locale.ROOT),
        diagnostic.message());
  }
}
