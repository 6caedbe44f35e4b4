package io.meshbridge.adapter.linkerd;

import io.meshbridge.adapter.kubernetes.Addresses;
import io.meshbridge.adapter.kubernetes.FeedGroup;
import io.meshbridge.adapter.kubernetes.FirstEvent;
import io.meshbridge.adapter.kubernetes.ImportObjects;
import io.meshbridge.adapter.kubernetes.KubernetesAccess;
import io.meshbridge.adapter.kubernetes.Lifecycle;
import io.meshbridge.adapter.kubernetes.MadeNamespaces;
import io.meshbridge.adapter.kubernetes.OwnedFields;
import io.meshbridge.adapter.kubernetes.ResourceQuery;
import io.meshbridge.adapter.kubernetes.ResourceType;
import io.meshbridge.adapter.kubernetes.WrittenKind;
import io.meshbridge.model.Endpoint;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Writes imports as Services without selector, with slices of their own. Host names are resolved
 * here, since a slice holds only addresses.
 */
final class LinkerdSink implements Sink, AutoCloseable {
  private static final int REQUESTS_AT_ONCE = 16;
  private static final WrittenKind SERVICES =
      WrittenKind.builtIn(
          ResourceQuery.all(ResourceType.SERVICE), new OwnedFields(Set.of("spec.ports")));
  private static final WrittenKind SLICES =
      WrittenKind.builtIn(
          ResourceQuery.labelled(
              ResourceType.ENDPOINT_SLICE, OwnSlices.MANAGED_BY + "=" + OwnSlices.MANAGER),
          new OwnedFields(Set.of()));

  private final KubernetesAccess access;
  private final LinkerdSettings settings;
  private final ConnectionContext context;
  private final RandomGenerator random;
  private final LongSupplier nanoTime;
  private final HostLookup lookup;
  private final ImportShape shapes;
  private final Semaphore requests = new Semaphore(REQUESTS_AT_ONCE);
  private final Lifecycle<Running> lifecycle =
      new Lifecycle<>("the mesh's Services have not been read yet");

  private record Running(
      FeedGroup feeds,
      ImportObjects services,
      ImportObjects slices,
      ImportRoutes routes,
      HostBook book,
      HostWatch hosts,
      Recheck recheck,
      ImportApplication application)
      implements Lifecycle.Running {
    @Override
    public void end() {
      hosts.close();
      recheck.close();
      feeds.close();
    }
  }

  LinkerdSink(
      KubernetesAccess access,
      LinkerdSettings settings,
      ConnectionContext context,
      RandomGenerator random,
      LongSupplier nanoTime,
      HostLookup lookup) {
    this.access = access;
    this.settings = settings;
    this.context = context;
    this.random = random;
    this.nanoTime = nanoTime;
    this.lookup = lookup;
    this.shapes = new ImportShape(context.federation(), context.mesh().id(), settings.namespace());
  }

  @Override
  public void start(Consumer<ServiceKey> touched)
      throws MeshUnavailableException, InterruptedException {
    lifecycle.start(() -> open(touched));
  }

  private Running open(Consumer<ServiceKey> touched)
      throws MeshUnavailableException, InterruptedException {
    var services = objects(SERVICES);
    var slices = objects(SLICES);
    var routes = new ImportRoutes(this::objects);
    var mesh = context.mesh().id().value();
    var feeds = new FeedGroup(mesh, access, random);
    var homes = new Homes(namespace -> services.wantedIn(namespace).forEach(touched));
    try {
      var firstServices = services.watch(feeds, touched);
      var firstSlices = slices.watch(feeds, touched);
      var firstHomes = homes.watch(feeds);
      var firstRoutes = routes.watch(feeds, touched);
      firstServices.awaitList();
      firstSlices.awaitList();
      firstHomes.awaitList();
      for (FirstEvent route : firstRoutes) {
        route.awaitListOrNone();
      }
    } catch (MeshUnavailableException | InterruptedException notStarted) {
      feeds.close();
      throw notStarted;
    }
    var book = new HostBook(nanoTime);
    var recheck = Recheck.start(mesh, touched);
    return new Running(
        feeds,
        services,
        slices,
        routes,
        book,
        HostWatch.start(mesh, book, lookup, touched),
        recheck,
        new ImportApplication(services, slices, routes, recheck));
  }

  @Override
  public Map<ServiceKey, Ownership> owned() throws MeshUnavailableException {
    var now = lifecycle.running();
    var owned = new TreeMap<>(now.routes().owned());
    owned.putAll(now.slices().owned());
    owned.putAll(now.services().owned());
    return owned;
  }

  @Override
  public boolean holds(ServiceKey service) throws MeshUnavailableException {
    var now = lifecycle.running();
    return now.services().holds(service)
        || now.slices().holds(service)
        || now.routes().holds(service);
  }

  @Override
  public ApplyOutcome apply(Import desired, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var now = lifecycle.running();
    now.hosts().need(desired.service(), hostsOf(desired));
    requests.acquire();
    try {
      return switch (shapes.of(desired, now.book())) {
        case Shape.Refused refused -> {
          now.hosts().release(desired.service());
          now.application().remove(desired.service(), permit);
          yield new ApplyOutcome.Refused(refused.losses());
        }
        case Shape.Objects objects -> now.application().apply(desired.service(), objects, permit);
      };
    } finally {
      requests.release();
    }
  }

  @Override
  public boolean remove(ServiceKey service, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var now = lifecycle.running();
    now.hosts().release(service);
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

  private static Set<String> hostsOf(Import desired) {
    return desired.endpoints().endpoints().stream()
        .map(Endpoint::address)
        .filter(address -> !Addresses.isIp(address) && Addresses.isName(address))
        .collect(Collectors.toSet());
  }
}
