package io.meshbridge.log;

import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Export;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.TrustBundle;

/** What a record of a mesh's topic says, once understood. */
public sealed interface MeshRecord {
  /** What the mesh says of itself. */
  record Described(MeshDescriptor mesh) implements MeshRecord {}

  /** What the mesh's identities chain to. */
  record Trusted(TrustBundle bundle) implements MeshRecord {}

  /** A bridge speaks for the mesh. */
  record Beat(Heartbeat heartbeat) implements MeshRecord {}

  /** A complete snapshot of the mesh has been published up to here. */
  record Marked(SnapshotMarker marker) implements MeshRecord {}

  /** The mesh offers this service. */
  record Exported(Export export) implements MeshRecord {}

  /** The mesh has withdrawn this service. */
  record ExportGone(ServiceKey service) implements MeshRecord {}

  /**
   * The mesh has changed the service in a way that its bridge cannot read: what was published
   * before stands, and is no longer what its owner wants.
   *
   * @param reason what is wrong, for its owner
   */
  record Faulty(ServiceKey service, String reason) implements MeshRecord {}

  /** Nothing is wrong with the service any more. */
  record FaultGone(ServiceKey service) implements MeshRecord {}

  /**
   * The mesh no longer offers the service, but so many others went at the same time that its
   * withdrawal is held (rule 3): what was published before stands.
   */
  record Held(ServiceKey service, Hold hold) implements MeshRecord {}

  /** The service's withdrawal is held no longer: it is back, or gone. */
  record HoldGone(ServiceKey service) implements MeshRecord {}

  /**
   * Some of a service's endpoints. All chunks together are all of them.
   *
   * @param chunk from 0
   * @param chunks how many there are, as the writer counts
   */
  record EndpointsChanged(ServiceKey service, int chunk, int chunks, EndpointList endpoints)
      implements MeshRecord {}

  /** A chunk of endpoints is no more. */
  record EndpointsGone(ServiceKey service, int chunk) implements MeshRecord {}

  /**
   * A record about a service that this version must not act upon: an unknown field inside a policy,
   * an unknown type on a known key, or a value that cannot be read. What stands stays.
   */
  record NotUnderstood(ServiceKey service, String reason) implements MeshRecord {}

  /** A record about the mesh as a whole that could not be read; what stands stays. */
  record Unreadable(String reason) implements MeshRecord {}

  /** A record of a part that this version does not know: counted, and passed over. */
  record Unknown() implements MeshRecord {}
}
