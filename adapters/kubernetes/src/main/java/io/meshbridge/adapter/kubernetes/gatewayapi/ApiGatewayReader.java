package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.adapter.kubernetes.Paths;
import io.meshbridge.adapter.kubernetes.Problem;
import io.meshbridge.adapter.kubernetes.ReadResult;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.traffic.DestinationPolicy;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.Ingress;
import io.meshbridge.model.traffic.L4Rule;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.spi.Offer;
import io.meshbridge.spi.reading.ObjectTrace;
import io.meshbridge.spi.reading.TracedFields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads a Gateway of the Gateway API with the routes that are attached to it. Pure; a live source
 * and a translator of files differ only in where the objects come from.
 */
public final class ApiGatewayReader {
  // With the suffix of a gateway's key it still is a name (253 characters).
  private static final int LONGEST_NAME = 245;

  private final RouteDialect dialect;
  private final RuleCompletion completion;
  private final NamespaceLabels labels;
  private final Predicate<ResourceKey> gateways;
  private final Function<Problem, Location> locations;

  /**
   * Reads as one make of gateway does.
   *
   * @param completion adds what the mesh says outside of the Gateway API
   * @param gateways whether a Gateway of that name among services is read for itself
   * @param locations says where a field stands
   */
  public ApiGatewayReader(
      RouteDialect dialect,
      RuleCompletion completion,
      NamespaceLabels labels,
      Predicate<ResourceKey> gateways,
      Function<Problem, Location> locations) {
    this.dialect = dialect;
    this.completion = completion;
    this.labels = labels;
    this.gateways = gateways;
    this.locations = locations;
  }

  /**
   * The gateway as a service of its mesh.
   *
   * @param routes those that are attached to it, in any order
   */
  public ApiGatewayReading read(MeshDescriptor mesh, ApiGateway gateway, Collection<Route> routes) {
    var path = Paths.after(gateway.importedPath(), mesh.id());
    if (path.isEmpty()) {
      return ApiGatewayReading.unreadable(Paths.loopOf(gateway.object(), gateway.importedPath()));
    }
    if (gateway.waypoint()) {
      return ApiGatewayReading.unreadable(gateway.object() + ": " + ApiGateway.WAYPOINT);
    }
    if (gateway.key().name().length() > LONGEST_NAME) {
      return ApiGatewayReading.unreadable(
          gateway.object() + " has a name of more than " + LONGEST_NAME + " characters");
    }
    return new OneGateway(mesh, gateway, path.orElseThrow())
        .read(routes.stream().sorted(ServiceRoutes.ORDER).toList());
  }

  /** One Gateway while it is read. */
  private final class OneGateway {
    private final MeshDescriptor mesh;
    private final ApiGateway gateway;
    private final FederationPath path;
    private final RouteTarget target;
    private final ObjectTrace trace;
    private final List<Loss> losses = new ArrayList<>();
    private final Set<Diagnostic> faults = new LinkedHashSet<>();
    private final Set<String> objects = new TreeSet<>();

    OneGateway(MeshDescriptor mesh, ApiGateway gateway, FederationPath path) {
      this.mesh = mesh;
      this.gateway = gateway;
      this.path = path;
      this.target = new RouteTarget(mesh.id(), gateway.service(), List.of());
      this.trace = traceOf(gateway.object());
    }

    ApiGatewayReading read(List<Route> routes) {
      var listeners = listeners();
      if (routes.isEmpty() && !listeners.isEmpty()) {
        trace.warnAbout("spec.listeners", "no route here is attached to it, so nothing is served");
      }
      var policy = policy(listeners, routes);
      take(trace);
      return new ApiGatewayReading(
          resultOf(listeners, policy), policy, losses, List.copyOf(faults), objects);
    }

    private List<ApiListener> listeners() {
      var spec = trace.read(gateway.content(), "").object("spec");
      dropForeign(spec);
      var frontend = FrontendTls.read(spec.object("tls"));
      var listeners = new ApiListenerReader(gateway.key().namespace(), frontend, labels).read(spec);
      frontend.tellUnused();
      return listeners;
    }

