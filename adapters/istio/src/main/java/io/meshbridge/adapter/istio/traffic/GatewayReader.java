package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.adapter.istio.traffic.VirtualServiceReader.Rules;
import io.meshbridge.adapter.kubernetes.Problem;
import io.meshbridge.model.Location;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.traffic.DestinationPolicy;
import io.meshbridge.model.traffic.Ingress;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.spi.reading.TracedFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads a Gateway with the VirtualServices that are bound to it. Pure. */
public final class GatewayReader {
  private final Registry registry;
  private final PolicyObjects objects;
  private final Function<Problem, Location> locations;

  /**
   * Reads for one mesh.
   *
   * @param locations says where a field stands
   */
  public GatewayReader(
      Registry registry, PolicyObjects objects, Function<Problem, Location> locations) {
    this.registry = registry;
    this.objects = objects;
    this.locations = locations;
  }

  /**
   * What was read of a Gateway.
   *
   * @param ingress empty if none of its servers can be told to others
   * @param traffic the rules for what comes in
   */
  public record GatewayReading(Optional<Ingress> ingress, TrafficReading traffic) {}

  /** Reads the gateway that stands for this service. */
  public GatewayReading read(ServiceKey service, GatewayFacts gateway) {
    var traces = new Traces(locations);
    var spec = traces.of(gateway.object()).read(gateway.content(), "").object("spec");
    spec.drop("selector", "chooses pods of its own cluster", "");
    var servers = serversOf(gateway, spec);
    var bound = boundTo(service, gateway, spec, traces);
    var policy =
        new TrafficPolicy(
            new GatewayRules(servers, traces).requests(bound),
            new GatewayConnections(servers, traces).connections(bound),
            List.of(),
            DestinationPolicy.DEFAULT,
            new TreeMap<>());
    var ingress =
        servers.isEmpty()
            ? Optional.<Ingress>empty()
            : Optional.of(new Ingress(servers.stream().map(Server::listener).toList()));
    return new GatewayReading(ingress, traces.reading(policy));
  }

  /** A VirtualService with the rules that it has for the gateway. */
  record Bound(VirtualServiceFacts route, Rules rules) {}

  private static List<Server> serversOf(GatewayFacts gateway, TracedFields spec) {
    if (!spec.has("servers")) {
      spec.error("servers", "is missing; a Gateway without servers takes nothing");
    }
    var reader = new ServerReader(gateway.key().namespace());
    var servers = new ArrayList<Server>();
    for (TracedFields server : spec.objects("servers")) {
      reader.read(server).ifPresent(servers::add);
    }
    return servers;
  }

  private List<Bound> boundTo(
      ServiceKey service, GatewayFacts gateway, TracedFields spec, Traces traces) {
    // None of its rules leads to itself, so that it has no name of its own.
    var backends = new Backends(service, List.of(), registry, objects);
    var reader =
        new VirtualServiceReader(
            backends,
            objects,
            Callers.ofGateway(gateway.key(), objects::hasGateway),
            facts -> traces.of(facts.object()));
    var bound =
        objects.virtualServicesOf(gateway.key()).stream()
            .map(route -> new Bound(route, reader.read(route)))
            .toList();
    if (bound.isEmpty()) {
      spec.trace()
          .warnAbout("spec.servers", "no VirtualService here is bound to it, so nothing is served");
    }
    return bound;
  }
}
