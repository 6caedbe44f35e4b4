package io.meshbridge.testkit.reference;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a Consul datacenter does with a request to a service: its discovery chain of router,
 * splitters and resolvers, as Envoy gets it.
 */
public final class ConsulReference implements MeshReference {
  /** Envoy cuts a request after this if a route says nothing. */
  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(15);

  private final ConsulCatalog catalog;
  private final ConsulEntries entries;
  private final Map<String, List<Route>> compiled = new HashMap<>();

  private record Route(Native source, ConsulMatch match) {}

  private ConsulReference(List<Native> documents) {
    this.catalog = new ConsulCatalog(documents);
    this.entries = new ConsulEntries(documents);
  }

  /** A datacenter with these registrations and config entries. */
  public static ConsulReference of(List<Map<String, Object>> documents) {
    return new ConsulReference(documents.stream().map(Native::of).toList());
  }

  @Override
  public Verdict decide(Request request) {
    var chain = new ConsulChain(catalog, entries);
    var causes = new ArrayList<Cause>();
    causes.add(new Cause(ConsulEntries.DEFAULTS, request.service(), ""));
    Outcome outcome;
    try {
      outcome = decide(request, chain, causes);
    } catch (IllegalArgumentException unknown) {
      // The chain does not compile, so the proxies get nothing for this service.
      outcome = new Outcome.NoEndpoints();
    }
    causes.addAll(chain.causes());
    return new Verdict(outcome, causes);
  }

  private Outcome decide(Request request, ConsulChain chain, List<Cause> causes) {
    var service = request.service();
    if (!entries.isHttp(service)) {
      var legs = chain.legs(service, "", false);
      return Outcome.routed(
          Outcome.Routed.to(
                  shares(request, legs, request.path(), HeaderEdits.NONE, HeaderEdits.NONE),
                  Retries.never(true))
              .silent(true));
    }
    Optional<Route> taken = Optional.empty();
    for (Route route : routes(service, chain)) {
      boolean holds = route.match().holds(request);
      if (taken.isEmpty() || holds) {
        causes.add(new Cause(ConsulEntries.ROUTER, service, route.source().path()));
      }
      if (holds && taken.isEmpty()) {
        taken = Optional.of(route);
      }
    }
    boolean routed = entries.get(ConsulEntries.ROUTER, service).exists();
    return taken.isPresent()
        ? byRoute(request, taken.orElseThrow(), chain)
        : byRest(request, routed, chain);
  }

  /** A route that does not compile spoils the chain, whoever takes the request. */
  private List<Route> routes(String service, ConsulChain chain) {
    return compiled.computeIfAbsent(
        service,
        name -> {
          var routes = new ArrayList<Route>();
          for (Native route : entries.get(ConsulEntries.ROUTER, name).at("routes").list()) {
            legs(route, name, chain);
            routes.add(new Route(route, ConsulMatch.of(route)));
          }
          return routes;
        });
  }

  private static List<ConsulChain.Leg> legs(Native route, String service, ConsulChain chain) {
    var to = route.at("destination");
    return chain.legs(to.at("service").textOr(service), to.at("serviceSubset").text(), true);
  }

  private Outcome byRoute(Request request, Route route, ConsulChain chain) {
    var to = route.source().at("destination");
    var legs = legs(route.source(), request.service(), chain);
    var rewrite = to.at("prefixRewrite").text();
    var path =
        rewrite.isEmpty()
            ? request.path()
            : route.match().path().rewritten(request.path(), rewrite);
    return Outcome.routed(
        new Outcome.Routed(
            shares(
                request,
                legs,
                path,
                ConsulChain.edits(to.at("requestHeaders")),
                ConsulChain.edits(to.at("responseHeaders"))),
            timeout(to.at("requestTimeout")),
            Optional.empty(),
            GoDuration.of(to.at("idleTimeout")).filter(idle -> idle.isPositive()),
            retries(to).of(request),
            new TreeMap<>(),
            new TreeMap<>(),
            "",
            false));
  }

  /** Without a route that takes it, the rest of the chain does. */
  private Outcome byRest(Request request, boolean routed, ConsulChain chain) {
    var service = request.service();
    var legs = chain.legs(service, "", true);
    boolean resolves = !routed && !entries.get(ConsulEntries.SPLITTER, service).exists();
    var own = entries.get(ConsulEntries.RESOLVER, service).at("requestTimeout");
    return Outcome.routed(
        Outcome.Routed.to(
                shares(request, legs, request.path(), HeaderEdits.NONE, HeaderEdits.NONE),
                Retries.never(true))
            .within(
                resolves ? timeout(own) : Optional.of(USUAL_TIMEOUT),
                Optional.empty(),
                Optional.empty())
            .silent(resolves && !own.exists()));
  }

  /** Below zero it is off; nothing or zero leaves Envoy's own. */
  private static Optional<Duration> timeout(Native field) {
    var given = GoDuration.ofLimit(field);
    if (given.isEmpty()) {
      return Optional.of(USUAL_TIMEOUT);
    }
    return given.filter(Duration::isPositive);
  }

  private static Retries retries(Native destination) {
    var words = new ArrayList<>(destination.at("retryOn").texts());
    if (destination.at("retryOnConnectFailure").isTrue()) {
      words.add("connect-failure");
    }
    var codes =
        destination.at("retryOnStatusCodes").list().stream().map(code -> code.number(0)).toList();
    if (!codes.isEmpty()) {
      words.add("retriable-status-codes");
    }
    int attempts = destination.at("numRetries").number(0);
    // Envoy tries once more if it is told when, but not how often.
    return words.isEmpty()
        ? Retries.never(attempts == 0)
        : EnvoyRetryOn.of(attempts == 0 ? 1 : attempts, words, codes, false);
  }

  private static TreeMap<Delivery, Fraction> shares(
      Request request,
      List<ConsulChain.Leg> legs,
      String path,
      HeaderEdits requestEdits,
      HeaderEdits answerEdits) {
    var shares = new TreeMap<Delivery, Fraction>();
    for (ConsulChain.Leg leg : legs) {
      var delivery =
          leg.endpoints().isEmpty()
              ? Delivery.NOWHERE
              : new Delivery(
                  leg.endpoints(),
                  path,
                  "",
                  leg.request().then(requestEdits).applyTo(request.headers()),
                  leg.response().then(answerEdits).applyTo(request.answer()));
      shares.merge(delivery, leg.share(), Fraction::plus);
    }
    return shares;
  }
}
