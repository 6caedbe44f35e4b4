package io.meshbridge.adapter.consul;

import io.meshbridge.adapter.consul.traffic.GatewayWriter;
import io.meshbridge.adapter.consul.traffic.PortNames;
import io.meshbridge.adapter.consul.traffic.ServerVersion;
import io.meshbridge.adapter.consul.traffic.SubsetMeta;
import io.meshbridge.adapter.consul.traffic.TrafficReader;
import io.meshbridge.adapter.consul.traffic.TrafficWriter;
import io.meshbridge.adapter.consul.traffic.WantedEntry;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.ContentHash;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.Health;
import io.meshbridge.model.Import;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.model.Marks;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.Reachability;
import io.meshbridge.model.ServicePort;
import io.meshbridge.spi.Translator.WriteContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The one place that says what an import looks like in Consul: for files and for the live catalog.
 * Pure.
 */
final class ImportShape {
  private static final int MARKS = 8;

  private final Import service;
  private final WriteContext context;
  private final OwnNode node;
  private final Location location;
  private final SubsetMeta subsets;
  // A set: what holds for every endpoint is said once.
  private final LinkedHashSet<Loss> losses = new LinkedHashSet<>();
  private final List<CatalogInstance> instances = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  /** What an import comes to. */
  sealed interface Shaped {
    /**
     * These are to stand in the catalog.
     *
     * @param name of the import
     * @param names the Consul services that the import uses, also those without an instance
     * @param entries the config entries of its policy, in the order in which the server takes them
     * @param instances sorted by service, then id
     */
    record Wanted(
        String name,
        List<String> names,
        List<WantedEntry> entries,
        List<CatalogInstance> instances,
        List<Loss> losses)
        implements Shaped {
      /** Whether any of them takes traffic; a gateway does without instances of ours. */
      boolean callable() {
        return names.isEmpty()
            || instances.stream().anyMatch(instance -> !instance.status().equals("critical"));
      }
    }

    /** Nothing may. */
    record Refused(List<Loss> losses) implements Shaped {}
  }

  private ImportShape(Import service, WriteContext context) {
    this.service = service;
    this.context = context;
    this.node = new OwnNode(context.federation(), context.target(), service.origin().id());
    this.location = Location.of("import " + service.service());
    this.subsets = SubsetMeta.of(service.export().traffic());
  }

  static Shaped of(Import service, WriteContext context) {
    return new ImportShape(service, context).shape();
  }

  private Shaped shape() {
    var access = service.export().access();
    if (access.reachability() == Reachability.MESH_IDENTITY_REQUIRED) {
      // The host asks for this only with a boundary between; without one it would open a door.
      return refused(
          "access", "its raw addresses need an identity of its own mesh: " + access.reason());
    }
    if (service.export().ingress().isPresent()) {
      var version = ServerVersion.parse(context.version());
      return wanted(GatewayWriter.write(service, version, location));
    }
    var ports = service.export().ports();
    var services = PortNames.of(service.name(), ports);
    ports.stream().filter(port -> !services.containsKey(port)).forEach(this::loseUdp);
    if (services.isEmpty()) {
      return refused("ports", "it has no port that Consul's mesh can carry");
    }
    services.forEach(
        (port, name) -> {
          losePort(port, name, services.size() == 1);
          names.add(name);
          addInstances(port, name);
        });
    return wanted(TrafficWriter.write(service, ServerVersion.parse(context.version()), location));
  }

  private Shaped wanted(TrafficWriter.Written written) {
    losses.addAll(written.losses());
    if (losses.stream().anyMatch(loss -> loss.outcome() == Outcome.REFUSED)) {
      return new Shaped.Refused(List.copyOf(losses));
    }
    var entries = written.entries().stream().map(this::marked).toList();
    instances.sort(
        Comparator.comparing(CatalogInstance::service).thenComparing(CatalogInstance::id));
    return new Shaped.Wanted(
        service.name(), List.copyOf(names), entries, List.copyOf(instances), List.copyOf(losses));
  }

  private Shaped refused(String path, String reason) {
    losses.add(new Loss(location, path, Outcome.REFUSED, reason, ""));
    return new Shaped.Refused(List.copyOf(losses));
  }

  private WantedEntry marked(WantedEntry entry) {
    return entry.withMeta(marks(entry.contentHash()));
  }

  private void loseUdp(ServicePort port) {
    lose("ports[" + port.name() + "]", Outcome.DROPPED, "Consul's catalog does not tell UDP apart");
  }

