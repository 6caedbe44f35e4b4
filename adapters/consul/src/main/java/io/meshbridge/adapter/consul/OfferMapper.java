package io.meshbridge.adapter.consul;

import io.meshbridge.adapter.consul.traffic.ServiceName;
import io.meshbridge.adapter.consul.traffic.TrafficReader;
import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Loss;
import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.ServicePort;
import io.meshbridge.spi.Offer;
import io.meshbridge.spi.Translator.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** All instances of a service, and what the mesh's configuration says of it, as one offer. Pure. */
final class OfferMapper {
  private final MeshId mesh;
  private final Selection selection;

  OfferMapper(MeshId mesh, Selection selection) {
    this.mesh = mesh;
    this.selection = selection;
  }

  /**
   * Maps one service.
   *
   * @param all every instance of the service that is there, at least one for an offer
   * @param proxies the services whose Connect proxies stand before this one
   */
  Mapped map(ServiceName service, List<Instance> all, MeshConfig config, Set<String> proxies) {
    var instances = exportable(all);
    var marked = instances.stream().filter(Instance::isMarked).toList();
    if (instances.isEmpty() || (selection == Selection.MARKED && marked.isEmpty())) {
      return new Mapped.NotExported();
    }
    var path = new ArrayList<>(travelled(instances));
    if (path.contains(mesh)) {
      return new Mapped.Unreadable("it has been in this mesh before: its path is " + path);
    }
    path.add(mesh);
    var losses = new ArrayList<Loss>();
    var usable = usable(instances, losses);
    if (usable.isEmpty()) {
      return new Mapped.Unreadable(
          "none of its "
              + instances.size()
              + " instances has an address and a port between 1 and 65535; register them with both");
    }
    var word = PortMapper.declaredProtocol(service, usable, config);
    var traffic = new TrafficReader(mesh, config.entries()).read(service, word);
    if (selection == Selection.MARKED && traffic.firstError().isPresent()) {
      return new Mapped.Unreadable(traffic.firstError().get());
    }
    var port = PortMapper.port(usable, word, traffic.needsHttp(), losses);
    usable.forEach(instance -> addLosses(instance, losses));
    losses.addAll(traffic.losses());
    var endpoints = usable.stream().map(instance -> endpoint(instance, port)).toList();
    var offer =
        new Offer(
            new ServiceKey(mesh, service.namespace(), service.name()),
            List.of(port),
            commonLabels(usable),
            hostnames(service, usable),
            access(service, instances, marked, config, proxies),
            traffic.policy(),
            EndpointList.of(endpoints),
            new FederationPath(path),
            losses);
    return new Mapped.Offered(offer, warnings(instances, marked), traffic.faults());
  }

  /**
   * A service of which nothing is there but its configuration: whoever keeps that in files need not
   * keep registrations too.
   */
  Mapped.Offered withoutInstances(ServiceName service, MeshConfig config) {
    var traffic = new TrafficReader(mesh, config.entries()).read(service, "");
    var word = config.protocolOf(service);
    var port = PortMapper.assumed(word, !traffic.policy().l4().isEmpty());
    var offer =
        new Offer(
            service.in(mesh),
            List.of(port),
            new TreeMap<>(),
            hostnames(service, List.of()),
            access(service, List.of(), List.of(), config, Set.of()),
            traffic.policy(),
            EndpointList.EMPTY,
            new FederationPath(List.of(mesh)),
            traffic.losses());
    return new Mapped.Offered(offer, List.of(), traffic.faults());
  }

  /**
   * The ordinary ones; and of these the ones that are at home, unless there are only imports: a
   * local instance beside an import is somebody's own service that took the name.
   */
  private static List<Instance> exportable(List<Instance> all) {
    var ordinary = all.stream().filter(i -> i.isOrdinary() && !i.isSyncedFromKubernetes()).toList();
    var atHome = ordinary.stream().filter(i -> i.ownership().isEmpty()).toList();
    return atHome.isEmpty() ? ordinary : atHome;
  }

