package io.meshbridge.catalog;

import io.meshbridge.catalog.Standing.Cause;
import io.meshbridge.catalog.Standing.Gone;
import io.meshbridge.catalog.Standing.Unknown;
import io.meshbridge.log.LogEntry;
import io.meshbridge.log.LogEvent;
import io.meshbridge.log.LogEvent.CaughtUp;
import io.meshbridge.log.LogEvent.Dropped;
import io.meshbridge.log.LogEvent.Entries;
import io.meshbridge.log.LogEvent.Restarted;
import io.meshbridge.log.MeshRecord;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;

/**
 * The federation as the log tells it: an immutable value. One thread makes new ones, everybody
 * reads.
 */
public final class Catalog {
  /** Nothing has been read. */
  public static final Catalog EMPTY = new Catalog(HashTreePMap.empty(), Map.of());

  private final HashPMap<MeshId, MeshView> meshes;
  private final Map<MeshId, Member> members;

  private Catalog(HashPMap<MeshId, MeshView> meshes, Map<MeshId, Member> members) {
    this.meshes = meshes;
    this.members = members;
  }

  /**
   * A catalog, and what made it differ from the one before.
   *
   * @param services those that may stand otherwise now
   * @param meshes those of which everything has to be looked at again
   */
  public record Change(Catalog catalog, Set<ServiceKey> services, Set<MeshId> meshes) {
    /** Copies. */
    public Change {
      services = Set.copyOf(services);
      meshes = Set.copyOf(meshes);
    }
  }

  /** The catalog after one more event of the log. */
  public Change after(LogEvent event) {
    var before = mesh(event.mesh());
    return switch (event) {
      case Restarted ignored -> changed(event.mesh(), before.restarted(), Set.of(), false);
      case Entries(var id, var entries) -> afterEntries(id, before, entries);
      case CaughtUp(var id) -> {
        var after = before.caughtUp();
        var touched = new HashSet<>(before.services());
        touched.addAll(after.services());
        yield changed(id, after, touched, true);
      }
      // What is known of a mesh that is no longer read is kept: nobody said that it is gone.
      case Dropped ignored -> new Change(this, Set.of(), Set.of());
    };
  }

  /** The catalog with other members. */
  public Change withMembers(Map<MeshId, Member> newer) {
    var touched = new HashSet<MeshId>();
    newer.forEach(
        (id, member) -> {
          if (!member.equals(members.get(id))) {
            touched.add(id);
          }
        });
    members.keySet().stream().filter(id -> !newer.containsKey(id)).forEach(touched::add);
    return new Change(new Catalog(meshes, Map.copyOf(newer)), Set.of(), touched);
  }

  /** How a service stands. */
  public Standing standing(ServiceKey service) {
    var member = members.get(service.mesh());
    if (member == null) {
      return new Unknown("mesh " + service.mesh() + " is no member of the federation");
    }
    return switch (member.state()) {
      case RETIRED -> new Gone(Cause.MEMBER_RETIRED);
      case ACTIVE -> mesh(service.mesh()).standing(service);
    };
  }

  /** What is known of a mesh. */
  public MeshView mesh(MeshId id) {
    var view = meshes.get(id);
    return view == null ? MeshView.NEVER_READ : view;
  }

  /** What the federation's operators say of a mesh. */
  public Optional<Member> member(MeshId id) {
    return Optional.ofNullable(members.get(id));
  }

  /** All members, sorted. */
  public List<Member> members() {
    return List.copyOf(new TreeMap<>(members).values());
  }

  /** All meshes that are members or were ever read, sorted. */
  public List<MeshId> meshIds() {
    var ids = new TreeSet<>(meshes.keySet());
    ids.addAll(members.keySet());
    return List.copyOf(ids);
  }

  /** All services of a mesh of which anything is known. */
  public Set<ServiceKey> services(MeshId mesh) {
    return mesh(mesh).services();
  }

  /**
   * What a mesh says of itself; what its membership says as long as it has not spoken. Of its trust
   * domain the membership has the last word: a mesh may not speak for another's (rule 12).
   */
  public Optional<MeshDescriptor> descriptor(MeshId id) {
    return mesh(id)
        .fold()
        .descriptor()
        .map(said -> member(id).map(member -> bounded(said, member)).orElse(said))
        .or(
            () ->
                member(id)
                    .map(
                        member ->
                            new MeshDescriptor(id, member.kind(), "", member.trustDomain(), "")));
  }

  private static MeshDescriptor bounded(MeshDescriptor said, Member member) {
    return member.trustDomain().isEmpty()
        ? said
        : new MeshDescriptor(
            said.id(), said.kind(), said.version(), member.trustDomain(), said.network());
  }

  private Change afterEntries(MeshId id, MeshView before, List<LogEntry> entries) {
    var after = before.after(entries);
    if (!before.isCaughtUp()) {
      // Nobody sees the growing fold, or the first one before it is whole: told at caught up.
      return changed(id, after, Set.of(), false);
    }
    var touched = new ArrayList<ServiceKey>();
    for (LogEntry entry : entries) {
      MeshFold.serviceOf(entry.record()).ifPresent(touched::add);
    }
    var hasSpokenOfItself =
        entries.stream().anyMatch(entry -> entry.record() instanceof MeshRecord.Described);
    var hasGainedTrust = after.fold().isTrusted() && !before.fold().isTrusted();
    return changed(id, after, Set.copyOf(touched), hasSpokenOfItself || hasGainedTrust);
  }

  private Change changed(MeshId id, MeshView view, Set<ServiceKey> touched, boolean wholeMesh) {
    return new Change(
        new Catalog(meshes.plus(id, view), members), touched, wholeMesh ? Set.of(id) : Set.of());
  }
}
