package io.meshbridge.catalog;

import io.meshbridge.catalog.Standing.Cause;
import io.meshbridge.catalog.Standing.Gone;
import io.meshbridge.catalog.Standing.Present;
import io.meshbridge.catalog.Standing.Unknown;
import io.meshbridge.log.LogEntry;
import io.meshbridge.model.Export;
import io.meshbridge.model.ServiceKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;

/**
 * What this process knows of one mesh: the fold of its topic, and, while the topic is read again
 * from its beginning, the fold that grows beside it and takes its place once it is caught up.
 */
public final class MeshView {
  static final MeshView NEVER_READ = new MeshView(MeshFold.EMPTY, null, HashTreePMap.empty(), 0);

  private final MeshFold current;
  private final @Nullable MeshFold rebuilding;
  private final HashPMap<ServiceKey, ServiceFold> retained;
  private final long readings;

  private MeshView(
      MeshFold current,
      @Nullable MeshFold rebuilding,
      HashPMap<ServiceKey, ServiceFold> retained,
      long readings) {
    this.current = current;
    this.rebuilding = rebuilding;
    this.retained = retained;
    this.readings = readings;
  }

  /** The topic as folded. */
  public MeshFold fold() {
    return current;
  }

  /** How often the topic was read from its beginning to its end; 0 while that has yet to happen. */
  public long readings() {
    return readings;
  }

  /** Whether the topic has been read to its end, and is not being read anew. */
  public boolean isCaughtUp() {
    return readings > 0 && rebuilding == null;
  }

  /** How a service of this mesh stands. */
  Standing standing(ServiceKey service) {
    var fold = current.service(service);
    if (fold.isPresent() && fold.get().export() instanceof Export export) {
      return new Present(state(export, fold.get(), staleReason(service, fold.get())));
    }
    if (readings == 0) {
      return new Unknown("the log has not been read yet");
    }
    if (current.isWithdrawn(service)) {
      return new Gone(Cause.WITHDRAWN);
    }
    // Endpoints alone, understood or not, are no service.
    var puzzle = fold.map(known -> known.exportNotUnderstood(service)).orElse("");
    if (!puzzle.isEmpty()) {
      return new Unknown(puzzle);
    }
    if (current.isTrusted()) {
      return new Gone(Cause.ABSENT_FROM_SNAPSHOT);
    }
    var kept = retained.get(service);
    if (kept != null && kept.export() instanceof Export export) {
      return new Present(
          state(
              export, kept, "its mesh's topic has lost it, and no snapshot says that it is gone"));
    }
    return new Unknown("its mesh's topic lacks it, and no snapshot says that it is gone");
  }

  private String staleReason(ServiceKey service, ServiceFold fold) {
    var hold = current.holds().get(service);
    return hold == null ? fold.notUnderstood() : "its withdrawal is held: " + hold.reason();
  }

  /** All services of which anything is known. */
  Set<ServiceKey> services() {
    var keys = new HashSet<>(current.services().keySet());
    keys.addAll(retained.keySet());
    return keys;
  }

  MeshView restarted() {
    return new MeshView(current, MeshFold.EMPTY, retained, readings);
  }

  MeshView after(List<LogEntry> entries) {
    var fold = rebuilding == null ? current : rebuilding;
    for (LogEntry entry : entries) {
      fold = fold.after(entry);
    }
    return rebuilding == null
        ? new MeshView(fold, null, stillRetained(fold, entries), readings)
        : new MeshView(current, fold, retained, readings);
  }

  /** The new fold takes the old one's place; what it has merely lost is retained. */
  MeshView caughtUp() {
    if (rebuilding == null) {
      return new MeshView(current, null, retained, readings + 1);
    }
    var fresh = rebuilding;
    var kept = HashTreePMap.<ServiceKey, ServiceFold>empty();
    if (!fresh.isTrusted()) {
      kept = retained.plusAll(current.services());
      kept = kept.minusAll(fresh.services().keySet()).minusAll(fresh.withdrawn());
    }
    return new MeshView(fresh, null, kept, readings + 1);
  }

  /** What the topic speaks of again is lost no more, or the next reading would bring it back. */
  private HashPMap<ServiceKey, ServiceFold> stillRetained(MeshFold fold, List<LogEntry> entries) {
    if (fold.isTrusted()) {
      return HashTreePMap.empty();
    }
    var still = retained;
    for (LogEntry entry : entries) {
      var service = MeshFold.serviceOf(entry.record());
      if (service.isPresent() && fold.saysWhetherOffered(service.get())) {
        still = still.minus(service.get());
      }
    }
    return still;
  }

  private static ServiceState state(Export export, ServiceFold fold, String staleReason) {
    return new ServiceState(export, fold.endpoints(), fold.observedAt(), staleReason);
  }
}
