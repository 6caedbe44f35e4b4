package io.meshbridge.adapter.linkerd;

import io.meshbridge.adapter.kubernetes.FeedEvent;
import io.meshbridge.adapter.kubernetes.KnownServices;
import io.meshbridge.adapter.kubernetes.MeshKnowledge;
import io.meshbridge.adapter.kubernetes.ReadResult;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.ServiceFacts;
import io.meshbridge.adapter.kubernetes.Table;
import io.meshbridge.adapter.kubernetes.TrustRoots;
import io.meshbridge.adapter.kubernetes.gatewayapi.ApiGateway;
import io.meshbridge.adapter.kubernetes.gatewayapi.AttachedObjects;
import io.meshbridge.adapter.kubernetes.gatewayapi.KnownRoutes;
import io.meshbridge.adapter.kubernetes.gatewayapi.Route;
import io.meshbridge.adapter.linkerd.traffic.Profile;
import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Location;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.traffic.Ingress;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that the source knows of a mesh, and which services a change touches. Belongs to the thread
 * that runs the source; feeds only hand events over.
 */
final class LinkerdState implements MeshKnowledge {
  private static final String DEFAULT_TRUST_DOMAIN = "cluster.local";

  private final MeshDescriptor configured;
  private final LinkerdSettings settings;
  private final Set<ResourceKey> dirty = new TreeSet<>();
  private final KnownServices services;
  private final Table<ServerPolicy> servers = new Table<>();
  private final Table<NamespaceFacts> namespaces = new Table<>();
  private final Table<MeshConfig> configs = new Table<>();
  private final Table<Boolean> egressNetworks = new Table<>();
  private final Table<ApiGateway> gateways = new Table<>();
  private final KnownRoutes routes = new KnownRoutes(dirty::add);
  private final AttachedObjects<Optional<Profile>> profiles =
      new AttachedObjects<>(profile -> profile.map(Profile::service).stream().toList(), dirty::add);
  private final TrustRoots trustRoots = new TrustRoots();
  private InboundPolicies policies;

  LinkerdState(MeshDescriptor configured, LinkerdSettings settings) {
    this.configured = configured;
    this.settings = settings;
    this.services = new KnownServices(settings::marks, settings.serviceExportMarks(), dirty::add);
    this.policies = currentPolicies();
  }

  KnownServices services() {
    return services;
  }

  /** Room for the routes of one more kind. */
  Consumer<FeedEvent<Route>> routeFeed() {
    return routes.feed();
  }

  /** Room for one more kind of objects that share requests. */
  Consumer<FeedEvent<Optional<Profile>>> profileFeed() {
    return profiles.feed();
  }

  TrustRoots trustRoots() {
    return trustRoots;
  }

  void takeServers(FeedEvent<ServerPolicy> event) {
    markIn(servers.take(event), ResourceKey::namespace);
  }

  void takeNamespaces(FeedEvent<NamespaceFacts> event) {
    var changed = namespaces.take(event);
    markIn(changed, ResourceKey::name);
    if (!changed.isEmpty()) {
      // Their labels say whose routes a listener takes.
      gateways.values().forEach(gateway -> dirty.add(gateway.service()));
    }
  }

  /** Whoever has the same routes has to know, too. */
  void takeGateways(FeedEvent<ApiGateway> event) {
    for (Table.Difference<ApiGateway> difference : gateways.take(event)) {
      var service =
          new ResourceKey(difference.key().namespace(), Ingress.nameOf(difference.key().name()));
      dirty.add(service);
      routes.of(service).forEach(route -> dirty.addAll(route.targets()));
    }
  }

  void takeConfigs(FeedEvent<MeshConfig> event) {
    if (!configs.take(event).isEmpty()) {
      policies = currentPolicies();
      markAll();
    }
  }

  void takeEgressNetworks(FeedEvent<Boolean> event) {
    egressNetworks.take(event).forEach(difference -> dirty.add(difference.key()));
  }

  @Override
  public Optional<MeshDescriptor> descriptor() {
    if (!configs.everGood()) {
      return Optional.empty();
    }
    var config = config();
    var trustDomain =
        Stream.of(config.trustDomain(), configured.trustDomain(), DEFAULT_TRUST_DOMAIN)
            .filter(domain -> !domain.isEmpty())
            .findFirst()
            .orElseThrow();
    return Optional.of(
        new MeshDescriptor(
            configured.id(),
            configured.kind(),
            config.version().isEmpty() ? configured.version() : config.version(),
            trustDomain,
            configured.network()));
  }

