package io.meshbridge.model;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the federation's operators say about a mesh. A mesh that is no member neither publishes nor
 * is read.
 *
 * @param id the mesh
 * @param kind its make
 * @param trustDomain the only SPIFFE trust domain that it may speak for; empty if it has none
 * @param hostSuffix the only host suffix under which its imports are named elsewhere
 * @param addressRanges CIDR blocks that its endpoints must lie in; empty for any
 * @param importers the meshes that may import from it; empty for all members
 * @param state whether it still takes part
 */
public record Member(
    MeshId id,
    String kind,
    String trustDomain,
    String hostSuffix,
    List<String> addressRanges,
    List<MeshId> importers,
    State state) {

  /** Whether a member still takes part. */
  public enum State {
    /** It publishes and is read. */
    ACTIVE,
    /** It left for good: others withdraw what they imported from it. */
    RETIRED
  }

  /** Sorts, so that equal members are equal values. */
  public Member {
    Checks.requireText("the kind of member " + id, kind, 63);
    addressRanges = List.copyOf(sorted(addressRanges));
    importers = List.copyOf(sorted(importers));
  }

  /** An active member with the default host suffix, {@code <mesh>.mesh.internal}, and no limits. */
  public static Member active(MeshId id, String kind) {
    return new Member(id, kind, "", defaultHostSuffix(id), List.of(), List.of(), State.ACTIVE);
  }

  /** The suffix {@code <mesh>.mesh.internal}. */
  public static String defaultHostSuffix(MeshId id) {
    return id + ".mesh.internal";
  }

  /** Whether the given mesh may import from this one. */
  public boolean admits(MeshId importer) {
    return importers.isEmpty() || importers.contains(importer);
  }

  /** The same member, gone for good. */
  public Member retired() {
    return new Member(id, kind, trustDomain, hostSuffix, addressRanges, importers, State.RETIRED);
  }

  private static <T extends Comparable<T>> SortedSet<T> sorted(Collection<T> values) {
    return new TreeSet<>(values);
  }
}
