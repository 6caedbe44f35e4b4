package io.meshbridge.testkit.reference;

import io.meshbridge.testkit.reference.IstioRules.Rule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What sidecars of an Istio mesh do with a request to a host: the routes of its VirtualService, or
 * those of the Gateway API, or the host itself where it has none.
 */
public final class IstioReference implements MeshReference {
  private final IstioRegistry registry;
  private final IstioRules rules;
  private final IstioDestinations destinations;
  private final IstioServiceRoutes routes;
  private final Map<String, List<Rule>> compiled = new HashMap<>();

  private record Taken(Rule rule, IstioMatch match) {}

  private IstioReference(List<Native> documents) {
    this.registry = new IstioRegistry(documents);
    this.rules = new IstioRules(documents);
    this.destinations = new IstioDestinations(registry, documents);
    this.routes = new IstioServiceRoutes(documents);
  }

  /** A mesh with these documents. */
  public static IstioReference of(List<Map<String, Object>> documents) {
    return new IstioReference(documents.stream().map(Native::of).toList());
  }

  @Override
  public Verdict decide(Request request) {
    var host = registry.find(request.service());
    var port = host.flatMap(known -> known.port(request.port()));
    var causes = new ArrayList<>(destinations.causes(request.service()));
    if (port.isEmpty()) {
      return new Verdict(new Outcome.NoEndpoints(), causes);
    }
    var virtualService = rules.virtualServiceOf(request.service());
    if (!port.orElseThrow().http()) {
      virtualService.ifPresent(
          service -> causes.add(new Cause("VirtualService", Kube.name(service), "spec.tcp")));
      return new Verdict(connection(request, virtualService), causes);
    }
    var all =
        compiled.computeIfAbsent(
            request.service() + " from " + request.client().namespace(),
            key ->
                virtualService
                    .map(rules::httpRules)
                    .orElseGet(
                        () -> routes.rulesFor(request.service(), request.client().namespace())));
    return new Verdict(decide(request, all, causes), causes);
  }

  /** Routes that are for other clients or ports are not there; if none is left, nor are rules. */
  private Outcome decide(Request request, List<Rule> all, List<Cause> causes) {
    Predicate<IstioMatch> given = match -> match.isFor(request.client(), request.port());
    var taken = taken(request, all, given, causes);
    if (all.stream().flatMap(rule -> rule.matches().stream()).noneMatch(given)) {
      return direct(request);
    }
    return taken.map(found -> outcome(request, found, causes)).orElse(new Outcome.NotFound());
  }

  /**
   * What the pods of a gateway do with a request by these rules.
   *
   * @param gateway as matches name it
   */
  Verdict atGateway(Request request, String gateway, List<Rule> all) {
    var causes = new ArrayList<Cause>();
    var taken = taken(request, all, match -> match.isAt(gateway, request.port()), causes);
    var outcome =
        taken.map(found -> outcome(request, found, causes)).orElse(new Outcome.NotFound());
    return new Verdict(outcome, causes);
  }

  private static Optional<Taken> taken(
      Request request, List<Rule> all, Predicate<IstioMatch> given, List<Cause> causes) {
    Optional<Taken> taken = Optional.empty();
    for (Rule rule : all) {
      boolean holds = false;
      for (IstioMatch match : rule.matches()) {
        if (given.test(match) && match.holds(request)) {
          holds = true;
          taken = taken.or(() -> Optional.of(new Taken(rule, match)));
        }
      }
      if (holds || taken.isEmpty()) {
        causes.addAll(rule.causes());
      }
    }
    return taken;
  }

  private Outcome outcome(Request request, Taken taken, List<Cause> causes) {
    var content = taken.rule().content();
    var faults = IstioActions.faults(content.at("fault"));
    var always =
        faults.entrySet().stream()
            .filter(fault -> fault.getKey().startsWith("abort"))
            .filter(fault -> fault.getValue().equals(Fraction.ALL))
            .findFirst();
    if (always.isPresent()) {
      return new Outcome.Answered(always.orElseThrow().getKey().substring("abort ".length()), "");
    }
    if (content.at("redirect").exists()) {
      return IstioActions.redirect(content.at("redirect"), request, taken.match().path());
    }
    var direct = content.at("directResponse");
    if (direct.exists()) {
      return new Outcome.Answered(direct.at("status").text(), direct.at("body", "string").text());
    }
    content
        .at("route")
        .list()
        .forEach(
            route ->
                causes.addAll(
                    destinations.causes(
                        IstioRegistry.fullName(
                            route.at("destination", "host").text(), taken.rule().namespace()))));
    var retries = IstioActions.retries(content.at("retries"));
    return Outcome.routed(
        new Outcome.Routed(
            shares(request, taken),
            GoDuration.ofLimit(content.at("timeout")),
            retries.attempts() == 0
                ? Optional.empty()
                : GoDuration.ofLimit(content.at("retries", "perTryTimeout")),
            Optional.empty(),
            retries.of(request),
            mirrors(request, taken.rule()),
            faults,
            IstioActions.cors(content.at("corsPolicy")),
            false));
  }

