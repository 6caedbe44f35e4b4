package io.meshbridge.api;

import io.meshbridge.doctor.Finding;
import io.meshbridge.looking.Diagnosis;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Which traps stand in the configuration and the meshes, as REST tells it. */
@Schema(name = "Diagnosis", description = "The traps that were found.")
record DiagnosisView(
    @Schema(description = "Each trap that was found; see docs/doctor.md.") List<TrapView> traps,
    @Schema(description = "What could not be read.") List<DiagnosticView> diagnostics,
    @Schema(description = "Why some meshes could not be asked.") List<String> unreached) {
  static DiagnosisView of(Diagnosis diagnosis) {
    return new DiagnosisView(
        diagnosis.findings().stream().map(TrapView::of).toList(),
        diagnosis.unreadable().stream().map(DiagnosticView::of).toList(),
        diagnosis.unreached());
  }

  /** One of them. */
  @Schema(name = "Trap", description = "A trap that was found.")
  record TrapView(
      @Schema(description = "Which.", examples = "consul-l7-without-http") String trap,
      @Schema(enumeration = {"warning", "error"}) String severity,
      @Schema(description = "The file or the object in which it stands.") String file,
      @Schema(description = "The line in that file; 0 if there is none.") int line,
      @Schema(description = "The field, or the setting.") String path,
      @Schema(description = "What stands there.") String what,
      @Schema(description = "What comes of it.") String danger,
      @Schema(description = "What to do.") String advice) {
    static TrapView of(Finding finding) {
      return new TrapView(
          finding.trap().id(),
          finding.trap().severity().name().toLowerCase(Locale.ROOT),
          finding.location().file(),
          finding.location().line(),
          finding.path(),
          finding.what(),
          finding.trap().danger(),
          finding.trap().advice());
    }
  }
}