  /** The meshes before this one: none for a service that is at home. */
  private static List<MeshId> travelled(List<Instance> instances) {
    return instances.getFirst().ownership().map(o -> o.path().meshes()).orElse(List.of());
  }

  private static List<Instance> usable(List<Instance> instances, List<Loss> losses) {
    var usable = new ArrayList<Instance>();
    for (Instance instance : instances) {
      if (instance.isUsable()) {
        usable.add(instance);
      } else {
        var field = instance.address().isBlank() ? "Address" : "Port";
        losses.add(
            new Loss(
                instance.place().location(field),
                instance.place().path(field),
                Outcome.DROPPED,
                "the instance has no address and port that can be called",
                "register it with both"));
      }
    }
    return usable;
  }

  private static Endpoint endpoint(Instance instance, ServicePort port) {
    return new Endpoint(
        instance.address(),
        new TreeMap<>(Map.of(port.name(), instance.port())),
        instance.health(),
        instance.weight(),
        instance.locality(),
        "",
        instance.labels(),
        "");
  }

  private static void addLosses(Instance instance, List<Loss> losses) {
    instance
        .otherAddresses()
        .forEach(
            (tag, address) -> {
              // Agents fill in lan and wan with the address itself, which loses nothing.
              if (!address.equals(instance.address()) && !tag.equals("consul-virtual")) {
                losses.add(
                    new Loss(
                        instance.place().location("TaggedAddresses." + tag),
                        instance.place().path("TaggedAddresses." + tag),
                        Outcome.DROPPED,
                        "an endpoint has one address: that of the service",
                        ""));
              }
            });
    if (!instance.healthKnown()) {
      losses.add(
          new Loss(
              instance.place().location("Checks"),
              instance.place().path("Checks"),
              Outcome.APPROXIMATED,
              "only a live agent runs checks; the endpoint counts as ready",
              ""));
    }
  }

  private static SortedMap<String, String> commonLabels(List<Instance> usable) {
    var common = new TreeMap<>(usable.getFirst().labels());
    usable.forEach(instance -> common.entrySet().retainAll(instance.labels().entrySet()));
    return common;
  }

  private static List<String> hostnames(ServiceName service, List<Instance> usable) {
    var name = service.name() + ".service";
    var names = new TreeSet<String>();
    var isDefault = service.namespace().equals(ServiceName.DEFAULT_NAMESPACE);
    names.add(isDefault ? name + ".consul" : name + "." + service.namespace() + ".ns.consul");
    for (Instance instance : usable) {
      if (!instance.datacenter().isEmpty()) {
        names.add(
            isDefault
                ? name + "." + instance.datacenter() + ".consul"
                : name + "." + service.namespace() + ".ns." + instance.datacenter() + ".dc.consul");
      }
    }
    return List.copyOf(names);
  }

  /** Fails closed: a raw address is published only if every marked instance asks for it. */
  private static AccessPolicy access(
      ServiceName service,
      List<Instance> instances,
      List<Instance> marked,
      MeshConfig config,
      Set<String> proxies) {
    var reasons = new ArrayList<String>();
    if (!proxies.isEmpty()) {
      reasons.add("Connect proxies stand before it: " + String.join(", ", new TreeSet<>(proxies)));
    }
    if (instances.stream().anyMatch(Instance::meshNative)) {
      reasons.add("it speaks Connect's mutual TLS itself");
    }
    if (config.intended().contains(service)) {
      reasons.add("intentions name it as destination");
    }
    var direct = !marked.isEmpty() && marked.stream().allMatch(Instance::isDirect);
    return reasons.isEmpty() || direct
        ? AccessPolicy.OPEN
        : AccessPolicy.meshIdentityRequired(String.join("; ", reasons));
  }

  private static List<String> warnings(List<Instance> instances, List<Instance> marked) {
    return marked.isEmpty() || marked.size() == instances.size()
        ? List.of()
        : List.of(
            "only "
                + marked.size()
                + " of its "
                + instances.size()
                + " instances bear the export mark; all are exported");
  }
}
