package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.FeedGroup;
import io.meshbridge.adapter.kubernetes.ImportObjects;
import io.meshbridge.adapter.kubernetes.KubernetesAccess;
import io.meshbridge.adapter.kubernetes.OwnedFields;
import io.meshbridge.adapter.kubernetes.Problems;
import io.meshbridge.adapter.kubernetes.ResourceQuery;
import io.meshbridge.adapter.kubernetes.Standing;
import io.meshbridge.adapter.kubernetes.WrittenKind;
import io.meshbridge.model.Import;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.ApplyOutcome;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.Sink;
import io.meshbridge.spi.WritePermit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes imports as ServiceEntries. A host belongs to one ServiceEntry of the whole cluster: where
 * somebody else lists it, in whatever namespace, ours goes.
 */
final class IstioSink implements Sink, AutoCloseable {
  private static final Logger LOG = Logger.getLogger(IstioSink.class);
  private static final int REQUESTS_AT_ONCE = 16;
  private static final WrittenKind ENTRIES =
      new WrittenKind(
          IstioTypes.SERVICE_ENTRY,
          ResourceQuery.all(IstioTypes.SERVICE_ENTRY),
          new OwnedFields(Set.of("spec.ports")),
          entry -> entry.fields(Problems.NONE).object("spec").textList("hosts"),
          "the API server does not know ServiceEntries of networking.istio.io/v1; install"
              + " Istio's custom resource definitions (Istio 1.22 or newer)");

  private final KubernetesAccess access;
  private final IstioSettings settings;
  private final ConnectionContext context;
  private final RandomGenerator random;
  private final ServiceEntryShape shapes;
  private final Semaphore requests = new Semaphore(REQUESTS_AT_ONCE);
  private final ReentrantLock lifecycle = new ReentrantLock();
  // Written under the lifecycle lock; read by writers, who see one started state or none.
  private volatile @Nullable Running running;

  private record Running(FeedGroup feeds, ImportObjects entries) {}

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
      var entries =
          new ImportObjects(
              access, ENTRIES, context.federation(), target, settings.createNamespace());
      var feeds = new FeedGroup(target.value(), access, random);
      var first = entries.watch(feeds, touched);
      try {
        first.awaitList();
      } catch (MeshUnavailableException | InterruptedException notStarted) {
        feeds.close();
        throw notStarted;
      }
      running = new Running(feeds, entries);
    } finally {
      lifecycle.unlock();
    }
  }

  @Override
  public Map<ServiceKey, Ownership> owned() throws MeshUnavailableException {
    return started().entries().owned();
  }

  @Override
  public ApplyOutcome apply(Import desired, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var now = started();
    requests.acquire();
    try {
      return switch (shapes.of(desired)) {
        case Shape.Refused refused -> {
          now.entries().unwant(desired.service());
          now.entries().removeAll(desired.service(), permit);
          yield new ApplyOutcome.Refused(refused.losses());
        }
        case Shape.Entry shape -> apply(now.entries(), desired, shape, permit);
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
      now.entries().unwant(service);
      return now.entries().removeAll(service, permit);
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

  private static ApplyOutcome apply(
      ImportObjects entries, Import desired, Shape.Entry shape, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var service = desired.service();
    var host = Set.of(desired.name());
    entries.want(service, host, Set.of(shape.key()));
    return switch (entries.bring(service, host, shape.key(), shape.manifest(), permit)) {
      case Standing.Good good -> {
        // What an older configuration, or a copy of our own manifest, left under another name.
        boolean removed = entries.removeAllBut(Set.of(shape.key()), service, permit);
        yield new ApplyOutcome.Applied(
            desired.name(), good.written() || removed, shape.callable(), shape.losses());
      }
      case Standing.Held held -> {
        if (entries.removeAll(service, permit)) {
          LOG.infof(
              "yielded a host import=%s host=%s holder=%s", service, desired.name(), held.holder());
        }
        yield new ApplyOutcome.Conflict(desired.name(), held.holder());
      }
      case Standing.Homeless homeless -> new ApplyOutcome.Rejected(homeless.reason());
      case Standing.Denied denied -> new ApplyOutcome.Rejected(denied.reason());
    };
  }

  private Running started() throws MeshUnavailableException {
    var now = running;
    if (now == null) {
      throw new MeshUnavailableException("the mesh's ServiceEntries have not been read yet");
    }
    return now;
  }
}
