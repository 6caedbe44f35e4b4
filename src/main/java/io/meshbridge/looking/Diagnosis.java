package io.meshbridge.looking;

import io.meshbridge.config.MeshConfig;
import io.meshbridge.doctor.Checks;
import io.meshbridge.doctor.Finding;
import io.meshbridge.model.Diagnostic;
import java.util.ArrayList;
import java.util.List;

/**
 * Which traps stand in a configuration and its meshes.
 *
 * @param unreadable what could not be read
 * @param unreached why some meshes could not be asked, a sentence for each
 */
public record Diagnosis(
    List<Finding> findings, List<Diagnostic> unreadable, List<String> unreached) {
  /** Copies. */
  public Diagnosis {
    findings = List.copyOf(findings);
    unreadable = List.copyOf(unreadable);
    unreached = List.copyOf(unreached);
  }

  /** Looks at all of them; of one that cannot be reached only its configuration is looked at. */
  public static Diagnosis of(ConfiguredMeshes meshes) throws InterruptedException {
    var findings = new ArrayList<>(Checks.look(meshes.config()));
    var unreadable = new ArrayList<Diagnostic>();
    var unreached = new ArrayList<String>();
    for (MeshConfig mesh : meshes.all()) {
      try {
        var read = meshes.read(mesh);
        findings.addAll(Checks.look(mesh.mesh().kind(), read.all()));
        unreadable.addAll(read.content().diagnostics());
      } catch (UnreadableMeshException unreachable) {
        unreached.add(unreachable.getMessage() + "; only its configuration is looked at");
      }
    }
    return new Diagnosis(findings, unreadable, unreached);
  }
}
