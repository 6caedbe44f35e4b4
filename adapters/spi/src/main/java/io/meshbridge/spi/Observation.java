package io.meshbridge.spi;

import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.TrustBundle;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** One thing that a source saw. */
public sealed interface Observation {
  /**
   * The service is marked for export, and this is all of it.
   *
   * @param at when the source learned of this state
   */
  record Offered(Offer offer, Instant at) implements Observation {}

  /**
   * A complete read lacks the service, or it has lost its mark.
   *
   * @param at when the source learned of it
   */
  record Withdrawn(ServiceKey service, Instant at) implements Observation {}

  /**
   * The service is there but cannot be read; its last good export stays.
   *
   * @param reason what is wrong with it, for its owner
   */
  record Unreadable(ServiceKey service, String reason, Instant at) implements Observation {}

  /**
   * Everything was read. The services named here are all that the mesh marks for export, also those
   * that are unreadable; what was published before and is not among them is gone.
   */
  record Complete(Set<ServiceKey> services, Instant at) implements Observation {
    /** Copies. */
    public Complete {
      services = Set.copyOf(services);
    }
  }

  /** The mesh cannot be read just now; what is known is kept and becomes stale. */
  record Interrupted(String reason, Instant at) implements Observation {}

  /** What the mesh says of itself, once it is known and whenever it changes. */
  record Described(MeshDescriptor mesh) implements Observation {}

  /**
   * The certificates that the mesh's identities chain to, once they are known and whenever they
   * change. A mesh that cannot be asked for them just does not say this.
   *
   * @param trustDomain the trust domain that they stand for
   * @param roots all that are trusted now, as {@link TrustBundle#rootsIn} finds them; at least one
   */
  record Trusted(String trustDomain, SortedSet<String> roots) implements Observation {
    /** Copies. */
    public Trusted {
      roots = Collections.unmodifiableSortedSet(new TreeSet<>(roots));
    }
  }
}
