package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.kubernetes.FeedEvent;
import io.meshbridge.adapter.kubernetes.FeedGroup;
import io.meshbridge.adapter.kubernetes.KubernetesAccess;
import io.meshbridge.adapter.kubernetes.Problems;
import io.meshbridge.adapter.kubernetes.ResourceQuery;
import io.meshbridge.adapter.kubernetes.ResourceType;
import io.meshbridge.adapter.kubernetes.ServiceFacts;
import io.meshbridge.adapter.kubernetes.SliceFacts;
import io.meshbridge.model.Marks;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.Observation;
import io.meshbridge.spi.Source;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Watches what an Istio mesh offers. Each kind has a feed on a virtual thread that only enqueues;
 * the thread that runs the source applies what they say and computes, so there is one order.
 */
final class IstioSource implements Source {
  private static final int WAITING_EVENTS = 4096;
  // Long enough for the several events of one change to meet, short enough not to be noticed.
  private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final String EXPORTED = Marks.KUBERNETES.export() + "=true";

  private final KubernetesAccess access;
  private final IstioSettings settings;
  private final ConnectionContext context;
  private final RandomGenerator random;
  private final LongSupplier nanoTime;

  IstioSource(
      KubernetesAccess access,
      IstioSettings settings,
      ConnectionContext context,
      RandomGenerator random,
      LongSupplier nanoTime) {
    this.access = access;
    this.settings = settings;
    this.context = context;
    this.random = random;
    this.nanoTime = nanoTime;
  }

  @Override
  public void run(Consumer<Observation> observer) throws InterruptedException {
    var events = new ArrayBlockingQueue<Runnable>(WAITING_EVENTS);
    var state = new MeshState(settings.rootNamespace(), settings.serviceExportMarks());
    var facts = new MeshFacts(context.mesh(), settings.trustDomain());
    var narrator = new Narrator(state, facts, context, settings.clusterDomain(), observer);
    try (var feeds = new FeedGroup(context.mesh().id().value(), access, random)) {
      startAll(feeds, events, state, facts);
      while (true) {
        takeBurst(events);
        narrator.tell();
      }
    }
  }

  /** Applies one event, and those that come with it. */
  private void takeBurst(BlockingQueue<Runnable> events) throws InterruptedException {
    events.take().run();
    long end = nanoTime.getAsLong() + BURST_NANOS;
    long left = BURST_NANOS;
    while (left > 0) {
      var next = events.poll(left, TimeUnit.NANOSECONDS);
      if (next == null) {
        return;
      }
      next.run();
      left = end - nanoTime.getAsLong();
    }
  }

  private void startAll(
      FeedGroup feeds, BlockingQueue<Runnable> events, MeshState state, MeshFacts facts) {
    feeds.start(
        settings.serviceExportMarks()
            ? ResourceQuery.all(ResourceType.SERVICE)
            : ResourceQuery.labelled(ResourceType.SERVICE, EXPORTED),
        ServiceFacts::of,
        enqueuing(events, state::takeServices));
    // A slice need not bear its Service's labels, so all are watched, and little of each is kept.
    feeds.start(
        ResourceQuery.all(ResourceType.ENDPOINT_SLICE),
        SliceFacts::ofSlice,
        enqueuing(events, state::takeSlices));
    feeds.start(
        ResourceQuery.labelled(IstioTypes.SERVICE_ENTRY, EXPORTED),
        EntryFacts::of,
        enqueuing(events, state::takeEntries));
    feeds.start(
        ResourceQuery.all(IstioTypes.PEER_AUTHENTICATION),
        policy -> PeerPolicy.of(policy, Problems.NONE),
        enqueuing(events, state::takePolicies));
    if (settings.serviceExportMarks()) {
      feeds.start(
          ResourceQuery.all(ResourceType.SERVICE_EXPORT),
          mark -> true,
          enqueuing(events, state::takeExports));
    }
    var root = settings.rootNamespace();
    feeds.start(
        ResourceQuery.one(ResourceType.CONFIG_MAP, root, "istio"),
        facts::trustDomainOf,
        enqueuing(events, facts::takeConfig));
    feeds.start(
        new ResourceQuery(ResourceType.DEPLOYMENT, root, "app=istiod", ""),
        MeshFacts::versionOf,
        enqueuing(events, facts::takeIstiod));
  }

  /** Hands events over to the thread that runs the source; a full queue slows the feed down. */
  private static <T> Consumer<FeedEvent<T>> enqueuing(
      BlockingQueue<Runnable> events, Consumer<FeedEvent<T>> state) {
    return event -> {
      try {
        events.put(() -> state.accept(event));
      } catch (InterruptedException ending) {
        // The feed notices at its next wait; the event is lost with the run that it belonged to.
        Thread.currentThread().interrupt();
      }
    };
  }
}
