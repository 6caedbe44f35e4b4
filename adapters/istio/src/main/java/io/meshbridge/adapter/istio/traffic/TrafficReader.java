package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.adapter.istio.traffic.VirtualServiceReader.Rules;
import io.meshbridge.adapter.kubernetes.Problem;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.ServiceFacts;
import io.meshbridge.adapter.kubernetes.gatewayapi.Route;
import io.meshbridge.adapter.kubernetes.gatewayapi.RouteTarget;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.TrafficPolicy;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads what VirtualServices, DestinationRules and routes of the Gateway API say of the traffic to
 * a service. Pure.
 */
public final class TrafficReader {
  private final Registry registry;
  private final PolicyObjects objects;
  private final Function<ResourceKey, Collection<Route>> routesOf;
  private final Predicate<ResourceKey> gateways;
  private final Function<Problem, Location> locations;

  /**
   * Reads for one mesh.
   *
   * @param routesOf the routes of the Gateway API that are attached to a Service
   * @param gateways whether a Gateway of that name among services is read for itself
   * @param locations says where a field stands
   */
  public TrafficReader(
      Registry registry,
      PolicyObjects objects,
      Function<ResourceKey, Collection<Route>> routesOf,
      Predicate<ResourceKey> gateways,
      Function<Problem, Location> locations) {
    this.registry = registry;
    this.objects = objects;
    this.routesOf = routesOf;
    this.gateways = gateways;
    this.locations = locations;
  }

  /**
   * The policy of a Service.
   *
   * @param hosts the names under which Istio knows it
   * @param ports its ports; none if nobody declared it
   */
  public TrafficReading readService(
      ServiceKey service, List<String> hosts, List<ServiceFacts.Port> ports) {
    var key = new ResourceKey(service.namespace(), service.name());
    return read(service, hosts, new RouteTarget(service.mesh(), key, ports), routesOf.apply(key));
  }

  /**
   * The policy of a host outside of the cluster.
   *
   * @param hosts the names under which Istio knows it
   */
  public TrafficReading readHost(ServiceKey service, List<String> hosts) {
    return read(service, hosts, targetOf(service), List.of());
  }

  private TrafficReading read(
      ServiceKey service, List<String> hosts, RouteTarget target, Collection<Route> attached) {
    var routes = objects.virtualServicesOf(hosts, service.namespace());
    var rules = objects.destinationRulesOf(hosts, service.namespace());
    return routes.isEmpty() && rules.isEmpty() && attached.isEmpty()
        ? TrafficReading.NONE
        : read(service, hosts, new Found(routes, rules, target, attached));
  }

  /** All that speaks of a service. */
  private record Found(
      List<VirtualServiceFacts> routes,
      List<DestinationRuleFacts> rules,
      RouteTarget target,
      Collection<Route> attached) {}

  /** What is wrong with a VirtualService that belongs to no service that is read. */
  public TrafficReading check(VirtualServiceFacts facts) {
    var namespace = facts.key().namespace();
    var host = facts.hosts().isEmpty() ? facts.key().name() : facts.hosts().getFirst();
    var service = registry.serviceNamed(host, namespace);
    var found = new Found(List.of(facts), List.of(), targetOf(service), List.of());
    return read(service, facts.hosts(), found);
  }

  /** What is wrong with a DestinationRule that belongs to no service that is read. */
  public TrafficReading check(DestinationRuleFacts facts) {
    var service = registry.serviceNamed(facts.key().name(), facts.key().namespace());
    var found = new Found(List.of(), List.of(facts), targetOf(service), List.of());
    return read(service, List.of(facts.host()), found);
  }

  private static RouteTarget targetOf(ServiceKey service) {
    var key = new ResourceKey(service.namespace(), service.name());
    return new RouteTarget(service.mesh(), key, List.of());
  }