  private void losePort(ServicePort port, String name, boolean only) {
    if (!only) {
      lose(
          "ports[" + port.name() + "]",
          Outcome.APPROXIMATED,
          "a Consul service has one port: this one is the service " + name);
    } else if (!isAsReadBack(port)) {
      lose(
          "ports[" + port.name() + "]",
          Outcome.APPROXIMATED,
          "a Consul service has no port of its own: clients call the number of each instance, and"
              + " nothing says its name");
    }
  }

  /** Whether a reader of the catalog and its config entries sees the same port. */
  private boolean isAsReadBack(ServicePort port) {
    return port.name().equals(Protocols.word(port.protocol()))
        && (port.protocol() == AppProtocol.TCP
            || TrafficReader.isHttpLike(Protocols.word(port.protocol())))
        && service.endpoints().endpoints().stream()
            .allMatch(e -> e.ports().getOrDefault(port.name(), 0) == port.number());
  }

  private void addInstances(ServicePort port, String name) {
    for (Endpoint endpoint : service.endpoints().endpoints()) {
      var number = endpoint.ports().get(port.name());
      if (number == null) {
        lose(
            "endpoints[" + endpoint.address() + "].ports[" + port.name() + "]",
            Outcome.DROPPED,
            "the endpoint does not say where this port answers");
      } else {
        instances.add(instance(endpoint, name, number));
      }
    }
  }

  private CatalogInstance instance(Endpoint endpoint, String name, int port) {
    var path = "endpoints[" + endpoint.address() + "]";
    var labels = new TreeMap<>(service.export().labels());
    // To which subset an endpoint belongs is its own matter alone.
    labels.keySet().removeAll(subsets.keys().keySet());
    labels.putAll(endpoint.labels());
    service
        .export()
        .labels()
        .forEach(
            (key, value) -> {
              if (!value.equals(labels.get(key))) {
                lose("labels[" + key + "]", Outcome.APPROXIMATED, "an endpoint says otherwise");
              }
            });
    var found = new ArrayList<Loss>();
    // Subsets are told apart by these, whatever else has to go.
    var needed = subsets.metaOf(endpoint.labels());
    labels.keySet().removeAll(needed.keySet());
    var meta = MetaFit.fit(labels, MARKS + needed.size(), path + ".labels", location, found);
    meta.putAll(needed);
    losses.addAll(found);
    if (!endpoint.identity().isEmpty()) {
      lose(path + ".identity", Outcome.DROPPED, "the catalog holds no identity of an instance");
    }
    if (!endpoint.network().isEmpty()) {
      lose(path + ".network", Outcome.DROPPED, "the catalog holds no network of an instance");
    }
    if (endpoint.health() == Health.DRAINING) {
      lose(path + ".health", Outcome.APPROXIMATED, "draining has no word: its check is critical");
    }
    if (endpoint.locality().isKnown()) {
      lose(path + ".locality", Outcome.DROPPED, "only newer servers hold a locality");
    }
    var weight = Math.max(1, endpoint.weight());
    if (endpoint.weight() == 0) {
      lose(path + ".weight", Outcome.APPROXIMATED, "the least weight is 1: its check is critical");
    }
    var id = name + "-" + ContentHash.shortOf(List.of(endpoint.address(), endpoint.ports()), 12);
    var bare =
        Map.<String, Object>of(
            "id", id,
            "service", name,
            "address", endpoint.address(),
            "port", port,
            "weight", weight,
            "meta", meta);
    meta.putAll(marks(ContentHash.of(bare)));
    return new CatalogInstance(
        node, name, id, endpoint.address(), port, weight, meta, status(endpoint));
  }

  private SortedMap<String, String> marks(String contentHash) {
    return new Ownership(
            context.federation(),
            context.target(),
            service.service(),
            service.export().path(),
            contentHash)
        .toMarks(Marks.CONSUL);
  }

  private static String status(Endpoint endpoint) {
    if (endpoint.weight() == 0) {
      return "critical";
    }
    return switch (endpoint.health()) {
      case READY -> "passing";
      case WARNING -> "warning";
      // Consul has no word for "finish what you have": nothing new may go there.
      case DRAINING, NOT_READY -> "critical";
    };
  }

  private void lose(String path, Outcome outcome, String reason) {
    losses.add(new Loss(location, path, outcome, reason, ""));
  }
}
