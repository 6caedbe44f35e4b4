package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.model.traffic.ClientMatch;
import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.L4Rule;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.WeightedBackend;
import io.meshbridge.spi.reading.ObjectTrace;
import io.meshbridge.spi.reading.TracedFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** Reads one route for one of its parents: a Service or a Gateway. */
final class RouteReader {
  private final RouteDialect dialect;
  private final RouteTarget target;
  private final Route route;
  private final ObjectTrace trace;
  private final TracedFields spec;
  private final Predicate<ResourceKey> isRead;
  private final List<FieldRef> parentFields = new ArrayList<>();

  /**
   * Reads for one Service or Gateway.
   *
   * @param isRead whether a Gateway of that name among services is read for itself
   */
  RouteReader(
      RouteDialect dialect,
      RouteTarget target,
      Route route,
      ObjectTrace trace,
      Predicate<ResourceKey> isRead) {
    this.dialect = dialect;
    this.target = target;
    this.route = route;
    this.trace = trace;
    this.isRead = isRead;
    this.spec = specOf(route, trace);
  }

  /** Accounts for what the route is attached to. */
  void readParents(List<Route.Parent> own) {
    for (TracedFields ref : spec.objects("parentRefs")) {
      var parent = route.parents().stream().filter(p -> p.path().equals(ref.path())).findFirst();
      if (own.stream().anyMatch(p -> p.path().equals(ref.path()))) {
        takeOwn(ref);
      } else if (parent.filter(this::isReadElsewhere).isPresent()) {
        ref.names().forEach(ref::ignore);
      } else {
        var reason =
            parent.filter(Route.Parent::isGateway).isPresent()
                ? "this Gateway is not read here"
                : "of a route only parents that are Services or Gateways are read";
        ref.names().forEach(name -> ref.drop(name, reason, ""));
      }
    }
    own.stream()
        .filter(Route.Parent::groupIsMissing)
        .forEach(
            parent ->
                trace.warn(
                    parent.path() + ".group",
                    "is missing, and an API server would put "
                        + RouteKind.GROUP
                        + " there, which has no Services; write group: \"\""));
  }

  private boolean isReadElsewhere(Route.Parent parent) {
    return parent.isService() || (parent.isGateway() && parent.target().filter(isRead).isPresent());
  }

  /** The rules for requests; none if the mesh refuses one of them. */
  List<RuleDraft> requests(RouteScope scope) {
    return requests(
        new ServiceConditions(scope.ports(), hosts(), client(), dialect.regexRanksWithExact()),
        refs(scope));
  }

  /** The rules for requests, each under these conditions. */
  List<RuleDraft> requests(Conditions conditions, RefReader refs) {
    var drafts = new ArrayList<RuleDraft>();
    boolean refused = false;
    for (TracedFields rule : spec.objects("rules")) {
      var read = new RuleReader(dialect, route, conditions, refs, rule).read();
      refused |= read.refused();
      read.draft().map(this::withParents).ifPresent(drafts::add);
    }
    return refused ? List.of() : drafts;
  }

  /** The rules for connections. */
  List<L4Rule> connections(RouteScope scope) {
    var names = spec.texts("hostnames");
    var rules = spec.objects("rules");
    if (route.kind() == RouteKind.TLS && names.isEmpty()) {
      trace.error("spec.hostnames", "is missing; a TLSRoute is told apart by server names");
      return List.of();
    }
    var found = new ArrayList<L4Rule>();
    for (int i = 0; i < rules.size(); i++) {
      if (i > 0 && route.kind() == RouteKind.TCP) {
        dropSecond(rules.get(i));
      } else {
        var rule = rules.get(i);
        scope.ports().forEach(port -> found.add(connection(rule, names, port, scope)));
      }
    }
    boolean refused = dialect.oneTcpRule() && route.kind() == RouteKind.TCP && rules.size() > 1;
    return refused ? List.of() : found;
  }

  /** Takes the hosts for read, where they were read elsewhere. */
  void takeHostnames() {
    spec.ignore("hostnames");
  }

  /** The first rule for connections, with its backends to be read; empty if there is none. */
  Optional<Function<Sources.Builder, List<WeightedBackend>>> backendsOf(RefReader refs) {
    var rules = spec.objects("rules");
    rules.stream().skip(1).forEach(this::dropSecond);
    rules.stream()
        .limit(1)
        .forEach(
            rule -> rule.drop("name", "a rule for connections has no name in other meshes", ""));
    boolean refused = dialect.oneTcpRule() && rules.size() > 1;
    return refused
        ? Optional.empty()
        : rules.stream()
            .findFirst()
            .map(
                rule ->
                    sources ->
                        new BackendReader(refs, sources)
                            .read(rule.objects("backendRefs"), BackendReader.Filters.NONE));
  }

