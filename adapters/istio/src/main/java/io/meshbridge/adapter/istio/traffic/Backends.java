package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.spi.reading.TracedFields;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads destinations, as seen from the service whose policy is read. */
final class Backends {
  private static final int LAST_PORT = 65_535;

  private final ServiceKey self;
  private final List<String> hosts;
  private final Registry registry;
  private final PolicyObjects objects;

  /**
   * Reads for a service.
   *
   * @param hosts its names
   */
  Backends(ServiceKey self, List<String> hosts, Registry registry, PolicyObjects objects) {
    this.self = self;
    this.hosts = List.copyOf(hosts);
    this.registry = registry;
    this.objects = objects;
  }

  /**
   * Reads a destination.
   *
   * @param namespace of the object that it stands in
   * @param field what the rule calls the backend, such as {@code backends[0].ref}
   * @return empty if it names no host
   */
  Optional<BackendRef> read(
      TracedFields destination, String namespace, String field, Sources.Builder sources) {
    var host = destination.text("host").filter(text -> !text.isBlank());
    if (host.isEmpty()) {
      destination.error("host", "is missing; every destination names a host");
      return Optional.empty();
    }
    sources.add(field + ".service", destination.ref("host"));
    var whole = registry.names().whole(host.orElseThrow(), namespace);
    var subset = destination.text("subset").orElse("");
    var port = portOf(destination, field, sources);
    if (hosts.contains(whole)) {
      checkSubset(destination, subset, hosts, self, field, sources);
      return Optional.of(new BackendRef(Optional.empty(), subset, port));
    }
    var other = registry.serviceOf(whole);
    if (other.isEmpty()) {
      destination.warn("host", "'" + whole + "' is no host of a known service" + adviceFor(whole));
    }
    var service = other.orElseGet(() -> registry.serviceNamed(whole, namespace));
    checkSubset(destination, subset, List.of(whole), service, field, sources);
    return Optional.of(new BackendRef(Optional.of(service), subset, port));
  }

  private static OptionalInt portOf(
      TracedFields destination, String field, Sources.Builder sources) {
    var holder = destination.object("port");
    var number = holder.integer("number", 1, LAST_PORT);
    if (number.isPresent()) {
      sources.add(field + ".port", holder.ref("number"));
    }
    return number;
  }

  private void checkSubset(
      TracedFields destination,
      String subset,
      List<String> names,
      ServiceKey service,
      String field,
      Sources.Builder sources) {
    if (subset.isEmpty()) {
      return;
    }
    sources.add(field + ".subset", destination.ref("subset"));
    var rules = objects.destinationRulesOf(names, service.namespace());
    // What of another service is not known need not be missing.
    boolean known = names.equals(hosts) || !rules.isEmpty();
    if (known && rules.stream().noneMatch(rule -> rule.subsets().contains(subset))) {
      destination.error(
          "subset",
          "no DestinationRule for "
              + names.getFirst()
              + " defines the subset '"
              + subset
              + "'; what goes there fails");
    }
  }

  /** People take Kubernetes' short names for Istio's. */
  private String adviceFor(String host) {
    var parts = List.of(host.split("\\.", -1));
    boolean kubernetes = parts.size() == 2 || (parts.size() == 3 && parts.get(2).equals("svc"));
    return kubernetes
        ? "; Istio wants the whole name "
            + registry.names().hostOf(new ResourceKey(parts.get(1), parts.get(0)))
        : "; a ServiceEntry for it has to be exported, too";
  }
}
