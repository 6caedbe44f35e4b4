package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.istio.traffic.ApiGateways;
import io.meshbridge.adapter.istio.traffic.DestinationRuleFacts;
import io.meshbridge.adapter.istio.traffic.GatewayFacts;
import io.meshbridge.adapter.istio.traffic.GatewayReader;
import io.meshbridge.adapter.istio.traffic.HostNames;
import io.meshbridge.adapter.istio.traffic.PolicyObjects;
import io.meshbridge.adapter.istio.traffic.Registry;
import io.meshbridge.adapter.istio.traffic.TrafficReader;
import io.meshbridge.adapter.istio.traffic.VirtualServiceFacts;
import io.meshbridge.adapter.kubernetes.FeedEvent;
import io.meshbridge.adapter.kubernetes.Problem;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.Table;
import io.meshbridge.adapter.kubernetes.gatewayapi.ApiGateway;
import io.meshbridge.adapter.kubernetes.gatewayapi.KnownRoutes;
import io.meshbridge.adapter.kubernetes.gatewayapi.NamespaceLabels;
import io.meshbridge.adapter.kubernetes.gatewayapi.Route;
import io.meshbridge.model.Location;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.traffic.Ingress;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What feeds tell of policies and of the labels of pods, and which exported services a change
 * touches. Belongs to the thread that runs the source.
 */
final class KnownPolicies {
  private final HostNames names;
  private final PolicyObjects objects;
  private final Function<ResourceKey, Collection<ResourceKey>> servicesOfPod;
  private final Consumer<ResourceKey> changed;
  private final Table<VirtualServiceFacts> routes = new Table<>();
  private final Table<DestinationRuleFacts> rules = new Table<>();
  private final Table<SortedMap<String, String>> pods = new Table<>();
  private final Table<GatewayFacts> gateways = new Table<>();
  private final Table<ApiGateway> apiGateways = new Table<>();
  private final KnownRoutes parented;
  private final HostIndex services = new HostIndex();
  private final HostIndex entries = new HostIndex();

  /**
   * Nothing was read yet.
   *
   * @param servicesOfPod the Services that a pod answers for
   * @param changed told of each service whose policy or endpoints may not be what they were
   */
  KnownPolicies(
      IstioSettings settings,
      Function<ResourceKey, Collection<ResourceKey>> servicesOfPod,
      Consumer<ResourceKey> changed) {
    this.names = new HostNames(settings.clusterDomain());
    this.objects = new PolicyObjects(settings.rootNamespace());
    this.servicesOfPod = servicesOfPod;
    this.changed = changed;
    this.parented = new KnownRoutes(changed);
  }

  /** How hosts are spelled. */
  HostNames names() {
    return names;
  }

  /** Room for a feed of routes of the Gateway API. */
  Consumer<FeedEvent<Route>> routeFeed() {
    return parented.feed();
  }

  void takeRoutes(FeedEvent<VirtualServiceFacts> event) {
    for (Table.Difference<VirtualServiceFacts> difference : routes.take(event)) {
      var bound = new TreeSet<>(objects.gatewaysBy(difference.key()));
      objects.put(difference.key(), difference.after()).forEach(this::touch);
      bound.addAll(objects.gatewaysBy(difference.key()));
      bound.forEach(this::touchGateway);
    }
  }

  void takeGateways(FeedEvent<GatewayFacts> event) {
    for (Table.Difference<GatewayFacts> difference : gateways.take(event)) {
      objects.noteGateway(difference.key(), difference.after().isPresent()).forEach(this::touch);
      difference.before().or(difference::after).map(GatewayFacts::service).ifPresent(changed);
    }
  }

  /** Whoever has the same routes has to know, too. */
  void takeApiGateways(FeedEvent<ApiGateway> event) {
    for (Table.Difference<ApiGateway> difference : apiGateways.take(event)) {
      var service =
          new ResourceKey(difference.key().namespace(), Ingress.nameOf(difference.key().name()));
      changed.accept(service);
      parented.of(service).forEach(route -> route.targets().forEach(changed));
    }
  }

