package io.meshbridge.testkit.reference;

import io.meshbridge.testkit.reference.ClusterServices.ClusterService;
import io.meshbridge.testkit.reference.LinkerdRoute.Backend;
import io.meshbridge.testkit.reference.LinkerdRoute.Found;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What Linkerd does with a request to a Service: its outbound policy of routes, or the Service
 * itself where it has none.
 */
public final class LinkerdReference implements MeshReference {
  private static final String OPAQUE_PORTS = "config.linkerd.io/opaque-ports";

  private final ClusterServices services;
  private final List<LinkerdRoute> routes;

  private LinkerdReference(List<Native> documents) {
    this.services = new ClusterServices(documents);
    this.routes =
        documents.stream()
            .flatMap(document -> LinkerdRoute.of(document).stream())
            .sorted((one, other) -> Kube.byAge(one.document(), other.document()))
            .toList();
  }

  /** A mesh with these documents. */
  public static LinkerdReference of(List<Map<String, Object>> documents) {
    return new LinkerdReference(documents.stream().map(Native::of).toList());
  }

  @Override
  public Verdict decide(Request request) {
    int dot = request.service().indexOf('.');
    var service =
        services.find(request.service().substring(dot + 1), request.service().substring(0, dot));
    if (service.flatMap(found -> found.port(request.port())).isEmpty()) {
      return new Verdict(new Outcome.NoEndpoints(), List.of());
    }
    return decide(request, service.orElseThrow());
  }

  private Verdict decide(Request request, ClusterService service) {
    var port = service.port(request.port()).orElseThrow();
    var attached = attached(request, service, port.appProtocol());
    var causes = new ArrayList<Cause>();
    causes.add(new Cause("Service", service.name(), "metadata.annotations"));
    attached.forEach(route -> causes.addAll(causesIn(route)));
    if (isOpaque(service, port)) {
      var plain = plain(request, service, Retries.never(true)).silent(true);
      return new Verdict(Outcome.routed(plain), causes);
    }
    if (attached.isEmpty()) {
      return new Verdict(Outcome.routed(withoutRoutes(request, service)), causes);
    }
    var found =
        attached.stream()
            .flatMap(route -> route.best(request).stream())
            .reduce((one, other) -> one.worth().compareTo(other.worth()) >= 0 ? one : other);
    return new Verdict(
        found.map(best -> outcome(request, service, best)).orElse(new Outcome.NotFound()), causes);
  }

  /** The routes that the proxy gets: of the kind that the port's protocol allows. */
  private List<LinkerdRoute> attached(Request request, ClusterService service, String protocol) {
    var all =
        routes.stream()
            .filter(route -> route.isFor(service.namespace(), service.name(), request.port()))
            .filter(
                route ->
                    Kube.namespace(route.document()).equals(service.namespace())
                        || Kube.namespace(route.document()).equals(request.client().namespace()))
            .toList();
    boolean grpc = !protocol.equals("http") && all.stream().anyMatch(LinkerdRoute::grpc);
    return all.stream().filter(route -> route.grpc() == grpc).toList();
  }

  /** Whether the proxy passes bytes on: any protocol that Linkerd has no word for. */
  private static boolean isOpaque(ClusterService service, ClusterServices.Port port) {
    return switch (port.appProtocol()) {
      case "" ->
          List.of(Kube.annotation(service.document(), OPAQUE_PORTS).split(",", -1))
              .contains(String.valueOf(port.number()));
      case "http", "kubernetes.io/h2c" -> false;
      default -> true;
    };
  }

  private Outcome outcome(Request request, ClusterService service, Found found) {
    var rule = found.rule();
    var redirected =
        rule.filters()
            .redirect()
            .flatMap(redirect -> redirect.apply(request, found.worth().route().getFirst()));
    if (redirected.isPresent()) {
      return redirected.orElseThrow();
    }
    var times = LinkerdTimes.of(found.route().document(), rule.source(), service.document());
    return Outcome.routed(
        new Outcome.Routed(
            shares(request, service, rule),
            times.request(),
            times.tryTimeout(),
            times.idle(),
            times.retries(request.isGrpc() && !found.route().grpc()).of(request),
            new TreeMap<>(),
            new TreeMap<>(),
            "",
            false));
  }

  private TreeMap<Delivery, Fraction> shares(
      Request request, ClusterService service, LinkerdRoute.Rule rule) {
    var shares = new TreeMap<Delivery, Fraction>();
    if (rule.backends().isEmpty()) {
      shares.put(delivery(request, service, request.port(), rule.filters()), Fraction.ALL);
      return shares;
    }
    long whole = rule.backends().stream().mapToLong(Backend::weight).sum();
    if (whole == 0) {
      shares.put(Delivery.NOWHERE, Fraction.ALL);
    }
    for (Backend backend : rule.backends()) {
      if (backend.weight() > 0) {
        shares.merge(
            delivery(request, backend, rule.filters()),
            Fraction.of(backend.weight(), whole),
            Fraction::plus);
      }
    }
    return shares;
  }

  private Delivery delivery(Request request, Backend backend, LinkerdFilters ofRule) {
    var service = services.find(backend.namespace(), backend.name());
    if (service.isEmpty() || backend.filters().isEmpty()) {
      return Delivery.NOWHERE;
    }
    var own = backend.filters().orElseThrow();
    return delivery(
        request,
        service.orElseThrow(),
        backend.port(),
        new LinkerdFilters(
            ofRule.request().then(own.request()),
            own.response().then(ofRule.response()),
            Optional.empty()));
  }

  private static Delivery delivery(
      Request request, ClusterService service, int port, LinkerdFilters filters) {
    var endpoints = service.endpoints(port, Map.of());
    return endpoints.isEmpty()
        ? Delivery.NOWHERE
        : new Delivery(
            endpoints,
            request.path(),
            "",
            filters.request().applyTo(request.headers()),
            filters.response().applyTo(request.answer()));
  }

  /** What the annotations of the Service say. */
  private static Outcome.Routed withoutRoutes(Request request, ClusterService service) {
    var times = LinkerdTimes.ofService(service.document(), request.isGrpc());
    return plain(request, service, times.retries(false).of(request))
        .within(times.request(), times.tryTimeout(), times.idle())
        .silent(times.saysNothing());
  }

  private static Outcome.Routed plain(Request request, ClusterService service, Retries retries) {
    var nothing = new LinkerdFilters(HeaderEdits.NONE, HeaderEdits.NONE, Optional.empty());
    var shares = new TreeMap<Delivery, Fraction>();
    shares.put(delivery(request, service, request.port(), nothing), Fraction.ALL);
    return Outcome.Routed.to(shares, retries);
  }

  /** It asks every rule of every route, so each has a say. */
  private static List<Cause> causesIn(LinkerdRoute route) {
    var kind = route.document().at("kind").text();
    var name = Kube.name(route.document());
    var paths = new TreeSet<>(Comparator.<String>naturalOrder());
    paths.add("metadata.annotations");
    paths.add("spec.hostnames");
    paths.add("spec.parentRefs");
    route.rules().forEach(rule -> paths.add(rule.source().path()));
    return paths.stream().map(path -> new Cause(kind, name, path)).toList();
  }
}
