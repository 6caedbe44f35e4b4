package io.meshbridge.translation;

import io.meshbridge.model.ContentHash;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.NativeDocument;
import io.meshbridge.spi.Translator;
import io.meshbridge.translation.ObjectChange.Added;
import io.meshbridge.translation.ObjectChange.Changed;
import io.meshbridge.translation.ObjectChange.Removed;
import io.meshbridge.translation.ObjectChange.Taken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Compares what shall stand in a target with what stands there. Only the federation's own objects
 * are changed or removed, as a bridge does it.
 */
public final class ChangePlan {
  private final Translator translator;
  private final String federation;
  private final MeshId target;
  private final boolean told;

  /**
   * For a target of which documents are at hand.
   *
   * @param translator of the target's make
   */
  public ChangePlan(Translator translator, String federation, MeshId target) {
    this(translator, federation, target, false);
  }

  /**
   * @param translator of the target's make
   * @param told whether a server tells what stands there, with more than anybody has written
   */
  public ChangePlan(Translator translator, String federation, MeshId target, boolean told) {
    this.translator = translator;
    this.federation = federation;
    this.target = target;
    this.told = told;
  }

  /**
   * What would change.
   *
   * @param wanted the objects of each import
   * @param standing what stands there, also what is somebody else's
   * @param knownGone whether an import that is not wanted goes, as far as anybody knows
   */
  public TargetChanges compare(
      SortedMap<ServiceKey, List<NativeDocument>> wanted,
      List<Document> standing,
      Predicate<ServiceKey> knownGone) {
    return new Comparison(index(standing), knownGone, told).of(wanted);
  }

  private SortedMap<NativeReference, StandingObject> index(List<Document> standing) {
    var index = new TreeMap<NativeReference, StandingObject>();
    for (Document document : DocumentLists.expand(standing)) {
      var reference = NativeReference.of(document.content());
      var ownership =
          translator.ownership(document).filter(owner -> owner.isOf(federation, target));
      index.putIfAbsent(reference, new StandingObject(reference, document, ownership));
    }
    return index;
  }

  /** One comparison, while it is made. */
  private static final class Comparison {
    private final SortedMap<NativeReference, StandingObject> standing;
    private final Predicate<ServiceKey> knownGone;
    private final boolean told;
    private final Map<String, List<StandingObject>> holders;
    private final Map<NativeReference, ObjectChange> changes = new TreeMap<>();
    private final Set<NativeReference> kept = new HashSet<>();
    private int unchanged;

    Comparison(
        SortedMap<NativeReference, StandingObject> standing,
        Predicate<ServiceKey> knownGone,
        boolean told) {
      this.standing = standing;
      this.knownGone = knownGone;
      this.told = told;
      this.holders = new HashMap<>();
      for (StandingObject object : standing.values()) {
        Claims.of(object.document().content())
            .forEach(name -> holders.computeIfAbsent(name, none -> new ArrayList<>()).add(object));
      }
    }

    TargetChanges of(SortedMap<ServiceKey, List<NativeDocument>> wanted) {
      wanted.forEach(this::addImport);
      standing.values().stream()
          .filter(object -> !kept.contains(object.reference()))
          .forEach(object -> addRemoval(object, wanted.keySet()));
      return new TargetChanges(new ArrayList<>(changes.values()), unchanged);
    }

    /** An import comes whole or not at all. */
    private void addImport(ServiceKey service, List<NativeDocument> documents) {
      var taken = taken(service, documents);
      if (!taken.isEmpty()) {
        changes.putAll(taken);
        return;
      }
      for (NativeDocument document : documents) {
        var reference = NativeReference.of(document.content());
        kept.add(reference);
        var before = standing.get(reference);
        if (before == null) {
          changes.put(reference, new Added(reference.text(), document));
        } else {
          addChange(before, document);
        }
      }
    }

    private Map<NativeReference, ObjectChange> taken(
        ServiceKey service, List<NativeDocument> documents) {
      var taken = new TreeMap<NativeReference, ObjectChange>();
      for (NativeDocument document : documents) {
        holders(document)
            .filter(holder -> !isOf(holder, service))
            .forEach(
                holder -> {
                  var reference = holder.reference();
                  var place = holder.document().location();
                  taken.put(reference, new Taken(reference.text(), place, service));
                });
      }
      return taken;
    }

    /** What stands in an object's place, or holds one of its names. */
    private Stream<StandingObject> holders(NativeDocument document) {
      return Stream.concat(
          Stream.ofNullable(standing.get(NativeReference.of(document.content()))),
          Claims.of(document.content()).stream()
              .flatMap(name -> holders.getOrDefault(name, List.of()).stream()));
    }

    private void addChange(StandingObject before, NativeDocument after) {
      var said = told ? before.saidLike(after) : before.saidInTheOrderOf(after);
      // Numbers of two types may be one number.
      if (ContentHash.of(said.content()).equals(ContentHash.of(after.content()))) {
        unchanged++;
        return;
      }
      var reference = before.reference();
      changes.put(
          reference, new Changed(reference.text(), before.document().location(), said, after));
    }

    private void addRemoval(StandingObject object, Set<ServiceKey> wanted) {
      object
          .ownership()
          .map(Ownership::service)
          // What an import that stays no longer needs goes, whatever is known of others.
          .filter(service -> wanted.contains(service) || knownGone.test(service))
          .ifPresent(
              service ->
                  changes.put(
                      object.reference(),
                      new Removed(
                          object.reference().text(), object.document().location(), object.said())));
    }

    private static boolean isOf(StandingObject object, ServiceKey service) {
      return object.ownership().filter(owner -> owner.service().equals(service)).isPresent();
    }
  }
}
