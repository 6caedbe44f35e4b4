package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.WriteResult;
import io.meshbridge.model.Import;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.ApplyOutcome;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.WritePermit;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Brings the ServiceEntry of one import to what it should be. */
final class EntryApplication {
  private static final Logger LOG = Logger.getLogger(EntryApplication.class);
  private static final int ATTEMPTS = 4;

  private final EntryStore store;
  private final EntryWriter writer;
  private final EntryRemoval removal;

  EntryApplication(EntryStore store, EntryWriter writer, EntryRemoval removal) {
    this.store = store;
    this.writer = writer;
    this.removal = removal;
  }

  /** Yields to a holder of the name, else writes what differs. */
  ApplyOutcome apply(Import desired, Shape.Entry shape, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var service = desired.service();
    store.want(service, desired.name(), shape.key());
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var holder = store.holderOf(desired.name(), shape.key(), service);
      if (holder.isPresent()) {
        return yieldTo(holder.orElseThrow(), desired, permit);
      }
      var live = ours(shape.key(), service);
      if (live.isPresent() && EntryWriter.holds(shape.manifest(), live.orElseThrow())) {
        return applied(desired, shape, removeOthers(service, shape.key(), permit));
      }
      var result =
          live.isPresent()
              ? writer.apply(shape, live.orElseThrow(), permit)
              : writer.create(shape, permit);
      switch (result) {
        case WriteResult.Done ignored -> {
          removeOthers(service, shape.key(), permit);
          return applied(desired, shape, true);
        }
        case WriteResult.Denied denied -> {
          return new ApplyOutcome.Rejected(denied.reason());
        }
        // Something changed under us: the store knows it by now, so decide again.
        case WriteResult.Taken ignored -> {}
        case WriteResult.Outdated ignored -> {}
        case WriteResult.Missing ignored -> {}
        case WriteResult.Contested ignored -> {}
      }
    }
    throw new MeshUnavailableException(
        "ServiceEntry " + shape.key() + " changed during " + ATTEMPTS + " attempts to write it");
  }

  private static ApplyOutcome applied(Import desired, Shape.Entry shape, boolean written) {
    return new ApplyOutcome.Applied(desired.name(), written, shape.losses());
  }

  private ApplyOutcome yieldTo(ResourceKey holder, Import desired, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    if (removal.removeAll(desired.service(), permit)) {
      LOG.infof(
          "yielded a host import=%s host=%s holder=%s", desired.service(), desired.name(), holder);
    }
    return new ApplyOutcome.Conflict(desired.name(), "ServiceEntry " + holder);
  }

  private Optional<Entry> ours(ResourceKey key, ServiceKey service) {
    return store
        .at(key)
        .filter(entry -> entry.ownership().filter(o -> o.service().equals(service)).isPresent());
  }

  /** What an older configuration, or a copy of our own manifest, left under another name. */
  private boolean removeOthers(ServiceKey service, ResourceKey kept, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    boolean removed = false;
    for (Entry other : store.of(service)) {
      if (!other.object().key().equals(kept)) {
        removed |= removal.remove(other, permit);
      }
    }
    return removed;
  }
}