  /** The route that is read. */
  ObjectTrace trace() {
    return trace;
  }

  RouteKind kind() {
    return route.kind();
  }

  /** Where it was declared what the route is attached to. */
  List<FieldRef> parentFields() {
    return List.copyOf(parentFields);
  }

  private void dropSecond(TracedFields rule) {
    var reason =
        dialect.oneTcpRule()
            ? dialect.mesh() + " refuses a second rule, so the route has no effect"
            : "the first rule takes all connections";
    rule.names().forEach(name -> rule.drop(name, reason, "keep one rule"));
    trace.warn(rule.path(), reason);
  }

  private L4Rule connection(
      TracedFields rule, List<String> names, OptionalInt port, RouteScope scope) {
    var sources = new Sources.Builder();
    parentFields.forEach(ref -> sources.add("", ref));
    rule.drop("name", "a rule for connections has no name in other meshes", "");
    for (int i = 0; i < names.size(); i++) {
      sources.add("serverNames[" + i + "]", trace.ref("spec.hostnames[" + i + "]"));
    }
    var backends =
        new BackendReader(refs(scope), sources)
            .read(rule.objects("backendRefs"), BackendReader.Filters.NONE);
    return new L4Rule(names, port, client(), backends, sources.build());
  }

  private RefReader refs(RouteScope scope) {
    var own = scope.onlyPort();
    return new RefReader(
        target, route.object().key().namespace(), own.isPresent() ? own : target.onlyPort());
  }

  private List<ServiceConditions.Host> hosts() {
    if (!dialect.readsHostnames()) {
      if (route.parents().stream().anyMatch(p -> p.isGateway() && isReadElsewhere(p))) {
        // They are for the Gateway, which has them.
        spec.ignore("hostnames");
        return List.of();
      }
      spec.drop(
          "hostnames",
          "the hostnames of a Service's routes are not looked at (Gateway API, GAMMA)",
          "leave them out");
      return List.of();
    }
    var names = spec.texts("hostnames");
    var hosts = new ArrayList<ServiceConditions.Host>();
    for (int i = 0; i < names.size(); i++) {
      var path = "spec.hostnames[" + i + "]";
      boolean own = isOwnName(names.get(i));
      if (own) {
        trace.lose(
            path,
            Outcome.APPROXIMATED,
            "it is a name of the Service itself, for which others have names of their own",
            "leave it out");
      }
      hosts.add(new ServiceConditions.Host(names.get(i), own, trace.ref(path)));
    }
    return hosts;
  }

  private boolean isOwnName(String host) {
    var name = target.service().name();
    var full = name + "." + target.service().namespace();
    return host.equals(name)
        || host.equals(full)
        || host.equals(full + ".svc")
        || host.startsWith(full + ".svc.");
  }

  private ClientMatch client() {
    return route.isProducerOf(target.service())
        ? ClientMatch.ANY
        : new ClientMatch(route.object().key().namespace(), new TreeMap<>());
  }

  private RuleDraft withParents(RuleDraft draft) {
    var sources = new Sources.Builder();
    var rule = draft.rule();
    rule.sources().fields().forEach((field, refs) -> refs.forEach(ref -> sources.add(field, ref)));
    parentFields.forEach(ref -> sources.add("", ref));
    return new RuleDraft(
        new HttpRule(
            rule.name(),
            rule.grpc(),
            rule.matches(),
            rule.filters(),
            rule.backends(),
            rule.timeouts(),
            rule.retry(),
            rule.affinity(),
            sources.build()),
        draft.matches());
  }

  private void takeOwn(TracedFields ref) {
    for (String field : List.of("group", "kind", "name", "namespace", "port", "sectionName")) {
      ref.ignore(field);
      if (ref.has(field)) {
        parentFields.add(ref.ref(field));
      }
    }
  }

  private static TracedFields specOf(Route route, ObjectTrace trace) {
    if (route.object().content().get("spec") instanceof Map<?, ?> spec) {
      return trace.read(spec, "spec");
    }
    trace.error("spec", "is missing; a route without it says nothing");
    return trace.read(Map.of(), "spec");
  }
}
