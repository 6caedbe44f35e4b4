package io.meshbridge.api;

import io.meshbridge.translation.TranslationRequest;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What somebody wants translated, as REST takes it. */
@Schema(name = "TranslateBody", description = "Documents, and what to translate them to.")
record TranslateBody(
    @Schema(description = "The make of mesh that the documents are of.", examples = "istio")
        String from,
    @Schema(description = "The make of mesh to translate to.", examples = "consul") String to,
    @Schema(description = "What to translate, all together.") List<Text> documents,
    @Schema(description = "The finer points; may be left out.") Options options) {

  /** What is expected where there are none. */
  static final String SOME_DOCUMENTS = "a list of at least one {name, text}";

  /** One file. */
  @Schema(name = "DocumentText")
  record Text(
      @Schema(description = "What losses call it; '-' if left out.", examples = "web.yaml")
          String name,
      @Schema(description = "YAML or JSON documents, one or several.") String text) {}

  /** What mostly needs no word. */
  @Schema(name = "TranslateOptions")
  record Options(
      @Schema(description = "The id of the mesh that the documents belong to; that of `from`.")
          String mesh,
      @Schema(description = "The id of the mesh to translate to; that of `to`.") String targetMesh,
      @Schema(description = "Where imports are put; the target's own choice.") String namespace,
      @Schema(description = "The federation in the marks of ownership; 'offline'.")
          String federation,
      @Schema(
              description = "The version of the target's control plane; the newest that is known.",
              examples = "1.8.7")
          String targetVersion) {}

  TranslationRequest request() {
    return new TranslationRequest(
        from,
        to,
        options.mesh(),
        options.targetMesh(),
        options.namespace(),
        options.federation(),
        options.targetVersion());
  }
}
