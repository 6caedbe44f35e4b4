package io.meshbridge.adapter.consul;

import io.meshbridge.adapter.consul.traffic.ConfigKind;
import io.meshbridge.adapter.consul.traffic.WantedEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What has to be written so that an import's config entries stand as it wants them. Pure.
 *
 * @param holder who else holds a name that it needs; empty if nobody does
 * @param puts what is missing or differs, in the order in which the server takes them
 * @param deletes what is ours and not wanted, in the order in which the server lets them go
 * @param ours what stands and is ours
 * @param theirs what somebody else says in our place, which is as well
 */
record EntryPlan(
    String holder,
    List<Put> puts,
    List<StandingEntry> deletes,
    List<StandingEntry> ours,
    Set<EntryId> theirs) {
  /**
   * One write.
   *
   * @param index of the version that it takes the place of; 0 if there is none
   */
  record Put(WantedEntry entry, long index) {}

  EntryPlan {
    puts = List.copyOf(puts);
    deletes = List.copyOf(deletes);
    ours = List.copyOf(ours);
    theirs = Set.copyOf(theirs);
  }

  boolean isTaken() {
    return !holder.isEmpty();
  }

  boolean isDone() {
    return puts.isEmpty() && deletes.isEmpty();
  }

  /**
   * Compares.
   *
   * @param wanted what the import wants
   * @param standing whatever stands under the names in question, ours and others'
   */
  static EntryPlan of(
      NamePlan.Owner owner, List<WantedEntry> wanted, Collection<StandingEntry> standing) {
    var there = new TreeMap<EntryId, StandingEntry>();
    standing.forEach(entry -> there.put(entry.id(), entry));
    var puts = new ArrayList<Put>();
    var needed = new TreeSet<EntryId>();
    var theirs = new TreeSet<EntryId>();
    var holder = "";
    for (WantedEntry entry : wanted) {
      var before = there.get(EntryId.of(entry));
      if (before == null) {
        puts.add(new Put(entry, 0));
      } else if (!owner.owns(before.ownership())) {
        theirs.add(before.id());
        if (holder.isEmpty() && !isHarmless(before, entry, wanted)) {
          holder = before.describe();
        }
      } else {
        needed.add(before.id());
        if (!before.says(entry)) {
          puts.add(new Put(entry, before.modifyIndex()));
        }
      }
    }
    var ours = there.values().stream().filter(e -> owner.owns(e.ownership())).toList();
    var unwanted =
        ours.stream()
            .filter(entry -> !needed.contains(entry.id()))
            .sorted(Comparator.comparing(StandingEntry::id).reversed())
            .toList();
    return holder.isEmpty()
        ? new EntryPlan("", puts, unwanted, ours, theirs)
        : new EntryPlan(
            holder,
            List.of(),
            ours.stream().sorted(Comparator.comparing(StandingEntry::id).reversed()).toList(),
            ours,
            theirs);
  }

  /**
   * Who calls an import may well say something of it himself. As long as that does not keep Consul
   * from taking our routes, it is no conflict.
   */
  private static boolean isHarmless(
      StandingEntry theirs, WantedEntry ours, List<WantedEntry> wanted) {
    return ours.kind() == ConfigKind.SERVICE_DEFAULTS
        && (theirs.declaresProtocolOf(ours)
            || wanted.stream().noneMatch(entry -> entry.kind().needsHttp()));
  }
}
