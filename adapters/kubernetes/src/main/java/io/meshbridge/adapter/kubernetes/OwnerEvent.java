package io.meshbridge.adapter.kubernetes;

import io.meshbridge.model.MeshId;
import io.meshbridge.spi.Arrival;
import io.meshbridge.spi.ExportReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Something that has happened to an export, for an Event on its owner's objects.
 *
 * @param about the mesh in which it happened; empty for the export itself
 * @param warning whether its owner should look
 * @param reason one word in camel case
 * @param action what the bridge did, or did not: one word in camel case
 * @param note for people
 */
record OwnerEvent(String about, boolean warning, String reason, String action, String note) {
  private static final String EXPORT = "Export";
  private static final String IMPORT = "Import";

  /**
   * What has happened between two reports. Pure. That endpoints come and go is no news, nor what
   * the operators of a mesh want.
   */
  static List<OwnerEvent> between(ExportReport before, ExportReport now) {
    var events = new ArrayList<OwnerEvent>();
    ofExport(before, now).ifPresent(events::add);
    SortedSet<MeshId> meshes = new TreeSet<>(before.arrivals().keySet());
    meshes.addAll(now.arrivals().keySet());
    for (MeshId mesh : meshes) {
      ofImport(
              mesh,
              Optional.ofNullable(before.arrivals().get(mesh)),
              Optional.ofNullable(now.arrivals().get(mesh)),
              now.published())
          .ifPresent(events::add);
    }
    return List.copyOf(events);
  }

  private static Optional<OwnerEvent> ofExport(ExportReport before, ExportReport now) {
    if (!now.fault().isEmpty()) {
      return now.fault().equals(before.fault())
          ? Optional.empty()
          : Optional.of(
              new OwnerEvent(
                  "",
                  true,
                  "NotExportable",
                  EXPORT,
                  now.published()
                      ? "other meshes keep what was exported before: " + now.fault()
                      : "not exported: " + now.fault()));
    }
    boolean recovered = !before.fault().isEmpty();
    if (now.published() && (recovered || !before.published())) {
      var note = recovered ? "can be exported again, and is" : "exported to the federation";
      return Optional.of(new OwnerEvent("", false, "Exported", EXPORT, note));
    }
    return before.published() && !now.published()
        ? Optional.of(
            new OwnerEvent("", false, "Withdrawn", EXPORT, "no longer exported to the federation"))
        : Optional.empty();
  }

  private static Optional<OwnerEvent> ofImport(
      MeshId mesh, Optional<Arrival> before, Optional<Arrival> now, boolean published) {
    if (now.isEmpty()) {
      // That the export was withdrawn is told already.
      return before.filter(gone -> gone.state().stands() && published).isPresent()
          ? of(mesh, false, "ImportRemoved", "no longer imported by " + mesh)
          : Optional.empty();
    }
    var arrival = now.orElseThrow();
    var was = before.map(Arrival::state);
    boolean sameState = was.filter(state -> state == arrival.state()).isPresent();
    boolean sameReason = before.map(Arrival::reason).filter(arrival.reason()::equals).isPresent();
    return switch (arrival.state()) {
      case IMPORTED, IDLE ->
          was.filter(OwnerEvent::isUsable).isPresent()
              ? Optional.empty()
              : of(
                  mesh,
                  false,
                  was.filter(OwnerEvent::isTrouble).isPresent() ? "Recovered" : "Imported",
                  OwnerWords.standing(
                      mesh, new Arrival(Arrival.State.IMPORTED, arrival.name(), "")));
      case REFUSED ->
          sameState && sameReason
              ? Optional.empty()
              : of(mesh, true, "ImportRefused", OwnerWords.standing(mesh, arrival));
      case CONFLICT ->
          sameState && sameReason
              ? Optional.empty()
              : of(mesh, true, "ImportConflict", OwnerWords.standing(mesh, arrival));
      case HELD ->
          sameState
              ? Optional.empty()
              : of(mesh, true, "ImportHeld", OwnerWords.standing(mesh, arrival));
      case STALE ->
          sameState
              ? Optional.empty()
              : of(
                  mesh, true, "ImportStale", OwnerWords.standing(mesh, arrival) + because(arrival));
      case PENDING, SUSPENDED -> Optional.empty();
    };
  }

  private static String because(Arrival arrival) {
    return arrival.reason().isEmpty() ? "" : ": " + arrival.reason();
  }

  private static boolean isUsable(Arrival.State state) {
    return state == Arrival.State.IMPORTED || state == Arrival.State.IDLE;
  }

  private static boolean isTrouble(Arrival.State state) {
    return state.failed() || state == Arrival.State.HELD || state == Arrival.State.STALE;
  }

  private static Optional<OwnerEvent> of(MeshId mesh, boolean warning, String reason, String note) {
    return Optional.of(new OwnerEvent(mesh.value(), warning, reason, IMPORT, note));
  }
}
