package io.meshbridge.adapter.linkerd;

import io.meshbridge.adapter.kubernetes.EventQueue;
import io.meshbridge.adapter.kubernetes.FeedGroup;
import io.meshbridge.adapter.kubernetes.KubernetesAccess;
import io.meshbridge.adapter.kubernetes.Narrator;
import io.meshbridge.adapter.kubernetes.Problems;
import io.meshbridge.adapter.kubernetes.ResourceQuery;
import io.meshbridge.adapter.kubernetes.ResourceType;
import io.meshbridge.adapter.kubernetes.SliceFacts;
import io.meshbridge.adapter.kubernetes.TrustRoots;
import io.meshbridge.adapter.kubernetes.gatewayapi.ApiGateway;
import io.meshbridge.adapter.kubernetes.gatewayapi.Route;
import io.meshbridge.adapter.kubernetes.gatewayapi.RouteKind;
import io.meshbridge.adapter.linkerd.traffic.Profile;
import io.meshbridge.model.Marks;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.Observation;
import io.meshbridge.spi.Source;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Watches what a Linkerd mesh offers. */
final class LinkerdSource implements Source {
  private static final String EXPORTED = Marks.KUBERNETES.export() + "=true";

  private final KubernetesAccess access;
  private final LinkerdSettings settings;
  private final ConnectionContext context;
  private final RandomGenerator random;
  private final LongSupplier nanoTime;

  LinkerdSource(
      KubernetesAccess access,
      LinkerdSettings settings,
      ConnectionContext context,
      RandomGenerator random,
      LongSupplier nanoTime) {
    this.access = access;
    this.settings = settings;
    this.context = context;
    this.random = random;
    this.nanoTime = nanoTime;
  }

  /** The Services that can be exported. */
  static ResourceQuery services(LinkerdSettings settings) {
    return settings.othersMarks()
        ? ResourceQuery.all(ResourceType.SERVICE)
        : ResourceQuery.labelled(ResourceType.SERVICE, EXPORTED);
  }

  @Override
  public void run(Consumer<Observation> observer) throws InterruptedException {
    var events = new EventQueue(nanoTime);
    var state = new LinkerdState(context.mesh(), settings);
    var narrator = new Narrator(state, context, observer);
    try (var feeds = new FeedGroup(context.mesh().id().value(), access, random)) {
      startServices(feeds, events, state);
      startPolicies(feeds, events, state);
      startTraffic(feeds, events, state);
      while (true) {
        events.takeBurst();
        narrator.tell();
      }
    }
  }

  private void startServices(FeedGroup feeds, EventQueue events, LinkerdState state) {
    feeds.start(
        services(settings), OfferReader::factsOf, events.into(state.services()::takeServices));
    // A slice need not bear its Service's labels, so all are watched, and little of each is kept.
    feeds.start(
        ResourceQuery.all(ResourceType.ENDPOINT_SLICE),
        SliceFacts::ofSlice,
        events.into(state.services()::takeSlices));
    if (settings.serviceExportMarks()) {
      feeds.start(
          ResourceQuery.all(ResourceType.SERVICE_EXPORT),
          mark -> true,
          events.into(state.services()::takeExports));
    }
    feeds.start(
        ResourceQuery.labelled(LinkerdTypes.EGRESS_NETWORK, EXPORTED),
        network -> true,
        events.into(state::takeEgressNetworks));
  }

  private void startPolicies(FeedGroup feeds, EventQueue events, LinkerdState state) {
    feeds.start(
        LinkerdTypes.servers(),
        server -> ServerPolicy.of(server, Problems.NONE),
        events.into(state::takeServers));
    feeds.start(
        ResourceQuery.all(ResourceType.NAMESPACE),
        NamespaceFacts::of,
        events.into(state::takeNamespaces));
    feeds.start(
        ResourceQuery.one(ResourceType.CONFIG_MAP, settings.controlPlane(), LinkerdTypes.CONFIG),
        MeshConfig::of,
        events.into(state::takeConfigs));
    feeds.start(
        ResourceQuery.one(
            ResourceType.CONFIG_MAP, settings.controlPlane(), LinkerdTypes.TRUST_ROOTS),
        TrustRoots.under("ca-bundle.crt"),
        events.into(state.trustRoots()::take));
  }

  private static void startTraffic(FeedGroup feeds, EventQueue events, LinkerdState state) {
    feeds.start(
        ApiGateway.types().stream().map(type -> ResourceQuery.labelled(type, EXPORTED)).toList(),
        ApiGateway::of,
        events.into(state::takeGateways));
    for (RouteKind kind : RouteKind.values()) {
      feeds.start(kind.queries(), object -> Route.of(object, kind), events.into(state.routeFeed()));
    }
    feeds.start(
        LinkerdTypes.ownRoutes(),
        object -> Route.of(object, RouteKind.HTTP),
        events.into(state.routeFeed()));
    feeds.start(
        LinkerdTypes.serviceProfiles(),
        Profile::ofServiceProfile,
        events.into(state.profileFeed()));
    feeds.start(
        LinkerdTypes.trafficSplits(), Profile::ofTrafficSplit, events.into(state.profileFeed()));
  }
}
