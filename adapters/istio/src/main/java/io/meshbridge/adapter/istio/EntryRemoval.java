package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.WriteResult;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.WritePermit;

/** Removes our objects, and only ours: each in the very state in which it bore our marks. */
final class EntryRemoval {
  private static final int ATTEMPTS = 4;

  private final EntryStore store;
  private final EntryWriter writer;

  EntryRemoval(EntryStore store, EntryWriter writer) {
    this.store = store;
    this.writer = writer;
  }

  /** Removes all that stands for a service, and says whether there was anything. */
  boolean removeAll(ServiceKey service, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    boolean removed = false;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var ours = store.of(service);
      if (ours.isEmpty()) {
        return removed;
      }
      for (Entry entry : ours) {
        removed |= remove(entry, permit);
      }
    }
    throw new MeshUnavailableException("the ServiceEntry for " + service + " keeps changing");
  }

  /** Removes one object; false if it had changed or gone. */
  boolean remove(Entry entry, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    return switch (writer.delete(entry, permit)) {
      case WriteResult.Done ignored -> true;
      case WriteResult.Missing ignored -> false;
      case WriteResult.Outdated ignored -> false;
      case WriteResult.Taken ignored -> false;
      case WriteResult.Contested ignored -> false;
      case WriteResult.Denied denied ->
          throw new MeshUnavailableException(
              "cannot remove " + entry.object().reference() + ": " + denied.reason());
    };
  }
}
