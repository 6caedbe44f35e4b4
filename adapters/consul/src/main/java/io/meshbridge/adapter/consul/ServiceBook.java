package io.meshbridge.adapter.consul;

import io.meshbridge.adapter.consul.traffic.ServiceName;
import io.meshbridge.model.MeshId;
import io.meshbridge.spi.Translator.Selection;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** All services of a datacenter as last read. Belongs to one thread. */
final class ServiceBook {
  private final OfferMapper mapper;
  private final Map<String, List<Instance>> services = new HashMap<>();
  // Which services' instances are proxies that stand before the service that is the key.
  private final Map<String, Set<String>> proxies = new HashMap<>();
  private MeshConfig config = MeshConfig.EMPTY;

  ServiceBook(MeshId mesh) {
    this.mapper = new OfferMapper(mesh, Selection.MARKED);
  }

  /** Takes what was read; returns the services of which something else may hold now. */
  Set<String> put(String service, List<Instance> instances) {
    var affected = new TreeSet<String>();
    affected.add(service);
    var before = destinations(services.getOrDefault(service, List.of()));
    var now = destinations(instances);
    if (!before.equals(now)) {
      before.forEach(name -> proxies.getOrDefault(name, new HashSet<>()).remove(service));
      now.forEach(name -> proxies.computeIfAbsent(name, absent -> new HashSet<>()).add(service));
      affected.addAll(before);
      affected.addAll(now);
    }
    if (instances.isEmpty()) {
      services.remove(service);
    } else {
      services.put(service, instances);
    }
    return affected;
  }

  /** Takes what was read; returns the services of which something else may hold now. */
  Set<String> configure(MeshConfig now) {
    var affected = now.affectedSince(config);
    config = now;
    return affected
        .<Set<String>>map(
            services -> {
              var names = new TreeSet<String>();
              services.stream()
                  .filter(s -> s.namespace().equals(ServiceName.DEFAULT_NAMESPACE))
                  .map(ServiceName::name)
                  .filter(this::knows)
                  .forEach(names::add);
              return names;
            })
        .orElseGet(this::names);
  }

  /** What the service comes to, by all that is known. */
  Mapped map(String service) {
    return mapper.map(
        ServiceName.of("", service),
        services.getOrDefault(service, List.of()),
        config,
        proxies.getOrDefault(service, Set.of()));
  }

  Set<String> names() {
    return new TreeSet<>(services.keySet());
  }

  boolean knows(String service) {
    return services.containsKey(service);
  }

  /** The nodes on which the service has instances. */
  Set<String> nodesOf(String service) {
    return nodes(services.getOrDefault(service, List.of()));
  }

  static Set<String> nodes(List<Instance> instances) {
    var nodes = new TreeSet<String>();
    instances.forEach(instance -> nodes.add(instance.node()));
    return nodes;
  }

  /** The services with an instance on one of the nodes. */
  Set<String> servicesOn(Collection<String> nodes) {
    var found = new TreeSet<String>();
    services.forEach(
        (name, instances) -> {
          if (instances.stream().anyMatch(instance -> nodes.contains(instance.node()))) {
            found.add(name);
          }
        });
    return found;
  }

  /** For each service the nodes of its instances. */
  Map<String, Set<String>> whereabouts(Collection<String> names) {
    var whereabouts = new TreeMap<String, Set<String>>();
    names.forEach(name -> whereabouts.put(name, nodesOf(name)));
    return whereabouts;
  }

  private static Set<String> destinations(List<Instance> instances) {
    var destinations = new TreeSet<String>();
    for (Instance instance : instances) {
      if (!instance.destination().isEmpty()) {
        destinations.add(instance.destination());
      }
    }
    return destinations;
  }
}
