package io.meshbridge.api;

import io.meshbridge.looking.PlannedChanges;
import io.meshbridge.spi.NativeDocument;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What the bridge would change in a mesh, as REST tells it. */
@Schema(name = "Diff", description = "What the bridge would change in a mesh.")
record DiffView(
    @Schema(description = "The mesh.", examples = "dc1") String mesh,
    @Schema(description = "What would be changed; empty if everything is as it should be.")
        List<ChangeView> changes,
    @Schema(description = "How many objects are as they should be.") int unchanged,
    @Schema(description = "Whether all that was found in the meshes could be read.") boolean whole,
    @Schema(description = "Why some meshes could not be asked; what comes from them is left out.")
        List<String> unreached,
    @Schema(description = "What would be lost.") List<LossView> losses,
    @Schema(description = "What is wrong with what was found.") List<DiagnosticView> diagnostics) {
  /**
   * @param text how the mesh's documents are printed
   */
  static DiffView of(String mesh, PlannedChanges planned, Function<NativeDocument, String> text) {
    return new DiffView(
        mesh,
        planned.changes().changes().stream().map(each -> ChangeView.of(each, text)).toList(),
        planned.changes().unchanged(),
        planned.whole(),
        planned.unreached(),
        planned.findings().losses().stream().map(LossView::of).toList(),
        planned.findings().diagnostics().stream().map(DiagnosticView::of).toList());
  }
}
