package io.meshbridge.adapter.kubernetes;

import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.ExportNews;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.Owners;
import io.meshbridge.spi.WritePermit;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Tells owners in a cluster what became of their exports: by conditions of the ServiceExport that
 * marks a Service, and by Events on both. It reads of each object only what it needs for that, by
 * feeds of its own, so that the source's heap stays as it is where this is switched off.
 */
public final class KubernetesOwners implements Owners {
  private final KubernetesAccess access;
  private final Telling telling;
  private final ResourceQuery services;
  private final Predicate<KubeObject> ownMark;
  private final ConnectionContext context;
  private final RandomGenerator random;
  private final LongSupplier nanoTime;
  private final Lifecycle<Running> lifecycle =
      new Lifecycle<>("the Services of owners have not been read yet");

  private record Running(
      FeedGroup feeds, OwnerObjects objects, ConditionWriter conditions, EventWriter events)
      implements Lifecycle.Running {
    @Override
    public void end() {
      feeds.close();
    }
  }

  /**
   * As configured; empty if owners are not told. Opens nothing yet.
   *
   * @param services the Services that can be exported
   * @param ownMark whether a Service itself says that it is exported
   * @param nanoTime a monotonic clock
   */
  public static Optional<Owners> of(
      KubernetesAccess access,
      Telling telling,
      ResourceQuery services,
      Predicate<KubeObject> ownMark,
      ConnectionContext context,
      RandomGenerator random,
      LongSupplier nanoTime) {
    return telling.isOn()
        ? Optional.of(
            new KubernetesOwners(access, telling, services, ownMark, context, random, nanoTime))
        : Optional.empty();
  }

  private KubernetesOwners(
      KubernetesAccess access,
      Telling telling,
      ResourceQuery services,
      Predicate<KubeObject> ownMark,
      ConnectionContext context,
      RandomGenerator random,
      LongSupplier nanoTime) {
    this.access = access;
    this.telling = telling;
    this.services = services;
    this.ownMark = ownMark;
    this.context = context;
    this.random = random;
    this.nanoTime = nanoTime;
  }

  @Override
  public void start(Consumer<ServiceKey> touched)
      throws MeshUnavailableException, InterruptedException {
    lifecycle.start(() -> open(touched));
  }

  private Running open(Consumer<ServiceKey> touched)
      throws MeshUnavailableException, InterruptedException {
    var mesh = context.mesh().id();
    var feeds = new FeedGroup(mesh.value(), access, random);
    var objects = new OwnerObjects();
    try {
      watch(feeds, objects, keys -> keys.forEach(key -> touched.accept(serviceOf(key))));
    } catch (MeshUnavailableException | InterruptedException notStarted) {
      feeds.close();
      throw notStarted;
    }
    return new Running(
        feeds,
        objects,
        new ConditionWriter(access, objects, mesh, context.clock(), nanoTime),
        new EventWriter(access, context.federation(), mesh, nanoTime));
  }

  private void watch(FeedGroup feeds, OwnerObjects objects, Consumer<Set<ResourceKey>> touched)
      throws MeshUnavailableException, InterruptedException {
    var firstServices = new FirstEvent("the cluster knows no Services");
    feeds.start(
        services,
        service -> OwnService.of(service, ownMark),
        event -> {
          touched.accept(objects.takeServices(event));
          firstServices.note(event);
        });
    firstServices.awaitList();
    if (telling.serviceExports()) {
      var firstMarks =
          new FirstEvent(
              "kind ServiceExport is not installed; install the Multi-Cluster Services API, or"
                  + " leave tell.service-export and marks.service-export out");
      feeds.start(
          ResourceQuery.all(ResourceType.SERVICE_EXPORT),
          ExportMark::of,
          event -> {
            touched.accept(objects.takeMarks(event));
            firstMarks.note(event);
          });
      firstMarks.awaitList();
    }
  }

  @Override
  public void tell(ExportNews news, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var now = lifecycle.running();
    now.objects().requireCurrent();
    var service = news.now().service();
    var key = new ResourceKey(service.namespace(), service.name());
    var mark = now.objects().mark(key);
    if (mark.isPresent() && telling.conditions()) {
      var found = mark.orElseThrow();
      var wanted = ExportConditions.of(news.now(), now.objects().service(key), found.generation());
      now.conditions().bring(found, wanted, permit);
    } else {
      now.conditions().forget(key);
    }
    if (telling.events()) {
      tellEvents(now, key, news, permit);
    }
  }

  private static void tellEvents(Running now, ResourceKey key, ExportNews news, WritePermit permit)
      throws MeshUnavailableException, InterruptedException {
    var service = now.objects().service(key);
    var mark = now.objects().mark(key);
    for (OwnerEvent event : OwnerEvent.between(news.before(), news.now())) {
      if (service.filter(OwnService::marked).isPresent()) {
        var target = new EventWriter.Target(ResourceType.SERVICE, key, service.orElseThrow().uid());
        now.events().tell(target, event, news.seenAt(), permit);
      }
      if (mark.isPresent()) {
        var uid = mark.orElseThrow().object().version().uid();
        var target = new EventWriter.Target(ResourceType.SERVICE_EXPORT, key, uid);
        now.events().tell(target, event, news.seenAt(), permit);
      }
    }
    if (news.now().isNothing()) {
      now.events().forget(key);
    }
  }

  @Override
  public void close() {
    lifecycle.end();
  }

  private ServiceKey serviceOf(ResourceKey key) {
    return new ServiceKey(context.mesh().id(), key.namespace(), key.name());
  }
}
