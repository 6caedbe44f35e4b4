package io.meshbridge.cli;

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
final class BridgeChanges {
  private final ConfiguredMeshes meshes;
  private final Terminal terminal;

  BridgeChanges(ConfiguredMeshes meshes, Terminal terminal) {
    this.meshes = meshes;
    this.terminal = terminal;
  }

  /**
   * What stands there and what would.
   *
   * @throws UnreachableException if that mesh cannot be read
   */
  PlannedChanges in(String mesh) throws UnreachableException, InterruptedException {
    var configured = meshes.require("--mesh", mesh);
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
        origins.size() == bridge.meshes().size() - 1);
  }

  /** Of a folder only the part that imports are written to. */
  private MeshAtHand target(MeshConfig mesh) throws UnreachableException, InterruptedException {
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
        } catch (UnreachableException unreachable) {
          terminal
              .err()
              .println(unreachable.getMessage() + "; what was imported from it is left as it is");
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