    private TrafficPolicy policy(List<ApiListener> listeners, List<Route> routes) {
      var readers = new LinkedHashMap<Route, RouteReader>();
      var doors = new LinkedHashMap<Route, List<Door>>();
      var found = new Doors(gateway.object(), listeners);
      for (Route route : routes) {
        var own = traceOf(route.object().reference());
        var reader = new RouteReader(dialect, target, route, own, gateways);
        var parents = route.parentsAt(gateway.service());
        reader.readParents(parents);
        readers.put(route, reader);
        doors.put(route, found.of(route, parents, own));
      }
      var http = requests(listeners, readers, doors);
      var l4 = connections(readers, doors);
      readers.values().forEach(reader -> take(reader.trace()));
      return new TrafficPolicy(http, l4, List.of(), DestinationPolicy.DEFAULT, new TreeMap<>());
    }

    private List<HttpRule> requests(
        List<ApiListener> listeners,
        Map<Route, RouteReader> readers,
        Map<Route, List<Door>> doors) {
      var reading = new LinkedHashMap<>(doors);
      reading.keySet().removeIf(route -> !route.kind().readsRequests());
      var rules = new DoorRules(listeners, reading);
      boolean alike = rules.hostsAreAlike();
      reading.forEach(
          (route, at) -> {
            var reader = reader(readers, route);
            reader.takeHostnames();
            var conditions = new DoorConditions(at, dialect.regexRanksWithExact(), alike);
            for (RuleDraft draft : reader.requests(conditions, refs(route))) {
              var completed = completion.complete(route, reader.trace(), draft.rule());
              rules.add(new RuleDraft(completed, draft.matches()));
            }
          });
      return rules.rules();
    }

    private List<L4Rule> connections(
        Map<Route, RouteReader> readers, Map<Route, List<Door>> doors) {
      var rules = new DoorConnections();
      doors.forEach(
          (route, at) -> {
            if (!route.kind().readsRequests()) {
              var reader = reader(readers, route);
              reader.takeHostnames();
              reader.backendsOf(refs(route)).ifPresent(backends -> rules.add(reader, at, backends));
            }
          });
      return rules.rules();
    }

    private RouteReader reader(Map<Route, RouteReader> readers, Route route) {
      return Objects.requireNonNull(readers.get(route));
    }

    private RefReader refs(Route route) {
      return new RefReader(target, route.object().key().namespace(), OptionalInt.empty());
    }

    private ReadResult resultOf(List<ApiListener> listeners, TrafficPolicy policy) {
      if (listeners.isEmpty()) {
        return new ReadResult.Unreadable(
            gateway.object() + " has no listener that other meshes could have");
      }
      return new ReadResult.Readable(
          Offer.gateway(
              Ingress.keyOf(mesh.id(), gateway.key().namespace(), gateway.key().name()),
              gateway.labels(),
              new Ingress(listeners.stream().map(ApiListener::listener).toList()),
              policy,
              path,
              losses));
    }

    private void take(ObjectTrace read) {
      objects.add(read.object());
      losses.addAll(read.losses());
      faults.addAll(read.faults());
    }
  }

  private static void dropForeign(TracedFields spec) {
    spec.drop("gatewayClassName", "chooses who serves the gateway in its own cluster", "");
    spec.drop("addresses", "are addresses of its own cluster", "");
    spec.drop("infrastructure", "is about the pods and Services of its own cluster", "");
    spec.drop(
        "allowedListeners",
        "the listeners of ListenerSets are not read",
        "put them into the Gateway");
    spec.drop("defaultScope", "routes without a parent are not read", "name the Gateway in them");
  }

  private ObjectTrace traceOf(String reference) {
    return new ObjectTrace(reference, path -> locations.apply(Problem.unsaid(reference, path, "")));
  }
}
