package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.istio.traffic.DestinationRuleFacts;
import io.meshbridge.adapter.istio.traffic.GatewayFacts;
import io.meshbridge.adapter.istio.traffic.VirtualServiceFacts;
import io.meshbridge.adapter.kubernetes.EventQueue;
import io.meshbridge.adapter.kubernetes.FeedGroup;
import io.meshbridge.adapter.kubernetes.KubernetesAccess;
import io.meshbridge.adapter.kubernetes.Narrator;
import io.meshbridge.adapter.kubernetes.Problems;
import io.meshbridge.adapter.kubernetes.ResourceQuery;
import io.meshbridge.adapter.kubernetes.ResourceType;
import io.meshbridge.adapter.kubernetes.ServiceFacts;
import io.meshbridge.adapter.kubernetes.SliceFacts;
import io.meshbridge.adapter.kubernetes.TrustRoots;
import io.meshbridge.adapter.kubernetes.gatewayapi.ApiGateway;
import io.meshbridge.adapter.kubernetes.gatewayapi.Route;
import io.meshbridge.adapter.kubernetes.gatewayapi.RouteKind;
import io.meshbridge.model.Marks;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.Observation;
import io.meshbridge.spi.Source;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Watches what an Istio mesh offers. */
final class IstioSource implements Source {
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

  /** The Services that can be exported. */
  static ResourceQuery services(IstioSettings settings) {
    return settings.serviceExportMarks()
        ? ResourceQuery.all(ResourceType.SERVICE)
        : ResourceQuery.labelled(ResourceType.SERVICE, EXPORTED);
  }

  @Override
  public void run(Consumer<Observation> observer) throws InterruptedException {
    var events = new EventQueue(nanoTime);
    var facts = new MeshFacts(context.mesh(), settings.trustDomain());
    var state = new MeshState(settings, facts);
    var narrator = new Narrator(state, context, observer);
    try (var feeds = new FeedGroup(context.mesh().id().value(), access, random)) {
      startAll(feeds, events, state, facts);
      while (true) {
        events.takeBurst();
        narrator.tell();
      }
    }
  }

  private void startAll(FeedGroup feeds, EventQueue events, MeshState state, MeshFacts facts) {
    feeds.start(services(settings), ServiceFacts::of, events.into(state.services()::takeServices));
    // A slice need not bear its Service's labels, so all are watched, and little of each is kept.
    feeds.start(
        ResourceQuery.all(ResourceType.ENDPOINT_SLICE),
        SliceFacts::ofSliceWithPods,
        events.into(state.services()::takeSlices));
    feeds.start(
        ResourceQuery.labelled(IstioTypes.SERVICE_ENTRY, EXPORTED),
        EntryFacts::of,
        events.into(state::takeEntries));
    feeds.start(
        ResourceQuery.all(IstioTypes.PEER_AUTHENTICATION),
        policy -> PeerPolicy.of(policy, Problems.NONE),
        events.into(state::takePolicies));
    startTraffic(feeds, events, state.traffic());
    if (settings.serviceExportMarks()) {
      feeds.start(
          ResourceQuery.all(ResourceType.SERVICE_EXPORT),
          mark -> true,
          events.into(state.services()::takeExports));
    }
    var root = settings.rootNamespace();
    feeds.start(
        ResourceQuery.one(ResourceType.CONFIG_MAP, root, "istio"),
        facts::trustDomainOf,
        events.into(facts::takeConfig));
    feeds.start(
        ResourceQuery.one(ResourceType.CONFIG_MAP, root, "istio-ca-root-cert"),
        TrustRoots.under("root-cert.pem"),
        events.into(facts.roots()::take));
    feeds.start(IstioTypes.istiod(root), MeshFacts::versionOf, events.into(facts::takeIstiod));
  }

  /** Anybody may write policies for a host, in whatever namespace, so all are watched. */
  private static void startTraffic(FeedGroup feeds, EventQueue events, KnownPolicies traffic) {
    var names = traffic.names();
    feeds.start(
        IstioTypes.inVersions(IstioTypes.VIRTUAL_SERVICE),
        object -> VirtualServiceFacts.of(object, names),
        events.into(traffic::takeRoutes));
    feeds.start(
        IstioTypes.inVersions(IstioTypes.DESTINATION_RULE),
        object -> DestinationRuleFacts.of(object, names),
        events.into(traffic::takeRules));
    feeds.start(
        IstioTypes.inVersions(IstioTypes.GATEWAY).stream()
            .map(query -> ResourceQuery.labelled(query.type(), EXPORTED))
            .toList(),
        GatewayFacts::of,
        events.into(traffic::takeGateways));
    feeds.start(
        ApiGateway.types().stream().map(type -> ResourceQuery.labelled(type, EXPORTED)).toList(),
        ApiGateway::of,
        events.into(traffic::takeApiGateways));
    for (RouteKind kind : RouteKind.values()) {
      feeds.start(
          kind.queries(), object -> Route.of(object, kind), events.into(traffic.routeFeed()));
    }
    feeds.start(
        ResourceQuery.all(ResourceType.POD),
        new SharedLabels()::of,
        events.into(traffic::takePods));
  }
}
