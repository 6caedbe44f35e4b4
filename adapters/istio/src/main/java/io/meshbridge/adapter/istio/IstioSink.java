package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.FeedGroup;
import io.meshbridge.adapter.kubernetes.ImportObjects;
import io.meshbridge.adapter.kubernetes.KubernetesAccess;
import io.meshbridge.adapter.kubernetes.Lifecycle;
import io.meshbridge.adapter.kubernetes.MadeNamespaces;
import io.meshbridge.adapter.kubernetes.WrittenKind;
import io.meshbridge.model.Import;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.ApplyOutcome;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.Sink;
import io.meshbridge.spi.WritePermit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Writes imports as ServiceEntries, each with what its policy needs beside it, and gateways as
 * Gateways. A host belongs to one ServiceEntry of the whole cluster: where somebody else lists it,
 * in whatever namespace, ours goes.
 */
final class IstioSink implements Sink, AutoCloseable {
  private static final int REQUESTS_AT_ONCE = 16;
  private final KubernetesAccess access;
  private final IstioSettings settings;
  private final ConnectionContext context;
  private final RandomGenerator random;
  private final ImportShape shapes;
  private final Semaphore requests = new Semaphore(REQUESTS_AT_ONCE);
  private final Lifecycle<Running> lifecycle =
      new Lifecycle<>("the mesh's ServiceEntries and routes have not been read yet");

  private record Running(FeedGroup feeds, TargetVersion version, ImportApplication application)
      implements Lifecycle.Running {
    @Override
    public void end() {
      feeds.close();
    }
  }

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
        new ImportShape(
            context.federation(),
            context.mesh().id(),
            settings.namespace(),
            settings.clusterDomain(),
            settings.ingressPods());
  }

  @Override
  public void start(Consumer<ServiceKey> touched)
      throws MeshUnavailableException, InterruptedException {
    lifecycle.start(() -> open(touched));
  }

  private Running open(Consumer<ServiceKey> touched)
      throws MeshUnavailableException, InterruptedException {
    var feeds = new FeedGroup(context.mesh().id().value(), access, random);
    var entries = objects(WrittenKinds.ENTRIES);
    var rules = objects(WrittenKinds.RULES);
    var routes = objects(WrittenKinds.ROUTES);
    var gateways = objects(WrittenKinds.GATEWAYS);
    var application = new ImportApplication(entries, rules, routes, gateways);
    var version =
        new TargetVersion(
            context.mesh().version(), () -> application.owned().keySet().forEach(touched));
    try {
      var firstEntries = entries.watch(feeds, touched);
      var firstRules = rules.watch(feeds, touched);
      var firstRoutes = routes.watch(feeds, touched);
      var firstGateways = gateways.watch(feeds, touched);
      version.watch(feeds, settings.rootNamespace());
      firstEntries.awaitList();
      firstRules.awaitList();
      firstRoutes.awaitList();
      // A mesh that takes no gateways need not let us see any.
      firstGateways.awaitListOrNone();
      version.awaitAnswer();
    } catch (MeshUnavailableException | InterruptedException notStarted) {
      feeds.close();
      throw notStarted;
    }
    return new Running(feeds, version, application);
  }

  @Override
  public Map<ServiceKey, Ownership> owned() throws MeshUnavailableException {
    return lifecycle.running().application().owned();
  }

  @Override
  public boolean holds(ServiceKey service) throws MeshUnavailableException {
    return lifecycle.running().application().holds(service);
  }

  @Override
  public ApplyOutcome apply(Import desired, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var now = lifecycle.running();
    requests.acquire();
    try {
      return switch (shapes.of(desired, now.version().capabilities())) {
        case Shape.Refused refused -> {
          now.application().remove(desired.service(), permit);
          yield new ApplyOutcome.Refused(refused.losses());
        }
        case Shape.Objects objects -> now.application().apply(desired, objects, permit);
        case Shape.Gateway gateway -> now.application().apply(desired, gateway, permit);
      };
    } finally {
      requests.release();
    }
  }

  @Override
  public boolean remove(ServiceKey service, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var now = lifecycle.running();
    requests.acquire();
    try {
      return now.application().remove(service, permit);
    } finally {
      requests.release();
    }
  }

  @Override
  public List<String> tidy(WritePermit permit) throws MeshUnavailableException {
    return MadeNamespaces.inWords(access);
  }

  @Override
  public void close() {
    lifecycle.end();
  }

  private ImportObjects objects(WrittenKind kind) {
    return new ImportObjects(
        access, kind, context.federation(), context.mesh().id(), settings.createNamespace());
  }
}
