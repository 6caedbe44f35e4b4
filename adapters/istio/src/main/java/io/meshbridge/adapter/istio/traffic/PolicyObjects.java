package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.adapter.kubernetes.ResourceKey;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The VirtualServices and DestinationRules of a mesh, to be found by the hosts that they are for
 * and by the gateways that they are bound to. Belongs to one thread.
 */
public final class PolicyObjects {
  private final String rootNamespace;
  private final Map<ResourceKey, VirtualServiceFacts> routes = new HashMap<>();
  private final Map<ResourceKey, DestinationRuleFacts> rules = new HashMap<>();
  private final Map<String, Set<ResourceKey>> routesOfHost = new HashMap<>();
  private final Map<String, Set<ResourceKey>> rulesOfHost = new HashMap<>();
  private final Map<ResourceKey, Set<ResourceKey>> rootsOfDelegate = new HashMap<>();
  private final Map<String, Set<ResourceKey>> routesToHost = new HashMap<>();
  private final Map<ResourceKey, Set<ResourceKey>> routesOfGateway = new HashMap<>();
  private final Set<ResourceKey> gateways = new HashSet<>();

  /**
   * Nothing is known yet.
   *
   * @param rootNamespace whose DestinationRules hold for all others
   */
  public PolicyObjects(String rootNamespace) {
    this.rootNamespace = rootNamespace;
  }

  /**
   * Takes a VirtualService in its present state.
   *
   * @param after empty if it is gone
   * @return the hosts, some with an asterisk, whose policy this may change
   */
  public Set<String> put(ResourceKey key, Optional<VirtualServiceFacts> after) {
    var touched = new TreeSet<String>();
    var before = Optional.ofNullable(routes.remove(key));
    before.ifPresent(facts -> unlink(facts, touched));
    after.ifPresent(facts -> link(facts, touched));
    touched.addAll(hostsBy(key));
    return touched;
  }

  /**
   * Takes a DestinationRule in its present state.
   *
   * @param after empty if it is gone
   * @return the hosts, some with an asterisk, whose policy this may change
   */
  public Set<String> putRule(ResourceKey key, Optional<DestinationRuleFacts> after) {
    var touched = new TreeSet<String>();
    var before = Optional.ofNullable(rules.remove(key));
    before.ifPresent(
        facts -> {
          remove(rulesOfHost, facts.host(), key);
          touched.add(facts.host());
        });
    after.ifPresent(
        facts -> {
          rules.put(key, facts);
          add(rulesOfHost, facts.host(), key);
          touched.add(facts.host());
        });
    List.copyOf(touched).forEach(host -> touched.addAll(hostsThatLeadTo(host)));
    return touched;
  }

