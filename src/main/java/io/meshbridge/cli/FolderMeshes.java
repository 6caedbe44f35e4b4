package io.meshbridge.cli;

import io.meshbridge.config.Adapters;
import io.meshbridge.config.BridgeConfig;
import io.meshbridge.config.MeshConfig;
import io.meshbridge.config.MeshConfig.Backend;
import io.meshbridge.importing.TargetMesh;
import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.MeshId;
import io.meshbridge.spi.MeshAdapter;
import io.meshbridge.spi.Translator.WriteContext;
import io.meshbridge.translation.ChangePlan;
import io.meshbridge.translation.DocumentFiles;
import io.meshbridge.translation.DocumentFiles.Read;
import io.meshbridge.translation.FolderFederation;
import io.meshbridge.translation.FolderFederation.FolderMesh;
import io.meshbridge.translation.TranslationReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The meshes of a configuration that are folders, read without a bridge. */
final class FolderMeshes {
  private final BridgeConfig config;
  private final Adapters adapters;
  private final DocumentFiles files;
  private final Terminal terminal;

  FolderMeshes(BridgeConfig config, Adapters adapters, DocumentFiles files, Terminal terminal) {
    this.config = config;
    this.adapters = adapters;
    this.files = files;
    this.terminal = terminal;
  }

  /** What the bridge would change in one of them. */
  PlannedChanges changesIn(String mesh) {
    var target = requireFolder(mesh);
    var diagnostics = new ArrayList<Diagnostic>();
    var origins = origins(target, diagnostics);
    var members = new TreeMap<MeshId, String>();
    config.meshes().forEach(each -> members.put(each.mesh().id(), each.mesh().kind()));
    var federation = new FolderFederation(origins, members);
    diagnostics.addAll(federation.diagnostics());
    var standing = standingIn(target);
    diagnostics.addAll(standing.diagnostics());

    var adapter = adapterOf(target);
    var context =
        new WriteContext(
            config.federation(),
            target.mesh().id(),
            target.settings().text("namespace").orElse(""));
    var plan = federation.plan(asTarget(target, adapter), adapter.translator(), context);
    var changes =
        new ChangePlan(adapter.translator(), config.federation(), target.mesh().id())
            .compare(plan.wanted(), standing.documents(), plan::isGone);
    boolean whole = diagnostics.stream().noneMatch(d -> d.severity() == Diagnostic.Severity.ERROR);
    return new PlannedChanges(
        changes,
        adapter.translator().fileFormat(),
        new TranslationReport(plan.losses(), diagnostics),
        whole);
  }

  private MeshConfig requireFolder(String mesh) {
    var ids = config.meshes().stream().map(each -> each.mesh().id().value()).toList();
    var found =
        config.meshes().stream()
            .filter(each -> each.mesh().id().value().equals(mesh))
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "--mesh: '" + mesh + "' is not configured; there are " + ids));
    if (found.backend() == Backend.LIVE) {
      throw new InvalidInputException(
          "--mesh: '"
              + mesh
              + "' is live, and 'diff' does not read live meshes yet; dump its objects and compare"
              + " them with 'diff -f ... --against -'");
    }
    return found;
  }

  private List<FolderMesh> origins(MeshConfig target, List<Diagnostic> diagnostics) {
    var origins = new ArrayList<FolderMesh>();
    for (MeshConfig mesh : config.meshes()) {
      if (mesh.backend() == Backend.LIVE) {
        terminal
            .err()
            .println(
                "mesh "
                    + mesh.mesh().id()
                    + " is live and is not read: what was imported from it is left as it is");
      } else if (!mesh.equals(target)) {
        var read = read(folderOf(mesh));
        diagnostics.addAll(read.diagnostics());
        origins.add(
            new FolderMesh(
                mesh.mesh(),
                mesh.transit(),
                adapterOf(mesh).translator(),
                read.documents(),
                read.isWhole()));
      }
    }
    return origins;
  }

  private Read standingIn(MeshConfig target) {
    var imports = folderOf(target).resolve(target.settings().require("imports"));
    return Files.exists(imports) ? read(imports) : new Read(List.of(), List.of());
  }

  private Read read(Path folder) {
    var progress = new ProgressBar(terminal);
    var read = files.read(folder, progress);
    progress.clear();
    return read;
  }

  private TargetMesh asTarget(MeshConfig mesh, MeshAdapter adapter) {
    var template = config.nameTemplates().getOrDefault(adapter.kind(), adapter.nameTemplate());
    return new TargetMesh(mesh.mesh(), adapter.nameSyntax(), template, mesh.gateways());
  }

  private MeshAdapter adapterOf(MeshConfig mesh) {
    return adapters.find(mesh.mesh().kind()).orElseThrow();
  }

  private static Path folderOf(MeshConfig mesh) {
    return mesh.settings().path("path").orElseThrow();
  }
}
