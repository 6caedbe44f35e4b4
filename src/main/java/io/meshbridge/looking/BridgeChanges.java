package io.meshbridge.looking;

import io.meshbridge.config.MeshConfig;
import io.meshbridge.config.MeshConfig.Backend;
import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.MeshId;
import io.meshbridge.translation.ChangePlan;
import io.meshbridge.translation.DocumentFederation;
import io.meshbridge.translation.TranslationReport;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What a bridge would change in one of its meshes. */
public final class BridgeChanges {
  private final ConfiguredMeshes meshes;
  private final List<String> unreached = new ArrayList<>();

  private BridgeChanges(ConfiguredMeshes meshes) {
    this.meshes = meshes;
  }

  /**
   * Compares what stands in one of them with what would.
   *
   * @throws UnreadableMeshException if that one cannot be read
   */
  public static PlannedChanges of(ConfiguredMeshes meshes, MeshConfig target)
      throws UnreadableMeshException, InterruptedException {
    return new BridgeChanges(meshes).in(target);
  }

  private PlannedChanges in(MeshConfig configured)
      throws UnreadableMeshException, InterruptedException {
    var target = target(configured);
    var origins = origins(configured);
    var federation =
        new DocumentFederation(origins.stream().map(MeshAtHand::asOrigin).toList(), makes());
    var bridge = meshes.config();
    var plan =
        federation.plan(target.asTarget(bridge), target.translator(), target.context(bridge));
    var changes =
        new ChangePlan(
                target.translator(),
                bridge.federation(),
                configured.mesh().id(),
                configured.backend() == Backend.LIVE)
            .compare(plan.wanted(), target.content().documents(), plan::isGone);
    var diagnostics = new ArrayList<Diagnostic>();
    origins.forEach(origin -> diagnostics.addAll(origin.content().diagnostics()));
    diagnostics.addAll(federation.diagnostics());
    diagnostics.addAll(target.content().diagnostics());
    return new PlannedChanges(
        changes,
        target.translator().fileFormat(),
        new TranslationReport(plan.losses(), diagnostics),
        diagnostics.stream().noneMatch(d -> d.severity() == Diagnostic.Severity.ERROR),
        unreached);
  }

  /** Of a folder only the part that imports are written to. */
  private MeshAtHand target(MeshConfig mesh) throws UnreadableMeshException, InterruptedException {
    return switch (mesh.backend()) {
      case LIVE -> meshes.read(mesh);
      case FILES -> {
        var folder = mesh.settings().path("path").orElseThrow();
        var imports = folder.resolve(mesh.settings().require("imports"));
        yield Files.exists(imports) ? meshes.folder(mesh, imports) : meshes.nothing(mesh);
      }
    };
  }

  private List<MeshAtHand> origins(MeshConfig target) throws InterruptedException {
    var origins = new ArrayList<MeshAtHand>();
    for (MeshConfig mesh : meshes.all()) {
      if (!mesh.equals(target)) {
        try {
          origins.add(meshes.read(mesh));
        } catch (UnreadableMeshException unreachable) {
          unreached.add(unreachable.getMessage() + "; what was imported from it is left as it is");
        }
      }
    }
    return origins;
  }

  private TreeMap<MeshId, String> makes() {
    var makes = new TreeMap<MeshId, String>();
    meshes.all().forEach(each -> makes.put(each.mesh().id(), each.mesh().kind()));
    return makes;
  }
}