  /**
   * The hosts whose policy sends requests to a host, so that they have to know what that is.
   *
   * @param host a whole name, or one with an asterisk
   */
  public Set<String> hostsThatLeadTo(String host) {
    var leading =
        HostNames.isAny(host) ? routes.keySet() : routesToHost.getOrDefault(host, Set.of());
    return leading.stream()
        .flatMap(key -> hostsBy(key).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The hosts that a VirtualService is for, itself or as somebody's delegate. */
  private Set<String> hostsBy(ResourceKey key) {
    var hosts = new TreeSet<String>();
    virtualService(key).ifPresent(facts -> hosts.addAll(facts.meshHosts()));
    for (ResourceKey root : rootsOfDelegate.getOrDefault(key, Set.of())) {
      virtualService(root).ifPresent(facts -> hosts.addAll(facts.meshHosts()));
    }
    return hosts;
  }

  /**
   * Notes whether a gateway is read for itself.
   *
   * @return the hosts whose policy speaks of it, too
   */
  public Set<String> noteGateway(ResourceKey key, boolean there) {
    if (there) {
      gateways.add(key);
    } else {
      gateways.remove(key);
    }
    return routesOfGateway.getOrDefault(key, Set.of()).stream()
        .flatMap(route -> hostsBy(route).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether a gateway is read for itself. */
  boolean hasGateway(ResourceKey key) {
    return gateways.contains(key);
  }

  /** The gateways that a VirtualService is for, itself or as somebody's delegate. */
  public Set<ResourceKey> gatewaysBy(ResourceKey key) {
    return Stream.concat(Stream.of(key), rootsOfDelegate.getOrDefault(key, Set.of()).stream())
        .flatMap(route -> virtualService(route).stream())
        .flatMap(facts -> facts.gateways().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The gateways whose rules send requests to a host, a whole name or one with an asterisk. */
  public Set<ResourceKey> gatewaysThatLeadTo(String host) {
    var leading =
        HostNames.isAny(host) ? routes.keySet() : routesToHost.getOrDefault(host, Set.of());
    return leading.stream()
        .flatMap(key -> gatewaysBy(key).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The VirtualServices of a gateway, in the order in which Istio takes them. */
  List<VirtualServiceFacts> virtualServicesOf(ResourceKey gateway) {
    return routesOfGateway.getOrDefault(gateway, Set.of()).stream()
        .flatMap(key -> virtualService(key).stream())
        .filter(facts -> seesIt(gateway, facts))
        .sorted(VirtualServiceFacts.OLDEST_FIRST)
        .toList();
  }

  /** What is told to some namespaces alone counts if the gateway is in one of them. */
  private static boolean seesIt(ResourceKey gateway, VirtualServiceFacts facts) {
    return switch (facts.visibility()) {
      case PUBLIC -> true;
      case SOME -> facts.exportedTo(gateway.namespace());
      case NOBODY -> false;
    };
  }

  /** All VirtualServices, in the order in which Istio takes them. */
  public List<VirtualServiceFacts> virtualServices() {
    return routes.values().stream().sorted(VirtualServiceFacts.OLDEST_FIRST).toList();
  }

  /** All DestinationRules, in the order in which Istio takes them. */
  public List<DestinationRuleFacts> destinationRules() {
    return rules.values().stream().sorted(DestinationRuleFacts.OLDEST_FIRST).toList();
  }

  /** A VirtualService. */
  Optional<VirtualServiceFacts> virtualService(ResourceKey key) {
    return Optional.ofNullable(routes.get(key));
  }

  /**
   * The VirtualServices for callers of a service: the first is the one that Istio takes, the others
   * are for the very same hosts and without effect.
   *
   * @param hosts the service's names
   * @param namespace the service's
   */
  List<VirtualServiceFacts> virtualServicesOf(List<String> hosts, String namespace) {
    return mostSpecific(
        hosts,
        routesOfHost,
        routes,
        facts -> facts.forMesh() && isFor(facts.visibility(), facts.key(), namespace),
        // What everybody sees is what callers of other meshes would see.
        Comparator.comparing(VirtualServiceFacts::visibility)
            .thenComparing(VirtualServiceFacts.OLDEST_FIRST));
  }

  /**
   * The DestinationRules for callers of a service, in the order in which Istio merges them: those
   * of its own namespace, or else those of the root namespace.
   *
   * @param hosts the service's names
   * @param namespace the service's
   */
  List<DestinationRuleFacts> destinationRulesOf(List<String> hosts, String namespace) {
    var own = destinationRulesIn(namespace, hosts, namespace);
    return own.isEmpty() ? destinationRulesIn(rootNamespace, hosts, namespace) : own;
  }

  private List<DestinationRuleFacts> destinationRulesIn(
      String home, List<String> hosts, String namespace) {
    return mostSpecific(
        hosts,
        rulesOfHost,
        rules,
        facts ->
            facts.key().namespace().equals(home)
                && isFor(facts.visibility(), facts.key(), namespace),
        Comparator.comparing(DestinationRuleFacts::visibility)
            .thenComparing(DestinationRuleFacts.OLDEST_FIRST));
  }

  /** What only callers of some namespaces see counts as a service's own if it stands beside it. */
  private static boolean isFor(Visibility visibility, ResourceKey key, String namespace) {
    return switch (visibility) {
      case PUBLIC -> true;
      case SOME -> key.namespace().equals(namespace);
      case NOBODY -> false;
    };
  }

  private static <T> List<T> mostSpecific(
      List<String> hosts,
      Map<String, Set<ResourceKey>> byHost,
      Map<ResourceKey, T> objects,
      Predicate<T> counts,
      Comparator<T> order) {
    var patterns =
        hosts.stream()
            .flatMap(host -> HostNames.patternsOf(host).stream())
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(List::of);
    return Stream.concat(Stream.of(hosts), patterns)
        .map(
            names ->
                names.stream()
                    .flatMap(host -> byHost.getOrDefault(host, Set.of()).stream())
                    .distinct()
                    .flatMap(key -> Optional.ofNullable(objects.get(key)).stream())
                    .filter(counts)
                    .sorted(order)
                    .toList())
        .filter(found -> !found.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private void link(VirtualServiceFacts facts, Collection<String> touched) {
    routes.put(facts.key(), facts);
    facts.meshHosts().forEach(host -> add(routesOfHost, host, facts.key()));
    facts.delegates().forEach(delegate -> add(rootsOfDelegate, delegate, facts.key()));
    facts.destinations().forEach(host -> add(routesToHost, host, facts.key()));
    facts.gateways().forEach(gateway -> add(routesOfGateway, gateway, facts.key()));
    touched.addAll(facts.meshHosts());
  }

  private void unlink(VirtualServiceFacts facts, Collection<String> touched) {
    facts.meshHosts().forEach(host -> remove(routesOfHost, host, facts.key()));
    facts.delegates().forEach(delegate -> remove(rootsOfDelegate, delegate, facts.key()));
    facts.destinations().forEach(host -> remove(routesToHost, host, facts.key()));
    facts.gateways().forEach(gateway -> remove(routesOfGateway, gateway, facts.key()));
    touched.addAll(facts.meshHosts());
  }

  private static <K> void add(Map<K, Set<ResourceKey>> index, K key, ResourceKey value) {
    index.computeIfAbsent(key, absent -> new HashSet<>(2)).add(value);
  }

  private static <K> void remove(Map<K, Set<ResourceKey>> index, K key, ResourceKey value) {
    var values = index.get(key);
    if (values != null && values.remove(value) && values.isEmpty()) {
      index.remove(key);
    }
  }
}
