package io.meshbridge.status;

import io.meshbridge.log.Heartbeat.SourceState;
import io.meshbridge.model.MeshId;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a mesh of the federation is, seen from this process.
 *
 * @param id the mesh
 * @param kind its make
 * @param version the version of its control plane; empty if not known
 * @param trustDomain empty if it has none
 * @param trustRoots how many certificates its identities chain to; 0 if it has not said
 * @param member whether the federation's operators have made it a member
 * @param role what this process is to it
 * @param source whether the bridge that speaks for it can read it
 * @param reason what is wrong with it; empty if nothing
 * @param heartbeatAge the age of its last sign of life by this process' clock; negative if it never
 *     gave one
 * @param exports how many services it offers
 * @param imports how many imports it has, by state
 */
public record MeshStatus(
    MeshId id,
    String kind,
    String version,
    String trustDomain,
    int trustRoots,
    boolean member,
    Role role,
    SourceState source,
    String reason,
    Duration heartbeatAge,
    int exports,
    SortedMap<ImportState, Integer> imports) {

  /** What this process is to a mesh. */
  public enum Role {
    /** It speaks for the mesh. */
    LEADER,
    /** It serves the mesh, and another process speaks for it. */
    STANDBY,
    /** It only reads the mesh's topic. */
    OBSERVER
  }

  /** Copies. */
  public MeshStatus {
    imports = new TreeMap<>(imports);
  }
}
