package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.adapter.kubernetes.Problem;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.TrafficPolicy;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads what VirtualServices and DestinationRules say of the traffic to a service. Pure. */
public final class TrafficReader {
  private final Registry registry;
  private final PolicyObjects objects;
  private final Function<Problem, Location> locations;

  /**
   * Reads for one mesh.
   *
   * @param locations says where a field stands
   */
  public TrafficReader(
      Registry registry, PolicyObjects objects, Function<Problem, Location> locations) {
    this.registry = registry;
    this.objects = objects;
    this.locations = locations;
  }

  /**
   * The policy of a service.
   *
   * @param hosts the names under which Istio knows it
   */
  public TrafficReading read(ServiceKey service, List<String> hosts) {
    var routes = objects.virtualServicesOf(hosts, service.namespace());
    var rules = objects.destinationRulesOf(hosts, service.namespace());
    return routes.isEmpty() && rules.isEmpty()
        ? TrafficReading.NONE
        : read(service, hosts, routes, rules);
  }

  /** What is wrong with a VirtualService that belongs to no service that is read. */
  public TrafficReading check(VirtualServiceFacts facts) {
    var namespace = facts.key().namespace();
    var host = facts.hosts().isEmpty() ? facts.key().name() : facts.hosts().getFirst();
    return read(registry.serviceNamed(host, namespace), facts.hosts(), List.of(facts), List.of());
  }

  /** What is wrong with a DestinationRule that belongs to no service that is read. */
  public TrafficReading check(DestinationRuleFacts facts) {
    var service = registry.serviceNamed(facts.key().name(), facts.key().namespace());
    return read(service, List.of(facts.host()), List.of(), List.of(facts));
  }

  private TrafficReading read(
      ServiceKey service,
      List<String> hosts,
      List<VirtualServiceFacts> routes,
      List<DestinationRuleFacts> destinations) {
    var traces = new Traces(locations);
    var backends = new Backends(service, hosts, registry, objects);
    var routing = new VirtualServiceReader(backends, objects, facts -> traces.of(facts.object()));
    var rules =
        routes.stream()
            .findFirst()
            .map(routing::read)
            .orElse(new VirtualServiceReader.Rules(List.of(), List.of()));
    routes.stream().skip(1).forEach(younger -> passOver(younger, routes.getFirst(), traces));
    var use = new DestinationRuleReader(facts -> traces.of(facts.object()));
    use.read(destinations);
    return new TrafficReading(
        new TrafficPolicy(
            withBudget(rules.http(), use.budget()),
            rules.l4(),
            List.copyOf(use.subsets()),
            use.service(),
            use.ports()),
        traces.losses(),
        traces.faults(),
        traces.objects());
  }

  /** Of two for one host, Istio takes the older, whatever the younger says. */
  private static void passOver(
      VirtualServiceFacts younger, VirtualServiceFacts older, Traces traces) {
    var trace = traces.of(younger.object());
    var spec = trace.read(younger.content(), "").object("spec");
    var reason = "Istio takes " + older.object() + " for this host, which is older";
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
      bound
          .fields()
          .drop(
              "percent",
              "bounds the mesh's own retries, and no rule asks for any itself",
              "give the rules of the VirtualService retries");
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
    sources.add("retry.budget", budget.fields().ref("percent"));
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
