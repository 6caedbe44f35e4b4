package io.meshbridge.translation;

import io.meshbridge.catalog.Catalog;
import io.meshbridge.importing.Decision;
import io.meshbridge.importing.ImportPlanner;
import io.meshbridge.importing.TargetMesh;
import io.meshbridge.importing.World;
import io.meshbridge.log.LogEntry;
import io.meshbridge.log.LogEvent;
import io.meshbridge.log.MeshRecord;
import io.meshbridge.log.RecordKey;
import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Export;
import io.meshbridge.model.Loss;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.NativeDocument;
import io.meshbridge.spi.Offer;
import io.meshbridge.spi.Reading;
import io.meshbridge.spi.Translation;
import io.meshbridge.spi.Translator;
import io.meshbridge.spi.Translator.Selection;
import io.meshbridge.spi.Translator.WriteContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Plans what a mesh would import from meshes whose objects are at hand, with the planner that a
 * bridge uses, and without a log. What only the log knows is missing: who was exported first, and
 * what operators said of members. Pure.
 */
public final class DocumentFederation {
  private final List<MeshReading> meshes;
  private final Catalog catalog;

  /**
   * A mesh whose objects are at hand.
   *
   * @param mesh as configured
   * @param transit whether what came from another mesh may travel on
   * @param translator of its make
   * @param documents all of them
   * @param whole whether these are all; otherwise what is missing may be there
   */
  public record DocumentMesh(
      MeshDescriptor mesh,
      boolean transit,
      Translator translator,
      List<Document> documents,
      boolean whole) {}

  /** What one of them offers. */
  private record MeshReading(DocumentMesh mesh, Reading reading) {}

  /**
   * What a mesh would import.
   *
   * @param wanted the objects of each import
   * @param losses what could not be said
   * @param unknown the services of which nobody can say whether they are still offered
   * @param complete the meshes of which everything is known
   */
  public record Plan(
      SortedMap<ServiceKey, List<NativeDocument>> wanted,
      List<Loss> losses,
      SortedSet<ServiceKey> unknown,
      Set<MeshId> complete) {
    /** Copies. */
    public Plan {
      wanted = Collections.unmodifiableSortedMap(new TreeMap<>(wanted));
      losses = List.copyOf(losses);
      unknown = Collections.unmodifiableSortedSet(new TreeSet<>(unknown));
      complete = Set.copyOf(complete);
    }

    /** Whether an import that is not wanted goes: absence means nothing where not all is known. */
    public boolean isGone(ServiceKey service) {
      return complete.contains(service.mesh()) && !unknown.contains(service);
    }
  }

  /**
   * Reads what the meshes offer.
   *
   * @param members all meshes of the federation, each with its make
   */
  public DocumentFederation(List<DocumentMesh> meshes, Map<MeshId, String> members) {
    this.meshes =
        meshes.stream()
            .map(
                mesh ->
                    new MeshReading(
                        mesh,
                        mesh.translator().read(mesh.documents(), mesh.mesh(), Selection.MARKED)))
            .toList();
    this.catalog = catalogOf(members);
  }

  /** What is wrong with the objects. */
  public List<Diagnostic> diagnostics() {
    return meshes.stream()
        .flatMap(
            mesh ->
                new TranslationResult(mesh.reading(), List.of(), List.of()).diagnostics().stream())
        .toList();
  }

  /**
   * What a mesh would import.
   *
   * @param translator of its make
   */
  public Plan plan(TargetMesh target, Translator translator, WriteContext context) {
    var everything = new Catalog.Change(catalog, Set.of(), Set.copyOf(catalog.meshIds()));
    var world = World.of(target).with(everything).world();
    var wanted = new TreeMap<ServiceKey, List<NativeDocument>>();
    var losses = new ArrayList<Loss>();
    var unknown = new TreeSet<ServiceKey>();
    for (MeshReading mesh : meshes) {
      unknown.addAll(mesh.reading().unreadable().keySet());
      var places = new LossPlaces(mesh.reading());
      for (Offer offer : admitted(mesh)) {
        switch (ImportPlanner.decide(offer.key(), world)) {
          case Decision.Apply apply -> {
            apply.losses().forEach(loss -> losses.addAll(told(offer, loss, places)));
            var translation = translator.write(apply.service(), context);
            losses.addAll(places.told(offer, translation.losses()));
            if (translation instanceof Translation.Written written) {
              wanted.put(offer.key(), written.documents());
            }
          }
          case Decision.Refuse refuse -> losses.addAll(told(offer, refuse.loss(), places));
          case Decision.Keep ignored -> unknown.add(offer.key());
          case Decision.Remove ignored -> {}
        }
      }
    }
    return new Plan(wanted, losses, unknown, completeMeshes());
  }

  /** What reading lost is told where it was read already. */
  private static List<Loss> told(Offer offer, Loss loss, LossPlaces places) {
    return offer.losses().contains(loss) ? List.of(loss) : places.told(offer, List.of(loss));
  }

  private Set<MeshId> completeMeshes() {
    var complete = new TreeSet<MeshId>();
    for (MeshReading mesh : meshes) {
      boolean readable =
          mesh.reading().diagnostics().stream()
              .noneMatch(fault -> fault.severity() == Diagnostic.Severity.ERROR);
      if (mesh.mesh().whole() && readable) {
        complete.add(mesh.mesh().mesh().id());
      }
    }
    return complete;
  }

  private Catalog catalogOf(Map<MeshId, String> members) {
    var known = new TreeMap<MeshId, Member>();
    members.forEach((id, kind) -> known.put(id, Member.active(id, kind)));
    var growing = Catalog.EMPTY.withMembers(known).catalog();
    for (MeshReading mesh : meshes) {
      var id = mesh.mesh().mesh().id();
      var entries = entriesOf(mesh);
      growing = growing.after(new LogEvent.Restarted(id, "read once")).catalog();
      growing = growing.after(new LogEvent.Entries(id, entries)).catalog();
      growing = growing.after(new LogEvent.CaughtUp(id)).catalog();
    }
    return growing;
  }

  /** What the mesh's topic would say. */
  private static List<LogEntry> entriesOf(MeshReading mesh) {
    var entries = new ArrayList<LogEntry>();
    entries.add(entry(new RecordKey.Descriptor(), new MeshRecord.Described(mesh.mesh().mesh())));
    for (Offer offer : admitted(mesh)) {
      var key = offer.key();
      entries.add(
          entry(
              new RecordKey.Endpoints(key.namespace(), key.name(), 0),
              new MeshRecord.EndpointsChanged(key, 0, 1, offer.endpoints())));
      entries.add(
          entry(
              new RecordKey.Export(key.namespace(), key.name()),
              new MeshRecord.Exported(exportOf(offer))));
    }
    return entries;
  }

  private static List<Offer> admitted(MeshReading mesh) {
    return mesh.reading().offers().stream()
        .filter(offer -> offer.path().meshes().size() == 1 || mesh.mesh().transit())
        .toList();
  }

  private static LogEntry entry(RecordKey key, MeshRecord record) {
    return new LogEntry(0, key.text(), "planned", Instant.EPOCH, record);
  }

  private static Export exportOf(Offer offer) {
    return new Export(
        offer.key(),
        offer.ports(),
        offer.labels(),
        offer.hostnames(),
        Instant.EPOCH,
        offer.path(),
        offer.access(),
        offer.traffic(),
        offer.ingress(),
        offer.losses());
  }
}