  private TrafficReading read(ServiceKey service, List<String> hosts, Found found) {
    var traces = new Traces(locations);
    var rules =
        ServiceParents.goBefore(found.routes(), found.attached())
            ? rulesOfRoutes(found, traces)
            : rulesOfVirtualServices(service, hosts, found, traces);
    var use = new DestinationRuleReader(facts -> traces.of(facts.object()));
    use.read(found.rules());
    return traces.reading(
        new TrafficPolicy(
            withBudget(rules.http(), use.budget()),
            rules.l4(),
            List.copyOf(use.subsets()),
            use.service(),
            use.ports()));
  }

  private Rules rulesOfVirtualServices(
      ServiceKey service, List<String> hosts, Found found, Traces traces) {
    if (found.routes().isEmpty()) {
      return new Rules(List.of(), List.of());
    }
    var first = found.routes().getFirst();
    var backends = new Backends(service, hosts, registry, objects);
    var rules =
        new VirtualServiceReader(
                backends,
                objects,
                Callers.ofMesh(objects::hasGateway),
                facts -> traces.of(facts.object()))
            .read(first);
    found.routes().stream().skip(1).forEach(late -> passOver(late, first.object(), traces));
    found
        .attached()
        .forEach(
            route -> ServiceParents.passOver(route, first, traces.of(route.object().reference())));
    return rules;
  }

  private Rules rulesOfRoutes(Found found, Traces traces) {
    var routed = new ServiceParents(gateways, locations).read(found.target(), found.attached());
    traces.take(found.attached(), routed);
    var older = ServiceParents.firstOf(found.attached());
    found.routes().forEach(late -> passOver(late, older, traces));
    return new Rules(routed.http(), routed.l4());
  }

  /** Of two for one host, Istio takes the older, whatever the younger says. */
  private static void passOver(VirtualServiceFacts younger, String older, Traces traces) {
    var trace = traces.of(younger.object());
    var spec = trace.read(younger.content(), "").object("spec");
    var reason = "Istio takes " + older + " for this host, which is older";
    trace.lose("spec", Outcome.DROPPED, reason, "put the rules of a host into one object");
    trace.warn(spec.pathOf("hosts"), reason);
  }

  /** A bound on retries is carried by the rules that retry because their owner said so. */
  private static List<HttpRule> withBudget(
      List<HttpRule> rules, Optional<DestinationRuleReader.Budget> budget) {
    if (budget.isEmpty()) {
      return rules;
    }
    var bound = budget.orElseThrow();
    boolean carried = rules.stream().anyMatch(TrafficReader::retries);
    if (!carried) {
      for (String field : List.of("percent", "budgetInterval")) {
        bound
            .fields()
            .drop(
                field,
                "bounds the mesh's own retries, and no rule asks for any itself",
                "give the rules of the VirtualService retries");
      }
      return rules;
    }
    return rules.stream().map(rule -> retries(rule) ? bounded(rule, bound) : rule).toList();
  }

  private static boolean retries(HttpRule rule) {
    return rule.retry().filter(retry -> !retry.implied() && retry.attempts() > 0).isPresent();
  }

  private static HttpRule bounded(HttpRule rule, DestinationRuleReader.Budget budget) {
    var sources = new Sources.Builder();
    rule.sources().fields().forEach((field, refs) -> refs.forEach(r -> sources.add(field, r)));
    Sourced.note(budget.fields(), "percent", "retry.budget.percent", sources);
    Sourced.note(budget.fields(), "budgetInterval", "retry.budget.interval", sources);
    return new HttpRule(
        rule.name(),
        rule.grpc(),
        rule.matches(),
        rule.filters(),
        rule.backends(),
        rule.timeouts(),
        rule.retry()
            .map(
                retry ->
                    new Retry(
                        retry.attempts(),
                        retry.conditions(),
                        retry.statusCodes(),
                        retry.backoff(),
                        Optional.of(budget.value()),
                        retry.implied())),
        rule.affinity(),
        sources.build());
  }
}