  @Override
  public SortedSet<String> roots() {
    return trustRoots.roots();
  }

  @Override
  public Optional<String> obstacle() {
    return Table.firstObstacle(
        Stream.concat(needed(), steering().filter(table -> !table.isWithheld())));
  }

  @Override
  public boolean isComplete() {
    return needed().allMatch(Table::everGood)
        && steering().allMatch(table -> table.everGood() || table.isWithheld());
  }

  @Override
  public void markAll() {
    dirty.addAll(services.keys());
    dirty.addAll(egressNetworks.keys());
    gateways.values().forEach(gateway -> dirty.add(gateway.service()));
  }

  @Override
  public Set<ResourceKey> takeDirty() {
    var taken = new TreeSet<>(dirty);
    dirty.clear();
    return taken;
  }

  @Override
  public Set<ResourceKey> marked() {
    return Stream.of(
            services.marked(),
            egressNetworks.keys().stream(),
            gateways.values().stream().map(ApiGateway::service))
        .flatMap(keys -> keys)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public boolean isMarked(ResourceKey key) {
    return services.isMarked(key)
        || egressNetworks.get(key).isPresent()
        || gateway(key).isPresent();
  }

  private Optional<ApiGateway> gateway(ResourceKey service) {
    return Ingress.gatewayOf(service.name())
        .flatMap(name -> gateways.get(new ResourceKey(service.namespace(), name)));
  }

  /** A Service wins over an EgressNetwork of its name. */
  @Override
  public ReadResult read(ResourceKey key, MeshDescriptor mesh) {
    var reader =
        new OfferReader(
            mesh,
            settings.clusterDomain(),
            policies,
            namespace -> namespaces.get(new ResourceKey("", namespace)).map(NamespaceFacts::labels),
            service -> gateway(service).isPresent(),
            problem -> Location.of(problem.object()));
    if (!services.isMarked(key)) {
      return gateway(key)
          .map(gateway -> read(reader, gateway))
          .orElseGet(() -> new ReadResult.Unreadable(OfferReader.NO_SERVICE));
    }
    return services.get(key).map(service -> read(reader, service)).orElseThrow();
  }

  /** A policy whose meaning is open costs its Service: the last good one goes on. */
  private ReadResult read(OfferReader reader, ServiceFacts service) {
    var key = service.key();
    var traffic =
        reader.traffic(
            service, routes.of(key), profiles.of(key).stream().flatMap(Optional::stream).toList());
    return traffic
        .firstError()
        .<ReadResult>map(LinkerdState::unreadable)
        .orElseGet(() -> OfferReader.with(traffic, reader.read(service, services.slicesOf(key))));
  }

  private ReadResult read(OfferReader reader, ApiGateway gateway) {
    var read = reader.gateway(gateway, routes.of(gateway.service()));
    return read.firstError().<ReadResult>map(LinkerdState::unreadable).orElse(read.result());
  }

  private static ReadResult unreadable(Diagnostic fault) {
    return new ReadResult.Unreadable(
        fault.location().file() + " " + fault.path() + ": " + fault.message());
  }

  /** All of these decide who may call: without them nothing can be said, least of all "open". */
  private Stream<Table<?>> needed() {
    return Stream.concat(
        services.tables().stream(), Stream.of(servers, namespaces, configs, egressNetworks));
  }

  /** What says how traffic is treated. Who does not let us see it exports services without it. */
  private Stream<Table<?>> steering() {
    return Stream.of(routes.tables().stream(), profiles.tables().stream(), Stream.of(gateways))
        .flatMap(tables -> tables);
  }

  private MeshConfig config() {
    return configs.values().stream().findFirst().orElse(MeshConfig.DEFAULT);
  }

  private InboundPolicies currentPolicies() {
    return new InboundPolicies(
        config(),
        name -> namespaces.get(new ResourceKey("", name)).orElse(NamespaceFacts.NONE),
        servers.values());
  }

  private <T> void markIn(
      Set<Table.Difference<T>> changed, Function<ResourceKey, String> namespaceOf) {
    if (changed.isEmpty()) {
      return;
    }
    policies = currentPolicies();
    var touched = changed.stream().map(d -> namespaceOf.apply(d.key())).collect(Collectors.toSet());
    services.keys().stream().filter(key -> touched.contains(key.namespace())).forEach(dirty::add);
  }
}