  private TreeMap<Delivery, Fraction> shares(Request request, Taken taken) {
    var routes = taken.rule().content().at("route").list();
    var shares = new TreeMap<Delivery, Fraction>();
    if (routes.size() == 1) {
      shares.put(delivery(request, taken, routes.getFirst()), Fraction.ALL);
      return shares;
    }
    var whole =
        routes.stream()
            .map(route -> route.at("weight").decimal())
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    for (Native route : routes) {
      var weight = route.at("weight").decimal();
      if (weight.signum() > 0) {
        shares.merge(delivery(request, taken, route), Fraction.of(weight, whole), Fraction::plus);
      }
    }
    if (shares.isEmpty()) {
      shares.put(Delivery.NOWHERE, Fraction.ALL);
    }
    return shares;
  }

  private Delivery delivery(Request request, Taken taken, Native route) {
    var content = taken.rule().content();
    var endpoints =
        destinations.endpoints(route.at("destination"), taken.rule().namespace(), request.port());
    if (endpoints.isEmpty()) {
      return Delivery.NOWHERE;
    }
    var ofRule = content.at("headers");
    var own = route.at("headers");
    boolean alone = content.at("route").list().size() == 1;
    return new Delivery(
        endpoints,
        path(request, taken),
        authority(content, own),
        ordered(alone, ofRule.at("request"), own.at("request")).applyTo(request.headers()),
        ordered(alone, ofRule.at("response"), own.at("response")).applyTo(request.answer()));
  }

  /** Of several destinations Envoy does what each says first; of one, istiod puts it last. */
  private static HeaderEdits ordered(boolean alone, Native ofRule, Native own) {
    return alone
        ? IstioActions.edits(ofRule).then(IstioActions.edits(own))
        : IstioActions.edits(own).then(IstioActions.edits(ofRule));
  }

  private static String authority(Native content, Native own) {
    var rewritten = content.at("rewrite", "authority").text();
    var set = IstioActions.authority(content.at("headers", "request"));
    var ofRule = rewritten.isEmpty() ? set : rewritten;
    return ofRule.isEmpty() ? IstioActions.authority(own.at("request")) : ofRule;
  }

  private static String path(Request request, Taken taken) {
    var rewrite = taken.rule().content().at("rewrite");
    var regex = rewrite.at("uriRegexRewrite");
    if (regex.exists()) {
      return request
          .path()
          .replaceAll(
              regex.at("match").text(),
              regex.at("rewrite").text().replace("$", "\\$").replaceAll("\\\\([0-9])", "\\$$1"));
    }
    var uri = rewrite.at("uri").text();
    return uri.isEmpty() ? request.path() : taken.match().path().rewritten(request.path(), uri);
  }

  private TreeMap<String, Fraction> mirrors(Request request, Rule rule) {
    var mirrors = new TreeMap<String, Fraction>();
    var content = rule.content();
    var percentage =
        content.at("mirrorPercentage").exists()
            ? content.at("mirrorPercentage", "value")
            : content.at("mirrorPercent");
    addMirror(request, rule, content.at("mirror"), percentage, mirrors);
    for (Native mirror : content.at("mirrors").list()) {
      addMirror(request, rule, mirror.at("destination"), mirror.at("percentage", "value"), mirrors);
    }
    return mirrors;
  }

  private void addMirror(
      Request request,
      Rule rule,
      Native destination,
      Native percentage,
      Map<String, Fraction> mirrors) {
    var share = IstioActions.mirrorShare(percentage);
    if (destination.exists() && !share.isNone()) {
      var endpoints = destinations.endpoints(destination, rule.namespace(), request.port());
      mirrors.put(String.join(",", endpoints), share);
    }
  }

  /** Without rules: to the host, with the mesh's own retries. */
  private Outcome direct(Request request) {
    return plain(request, IstioActions.retries(new Native("", null)).of(request));
  }

  private Outcome plain(Request request, Retries retries) {
    var shares = new TreeMap<Delivery, Fraction>();
    var endpoints =
        registry.find(request.service()).orElseThrow().endpoints(request.port(), Map.of());
    shares.put(
        endpoints.isEmpty()
            ? Delivery.NOWHERE
            : new Delivery(
                endpoints,
                request.path(),
                "",
                HeaderEdits.NONE.applyTo(request.headers()),
                HeaderEdits.NONE.applyTo(request.answer())),
        Fraction.ALL);
    return Outcome.routed(Outcome.Routed.to(shares, retries).silent(true));
  }

  /** A connection that nobody looks into: rules for TCP choose by the port alone. */
  private Outcome connection(Request request, Optional<Native> virtualService) {
    var rule =
        virtualService.stream()
            .flatMap(service -> service.at("spec", "tcp").list().stream())
            .filter(tcp -> takesConnection(tcp, request))
            .findFirst();
    if (rule.isEmpty()) {
      return plain(request, Retries.never(true));
    }
    var namespace = Kube.namespace(virtualService.orElseThrow());
    var content = rule.orElseThrow();
    var shares = shares(request, new Taken(Rule.of(content, namespace, List.of()), IstioMatch.ANY));
    return Outcome.routed(Outcome.Routed.to(shares, Retries.never(true)));
  }

  private static boolean takesConnection(Native tcp, Request request) {
    var matches = tcp.at("match").list();
    return matches.isEmpty()
        || matches.stream()
            .anyMatch(match -> IstioMatch.of(match).isFor(request.client(), request.port()));
  }
}