  /** The gateways that are marked for export, by the names that they have among services. */
  Set<ResourceKey> gateways() {
    return Stream.concat(
            gateways.values().stream().map(GatewayFacts::service),
            apiGateways.values().stream().map(ApiGateway::service))
        .collect(Collectors.toSet());
  }

  /** The gateway of the Gateway API of that name among services; one of Istio goes before it. */
  Optional<ApiGateway> apiGateway(ResourceKey service) {
    return Ingress.gatewayOf(service.name())
        .flatMap(name -> apiGateways.get(new ResourceKey(service.namespace(), name)))
        .filter(gateway -> gateways.get(gateway.key()).isEmpty());
  }

  /** The gateway of that name among services. */
  Optional<GatewayFacts> gateway(ResourceKey service) {
    return Ingress.gatewayOf(service.name())
        .flatMap(name -> gateways.get(new ResourceKey(service.namespace(), name)));
  }

  void takeRules(FeedEvent<DestinationRuleFacts> event) {
    for (Table.Difference<DestinationRuleFacts> difference : rules.take(event)) {
      for (String host : objects.putRule(difference.key(), difference.after())) {
        touch(host);
        objects.gatewaysThatLeadTo(host).forEach(this::touchGateway);
      }
    }
  }

  void takePods(FeedEvent<SortedMap<String, String>> event) {
    pods.take(event).forEach(d -> servicesOfPod.apply(d.key()).forEach(changed));
  }

  /** Notes that a Service is watched, or no longer. */
  void noteService(ResourceKey key, boolean there) {
    services.put(key, there ? List.of(names.hostOf(key)) : List.of());
  }

  /** Notes the hosts that a ServiceEntry lists now; whoever leads there has to know. */
  void noteEntry(ResourceKey key, Optional<EntryFacts> before, Optional<EntryFacts> after) {
    var hosts = new TreeSet<String>();
    before.ifPresent(entry -> hosts.addAll(entry.hosts()));
    after.ifPresent(entry -> hosts.addAll(entry.hosts()));
    entries.put(key, after.map(EntryFacts::hosts).orElse(List.of()));
    hosts.stream().flatMap(host -> objects.hostsThatLeadTo(host).stream()).forEach(this::touch);
    hosts.stream()
        .flatMap(host -> objects.gatewaysThatLeadTo(host).stream())
        .forEach(this::touchGateway);
  }

  /** What has to be read before anything can be said, as far as the server lets us. */
  Stream<Table<?>> tables() {
    return Stream.concat(
        Stream.of(routes, rules, pods, gateways, apiGateways), parented.tables().stream());
  }

  /** What is out of date while it cannot be read; pods only tell subsets apart. */
  Stream<Table<?>> steering() {
    return Stream.concat(
            Stream.of(routes, rules, gateways, apiGateways), parented.tables().stream())
        .filter(table -> !table.isWithheld());
  }

  /** Whether it is known which endpoints belong to a subset. */
  boolean knowsPods() {
    return !pods.isWithheld();
  }

  /** Reads services as the mesh of that description offers them. */
  OfferReader readerFor(MeshDescriptor mesh) {
    var registry =
        new Registry(mesh.id(), names, host -> entries.of(host).stream().sorted().findFirst());
    Function<Problem, Location> locations = problem -> Location.of(problem.object());
    return new OfferReader(
        mesh,
        names,
        new TrafficReader(registry, objects, parented::of, this::isApiGateway, locations),
        new GatewayReader(registry, objects, locations),
        new ApiGateways(mesh, parented::of, this::isApiGateway, NamespaceLabels.NONE, locations),
        pod -> pods.get(pod).orElse(Collections.emptySortedMap()),
        locations);
  }

  private boolean isApiGateway(ResourceKey service) {
    return apiGateway(service).isPresent();
  }

  private void touchGateway(ResourceKey key) {
    gateways.get(key).map(GatewayFacts::service).ifPresent(changed);
  }

  private void touch(String host) {
    services.of(host).forEach(changed);
    entries.of(host).forEach(changed);
  }
}
