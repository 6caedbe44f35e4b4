package io.meshbridge.testkit.reference;

import io.meshbridge.testkit.reference.ConsulCatalog.Instance;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What lies behind a router's route: splitters, then resolvers (Consul's {@code
 * agent/consul/discoverychain/compile.go}).
 */
final class ConsulChain {
  private final ConsulCatalog catalog;
  private final ConsulEntries entries;
  private final List<Cause> causes = new ArrayList<>();

  /** One way through the splitters. */
  record Leg(
      SortedSet<String> endpoints, Fraction share, HeaderEdits request, HeaderEdits response) {}

  /** A target that a redirect, a default subset or a failover may change. */
  private record Target(String service, String subset, boolean elsewhere) {
    /** What an entry's reference makes of it: another service has none of this one's subsets. */
    Target rewritten(Native to) {
      var name = to.at("service").textOr(service);
      var kept = name.equals(service) ? subset : "";
      return new Target(
          name,
          to.at("serviceSubset").textOr(kept),
          to.at("peer").exists() || to.at("datacenter").exists());
    }
  }

  ConsulChain(ConsulCatalog catalog, ConsulEntries entries) {
    this.catalog = catalog;
    this.entries = entries;
  }

  /** The entries that were asked. */
  List<Cause> causes() {
    return causes;
  }

  /** Where requests for the service go, or for a subset of it if that is not empty. */
  List<Leg> legs(String service, String subset, boolean http) {
    if (subset.isEmpty() && http && entries.get(ConsulEntries.SPLITTER, service).exists()) {
      return split(service, Fraction.ALL, HeaderEdits.NONE, HeaderEdits.NONE, new HashSet<>());
    }
    return List.of(
        new Leg(
            resolve(new Target(service, subset, false)),
            Fraction.ALL,
            HeaderEdits.NONE,
            HeaderEdits.NONE));
  }

  private List<Leg> split(
      String service,
      Fraction share,
      HeaderEdits request,
      HeaderEdits response,
      Set<String> visited) {
    if (!visited.add(service)) {
      throw new IllegalArgumentException("splitters go in a circle at " + service);
    }
    var splitter = entries.get(ConsulEntries.SPLITTER, service);
    causes.add(new Cause(ConsulEntries.SPLITTER, service, splitter.path()));
    var legs = new ArrayList<Leg>();
    var hundred = BigDecimal.valueOf(100);
    for (Native split : splitter.at("splits").list()) {
      var weight = Fraction.of(split.at("weight").decimal(), hundred).times(share);
      var target = split.at("service").textOr(service);
      var subset = split.at("serviceSubset").text();
      var ownRequest = request.then(edits(split.at("requestHeaders")));
      var ownResponse = response.then(edits(split.at("responseHeaders")));
      if (weight.isNone()) {
        continue;
      }
      if (!target.equals(service)
          && subset.isEmpty()
          && entries.get(ConsulEntries.SPLITTER, target).exists()) {
        legs.addAll(split(target, weight, ownRequest, ownResponse, new HashSet<>(visited)));
      } else {
        var endpoints = resolve(new Target(target, subset, false));
        legs.add(new Leg(endpoints, weight, ownRequest, ownResponse));
      }
    }
    return legs;
  }

  /** The endpoints of a target, or of the first failover target that has any. */
  private SortedSet<String> resolve(Target target) {
    var settled = settle(target, new HashSet<>());
    var endpoints = endpoints(settled);
    if (!endpoints.isEmpty()) {
      return endpoints;
    }
    for (Target other : failover(settled)) {
      var others = endpoints(settle(other, new HashSet<>()));
      if (!others.isEmpty()) {
        return others;
      }
    }
    return endpoints;
  }

  /** Follows redirects and default subsets. */
  private Target settle(Target target, Set<Target> visited) {
    if (!visited.add(target)) {
      throw new IllegalArgumentException("redirects go in a circle at " + target.service());
    }
    var resolver = entries.get(ConsulEntries.RESOLVER, target.service());
    causes.add(new Cause(ConsulEntries.RESOLVER, target.service(), resolver.path()));
    if (resolver.at("redirect").exists()) {
      var redirected = target.rewritten(resolver.at("redirect"));
      if (!redirected.equals(target)) {
        return settle(redirected, visited);
      }
    }
    var usual = resolver.at("defaultSubset").text();
    if (target.subset().isEmpty() && !usual.isEmpty()) {
      return settle(new Target(target.service(), usual, target.elsewhere()), visited);
    }
    if (!target.subset().isEmpty() && !subset(target).exists()) {
      throw new IllegalArgumentException(
          target.service() + " does not have a subset named " + target.subset());
    }
    return target;
  }

  private Native subset(Target target) {
    return entries
        .get(ConsulEntries.RESOLVER, target.service())
        .at("subsets")
        .entry(target.subset());
  }

  private SortedSet<String> endpoints(Target target) {
    var found = new TreeSet<String>();
    if (target.elsewhere()) {
      return found;
    }
    var subset = subset(target);
    for (Instance instance : catalog.of(target.service())) {
      if (instance.isServing(subset.at("onlyPassing").isTrue())
          && ConsulFilter.passes(subset.at("filter").text(), instance)) {
        found.add(instance.endpoint());
      }
    }
    return found;
  }

  private List<Target> failover(Target target) {
    var all = entries.get(ConsulEntries.RESOLVER, target.service()).at("failover");
    var own = all.entry(target.subset().isEmpty() ? "*" : target.subset());
    var failover = own.exists() ? own : all.entry("*");
    if (!failover.exists() || failover.at("datacenters").exists()) {
      return List.of();
    }
    var targets = failover.at("targets").list();
    return targets.isEmpty()
        ? List.of(target.rewritten(failover))
        : targets.stream().map(target::rewritten).toList();
  }

  /** Envoy removes first; Consul then adds before it sets. */
  static HeaderEdits edits(Native modifier) {
    var steps = new ArrayList<HeaderEdits.Step>();
    modifier.at("remove").texts().forEach(name -> steps.add(new HeaderEdits.Step.Remove(name)));
    modifier
        .at("add")
        .textEntries()
        .forEach((name, value) -> steps.add(new HeaderEdits.Step.Add(name, value)));
    modifier
        .at("set")
        .textEntries()
        .forEach((name, value) -> steps.add(new HeaderEdits.Step.Set(name, value)));
    return new HeaderEdits(steps);
  }
}
