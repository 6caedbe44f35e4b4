package io.meshbridge.adapter.istio;

import io.meshbridge.adapter.istio.traffic.DestinationRuleFacts;
import io.meshbridge.adapter.istio.traffic.PolicyObjects;
import io.meshbridge.adapter.istio.traffic.Registry;
import io.meshbridge.adapter.istio.traffic.TrafficReader;
import io.meshbridge.adapter.istio.traffic.TrafficReading;
import io.meshbridge.adapter.istio.traffic.VirtualServiceFacts;
import io.meshbridge.adapter.istio.traffic.Visibility;
import io.meshbridge.adapter.kubernetes.ManifestSet;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.gatewayapi.Route;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.traffic.Ingress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The policies of a set of manifests that belong to no service in it. Who translates a route by
 * itself wants to see it, so its host is offered without endpoints; what belongs to nobody is told.
 */
final class LeftoverPolicies {
  private final MeshDescriptor mesh;
  private final ManifestSet manifests;
  private final Registry registry;
  private final TrafficReader traffic;
  private final PolicyObjects objects;
  private final Set<String> used = new HashSet<>();

  LeftoverPolicies(
      MeshDescriptor mesh,
      ManifestSet manifests,
      Registry registry,
      TrafficReader traffic,
      PolicyObjects objects) {
    this.mesh = mesh;
    this.manifests = manifests;
    this.registry = registry;
    this.traffic = traffic;
    this.objects = objects;
  }

  /** Notes what a service was read from. */
  void used(TrafficReading reading) {
    used.addAll(reading.objects());
  }

  /**
   * Offers the hosts that no document declares, and tells of what is left then.
   *
   * @param declared whether a ServiceEntry lists a host
   * @param routes those of the Gateway API, by the Service that they are attached to
   */
  void offer(Predicate<String> declared, Map<ResourceKey, List<Route>> routes) {
    var homes = undeclared(declared);
    routes.forEach(
        (key, attached) -> {
          if (!manifests.declares(key) && Ingress.gatewayOf(key.name()).isEmpty()) {
            var service = new ServiceKey(mesh.id(), key.namespace(), key.name());
            var first = attached.getFirst().object().reference();
            homes.putIfAbsent(service, new Home(registry.names().hostOf(key), first));
          }
        });
    homes.forEach(this::offer);
    objects.virtualServices().stream()
        .filter(facts -> !used.contains(facts.object()) && !facts.imported())
        .forEach(this::tell);
    objects.destinationRules().stream()
        .filter(facts -> !used.contains(facts.object()) && !facts.imported())
        .forEach(this::tell);
  }

  private record Home(String host, String object) {}

  /** The hosts with a policy, each with the object that names it first. */
  private Map<ServiceKey, Home> undeclared(Predicate<String> declared) {
    var homes = new TreeMap<ServiceKey, Home>();
    Stream.concat(
            objects.virtualServices().stream()
                .filter(facts -> facts.forMesh() && !facts.imported())
                .flatMap(
                    facts ->
                        facts.hosts().stream()
                            .map(host -> Map.entry(facts.key(), new Home(host, facts.object())))),
            objects.destinationRules().stream()
                .filter(facts -> !facts.imported())
                .map(facts -> Map.entry(facts.key(), new Home(facts.host(), facts.object()))))
        .filter(entry -> isHost(entry.getValue().host()))
        .filter(entry -> !declared.test(entry.getValue().host()))
        .forEach(
            entry -> {
              var home = entry.getValue();
              var service = registry.serviceNamed(home.host(), entry.getKey().namespace());
              if (!manifests.declares(new ResourceKey(service.namespace(), service.name()))) {
                homes.putIfAbsent(service, home);
              }
            });
    return homes;
  }

  private static boolean isHost(String host) {
    return !host.isBlank() && !host.startsWith("*") && host.length() <= 253;
  }

  private void offer(ServiceKey service, Home home) {
    var reading = traffic.readService(service, List.of(home.host()), List.of());
    if (reading.objects().isEmpty()) {
      return;
    }
    used(reading);
    manifests.tellFaults(reading.faults());
    manifests.warn(
        home.object(),
        "",
        "no Service or ServiceEntry here declares "
            + home.host()
            + "; it is offered without endpoints, with the ports that its policy names");
    var offer = PolicyOnlyOffer.of(mesh, service, home.host(), reading.policy());
    manifests.add(
        new ResourceKey(service.namespace(), service.name()),
        home.object(),
        PolicedResult.of(offer, reading).result());
  }

  private void tell(VirtualServiceFacts facts) {
    manifests.tellFaults(traffic.check(facts).faults());
    if (!facts.forMesh()) {
      manifests.warn(
          facts.object(),
          "spec.gateways",
          "is bound to gateways alone: its rules are for what comes in there, not for callers of"
              + " the mesh, and are not carried");
    } else if (facts.hosts().isEmpty()) {
      manifests.warn(
          facts.object(),
          "spec.hosts",
          "is empty, and no VirtualService that may see it delegates to it");
    } else {
      tellUnused(facts.object(), facts.visibility(), "spec.hosts");
    }
  }

  private void tell(DestinationRuleFacts facts) {
    manifests.tellFaults(traffic.check(facts).faults());
    tellUnused(facts.object(), facts.visibility(), "spec.host");
  }

  private void tellUnused(String object, Visibility visibility, String path) {
    if (visibility == Visibility.PUBLIC) {
      manifests.warn(
          object, path, "names no service that is read here, or one that has other policies");
    } else {
      manifests.warn(
          object,
          "spec.exportTo",
          "holds for callers of some namespaces alone, and is not carried");
    }
  }
}
