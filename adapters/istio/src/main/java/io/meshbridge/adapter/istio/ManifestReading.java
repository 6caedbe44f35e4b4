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
import io.meshbridge.adapter.kubernetes.KubeObject;
import io.meshbridge.adapter.kubernetes.ManifestSet;
import io.meshbridge.adapter.kubernetes.Problems;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.ServiceFacts;
import io.meshbridge.adapter.kubernetes.gatewayapi.ApiGateway;
import io.meshbridge.adapter.kubernetes.gatewayapi.GatewayManifests;
import io.meshbridge.adapter.kubernetes.gatewayapi.Route;
import io.meshbridge.adapter.kubernetes.gatewayapi.RouteKind;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.Reading;
import io.meshbridge.spi.Translator.Selection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One reading of a set of manifests: sorts them by kind, then reads what is wanted. */
final class ManifestReading {
  private final MeshDescriptor mesh;
  private final ManifestSet manifests;
  private final Selection selection;
  private final String rootNamespace;
  private final HostNames names;
  private final Map<ResourceKey, EntryFacts> entries = new TreeMap<>();
  private final Map<String, ResourceKey> entryOfHost = new HashMap<>();
  private final Map<ResourceKey, SortedMap<String, String>> podLabels = new HashMap<>();
  private final List<PeerPolicy> policies = new ArrayList<>();
  private final PolicyObjects objects;
  private final Map<ResourceKey, List<Route>> routes = new TreeMap<>();
  private final Map<ResourceKey, GatewayFacts> gateways = new TreeMap<>();
  private final GatewayManifests apiGateways;

  ManifestReading(MeshDescriptor mesh, Selection selection, IstioSettings settings) {
    this.mesh = mesh;
    this.selection = selection;
    this.rootNamespace = settings.rootNamespace();
    this.names = new HostNames(settings.clusterDomain());
    this.objects = new PolicyObjects(rootNamespace);
    this.manifests =
        new ManifestSet(
            mesh,
            selection,
            ServiceFacts::of,
            ServiceFacts::exported,
            settings.serviceExportMarks());
    this.apiGateways = new GatewayManifests(manifests);
  }

  Reading read(List<Document> documents) {
    manifests.sort(documents, this::take);
    gateways
        .values()
        .removeIf(gateway -> !manifests.isWanted(gateway.exported(), "", gateway.importedPath()));
    gateways.keySet().forEach(key -> objects.noteGateway(key, true));
    apiGateways.choose();
    gateways
        .values()
        .forEach(own -> apiGateways.giveWay(own.service(), own.object() + " of Istio itself"));
    entries.forEach(
        (key, entry) -> entry.hosts().forEach(host -> entryOfHost.putIfAbsent(host, key)));
    var registry =
        new Registry(mesh.id(), names, host -> Optional.ofNullable(entryOfHost.get(host)));
    var traffic =
        new TrafficReader(
            registry, objects, this::routesOf, apiGateways::isRead, manifests::locationOf);
    var reader =
        new OfferReader(
            mesh,
            names,
            traffic,
            new GatewayReader(registry, objects, manifests::locationOf),
            new ApiGateways(
                mesh,
                this::routesOf,
                apiGateways::isRead,
                apiGateways::labelsOf,
                manifests::locationOf),
            this::labelsOf,
            manifests::locationOf);
    var rules = new PeerPolicies(policies, rootNamespace);
    var leftover = new LeftoverPolicies(mesh, manifests, registry, traffic, objects);
    for (ServiceFacts service : manifests.services()) {
      var result = reader.service(service, manifests.slicesOf(service.key()), rules);
      add(service.key(), service.object(), result, leftover);
    }
    entries.values().stream()
        .filter(e -> manifests.isWanted(e.exported(), e.mirroredBy(), e.importedPath()))
        .forEach(entry -> addEntry(entry, reader, rules, leftover));
    gateways.values().forEach(gateway -> addGateway(gateway, reader, leftover));
    apiGateways
        .gateways()
        .forEach(
            gateway -> add(gateway.service(), gateway.object(), reader.gateway(gateway), leftover));
    if (selection == Selection.ALL) {
      tellUnreadRoutes();
      leftover.offer(host -> entryOfHost.containsKey(host), routes);
    }
    return manifests.reading();
  }

  private boolean take(String kind, KubeObject object, Problems problems) {
    switch (kind) {
      case "networking.istio.io/ServiceEntry" -> {
        var entry = EntryFacts.of(object);
        manifests.tell(entry.problems());
        entries.put(object.key(), entry);
      }
      case "networking.istio.io/VirtualService" ->
          objects.put(object.key(), Optional.of(VirtualServiceFacts.of(object, names)));
      case "networking.istio.io/Gateway" -> gateways.put(object.key(), GatewayFacts.of(object));
      case ApiGateway.KIND -> apiGateways.take(object);
      case "/Namespace" -> apiGateways.takeNamespace(object);
      case "networking.istio.io/DestinationRule" ->
          objects.putRule(object.key(), Optional.of(DestinationRuleFacts.of(object, names)));
      case "security.istio.io/PeerAuthentication" -> policies.add(PeerPolicy.of(object, problems));
      case "/Pod" -> podLabels.put(object.key(), object.labels());
      default -> {
        return takeRoute(object);
      }
    }
    return true;
  }

  private boolean takeRoute(KubeObject object) {
    var kind = RouteKind.of(object.group(), object.kind());
    kind.map(found -> Route.of(object, found)).ifPresent(this::takeRoute);
    return kind.isPresent();
  }

  private void takeRoute(Route route) {
    route
        .targets()
        .forEach(key -> routes.computeIfAbsent(key, none -> new ArrayList<>()).add(route));
    if (route.targets().isEmpty()) {
      manifests.warn(
          route.object().reference(),
          "spec.parentRefs",
          route.object().reference()
              + " is not translated: only routes whose parents are Services or Gateways are read");
    }
  }

  private List<Route> routesOf(ResourceKey target) {
    return routes.getOrDefault(target, List.of());
  }

  private void tellUnreadRoutes() {
    routes.values().stream().flatMap(List::stream).distinct().forEach(apiGateways::tellUnread);
  }

  private SortedMap<String, String> labelsOf(ResourceKey pod) {
    return podLabels.getOrDefault(pod, Collections.emptySortedMap());
  }

  private void addEntry(
      EntryFacts entry, OfferReader reader, PeerPolicies rules, LeftoverPolicies leftover) {
    if (manifests.service(entry.key()).isPresent()) {
      manifests.warn(
          entry.object(),
          "metadata.name",
          entry.object() + " has the name of an exported Service, which is offered instead");
      return;
    }
    add(entry.key(), entry.object(), reader.entry(entry, rules), leftover);
  }

  private void addGateway(GatewayFacts gateway, OfferReader reader, LeftoverPolicies leftover) {
    if (entries.containsKey(gateway.service())) {
      manifests.warn(
          gateway.object(),
          "metadata.name",
          "ServiceEntry " + gateway.service() + " has its name for others, and is offered instead");
      return;
    }
    add(gateway.service(), gateway.object(), reader.gateway(gateway), leftover);
  }

  private void add(
      ResourceKey key, String object, PolicedResult policed, LeftoverPolicies leftover) {
    manifests.tellFaults(policed.traffic().faults());
    leftover.used(policed.traffic());
    manifests.add(key, object, policed.result());
  }
}
