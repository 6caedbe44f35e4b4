package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.FeedGroup;
import io.meshbridge.adapter.kubernetes.KubernetesAccess;
import io.meshbridge.adapter.kubernetes.ResourceQuery;
import io.meshbridge.model.Import;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.ApplyOutcome;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.Sink;
import io.meshbridge.spi.WritePermit;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Writes imports as ServiceEntries. A host belongs to one ServiceEntry of the whole cluster: where
 * somebody else lists it, in whatever namespace, ours goes.
 */
final class IstioSink implements Sink, AutoCloseable {
  private static final int REQUESTS_AT_ONCE = 16;

  private final KubernetesAccess access;
  private final IstioSettings settings;
  private final ConnectionContext context;
  private final RandomGenerator random;
  private final ServiceEntryShape shapes;
  private final Semaphore requests = new Semaphore(REQUESTS_AT_ONCE);
  private final ReentrantLock lifecycle = new ReentrantLock();
  // Written under the lifecycle lock; read by writers, who see one started state or none.
  private volatile @Nullable Running running;

  private record Running(
      FeedGroup feeds, EntryStore store, EntryApplication application, EntryRemoval removal) {}

  IstioSink(
      KubernetesAccess access,
      IstioSettings settings,
      ConnectionContext context,
      RandomGenerator random) {
    this.access = access;
    this.settings = settings;
    this.context = context;
    this.random = random;
    this.shapes =
        new ServiceEntryShape(
            context.federation(),
            context.mesh().id(),
            settings.namespace(),
            settings.clusterDomain());
  }

  @Override
  public void start(Consumer<ServiceKey> touched)
      throws MeshUnavailableException, InterruptedException {
    lifecycle.lockInterruptibly();
    try {
      close();
      var target = context.mesh().id();
      var store = new EntryStore();
      var first = new FirstEvent();
      var feeds = new FeedGroup(target.value(), access, random);
      feeds.start(
          ResourceQuery.all(IstioTypes.SERVICE_ENTRY),
          object -> Entry.of(object, context.federation(), target),
          event -> {
            var concerned = store.take(event);
            // What the first list holds is told by owned(), not as a surprise.
            if (!first.note(event)) {
              concerned.forEach(touched);
            }
          });
      try {
        first.awaitList();
      } catch (MeshUnavailableException | InterruptedException notStarted) {
        feeds.close();
        throw notStarted;
      }
      var writer =
          new EntryWriter(access, store, context.federation(), target, settings.createNamespace());
      var removal = new EntryRemoval(store, writer);
      running = new Running(feeds, store, new EntryApplication(store, writer, removal), removal);
    } finally {
      lifecycle.unlock();
    }
  }

  @Override
  public Map<ServiceKey, Ownership> owned() throws MeshUnavailableException {
    return started().store().owned();
  }

  @Override
  public ApplyOutcome apply(Import desired, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var now = started();
    requests.acquire();
    try {
      return switch (shapes.of(desired)) {
        case Shape.Refused refused -> {
          now.store().unwant(desired.service());
          now.removal().removeAll(desired.service(), permit);
          yield new ApplyOutcome.Refused(refused.losses());
        }
        case Shape.Entry shape -> now.application().apply(desired, shape, permit);
      };
    } finally {
      requests.release();
    }
  }

  @Override
  public boolean remove(ServiceKey service, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var now = started();
    requests.acquire();
    try {
      now.store().unwant(service);
      return now.removal().removeAll(service, permit);
    } finally {
      requests.release();
    }
  }

  @Override
  public void close() {
    lifecycle.lock();
    try {
      var stopped = running;
      running = null;
      if (stopped != null) {
        stopped.feeds().close();
      }
    } finally {
      lifecycle.unlock();
    }
  }

  private Running started() throws MeshUnavailableException {
    var now = running;
    if (now == null) {
      throw new MeshUnavailableException("the mesh's ServiceEntries have not been read yet");
    }
    return now;
  }
}
