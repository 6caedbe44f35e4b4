package io.meshbridge.adapter.kubernetes;

import io.meshbridge.model.MeshDescriptor;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * All that a source knows of its mesh, and which services a change touches. Belongs to the thread
 * that runs the source; feeds only hand events over.
 */
public interface MeshKnowledge {
  /** The mesh; empty while it has not been asked about everything. */
  Optional<MeshDescriptor> descriptor();

  /** The certificates that the mesh's identities chain to; empty while they are not known. */
  SortedSet<String> roots();

  /** Why the mesh cannot be read just now; empty if it can. */
  Optional<String> obstacle();

  /** Whether everything was read at least once. */
  boolean isComplete();

  /** Counts every service as changed. */
  void markAll();

  /** The services that changed since the last call. */
  Set<ResourceKey> takeDirty();

  /** All services that are marked for export. */
  Set<ResourceKey> marked();

  /** Whether a service is marked for export. */
  boolean isMarked(ResourceKey key);

  /** What a marked service is, as the mesh of that description offers it. */
  ReadResult read(ResourceKey key, MeshDescriptor mesh);
}
