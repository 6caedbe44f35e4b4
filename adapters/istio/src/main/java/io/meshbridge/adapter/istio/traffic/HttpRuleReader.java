package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.PathMatch;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.Timeouts;
import io.meshbridge.model.traffic.WeightedBackend;
import io.meshbridge.spi.reading.TracedFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one rule for HTTP. */
final class HttpRuleReader {
  private final WeightReader weights;
  private final MirrorReader mirrors;

  HttpRuleReader(Backends backends) {
    this.weights = new WeightReader(backends);
    this.mirrors = new MirrorReader(backends);
  }

  /**
   * The rule, or several in a row where its rewriting means something else for some of its matches:
   * what matched as a prefix is replaced as one, any other path as a whole.
   *
   * @param matches what it takes; none for everything
   */
  List<HttpRule> read(Route route, String name, List<RequestMatch> matches) {
    var rules = new ArrayList<HttpRule>();
    for (List<RequestMatch> group : groupsOf(route, matches)) {
      rules.add(readGroup(route, name, group));
    }
    return rules;
  }

  private HttpRule readGroup(Route route, String name, List<RequestMatch> matches) {
    var sources = new Sources.Builder();
    noteName(route, sources);
    var conditions = new ArrayList<HttpMatch>();
    for (RequestMatch match : matches) {
      conditions.add(match.toModel("matches[" + conditions.size() + "]", sources));
    }
    boolean answers = answers(route);
    boolean whole = !matches.isEmpty() && replacesAll(matches.getFirst());
    var headers = HeaderReader.of(route.saying("headers"));
    var backends = answers ? noBackends(route) : backendsOf(route, headers, sources);
    var shared = OrderOfChanges.of(backends.size(), headers, backends, sources);
    var filters = filtersOf(route, shared.headers(), whole).tell("filters", sources);
    var timeouts = timeoutsOf(route, sources);
    return new HttpRule(
        name,
        false,
        conditions,
        filters,
        shared.backends(),
        timeouts,
        Optional.of(RetryReader.read(route.saying("retries"), sources)),
        Optional.empty(),
        sources.build());
  }

  private static void noteName(Route route, Sources.Builder sources) {
    route
        .root()
        .filter(root -> root.has("name"))
        .ifPresent(r -> sources.add("name", r.ref("name")));
    if (route.own().has("name")) {
      sources.add("name", route.own().ref("name"));
    }
  }

  /** A redirect wins over an answer, and both over destinations ({@code translateRoute}). */
  private static boolean answers(Route route) {
    return route.own().has("redirect") || route.has("directResponse");
  }

  private static List<WeightedBackend> noBackends(Route route) {
    if (route.own().has("route")) {
      route
          .own()
          .drop("route", "stands beside a redirect or a direct response, which Istio takes", "");
    }
    if (route.own().has("redirect")) {
      route
          .saying("directResponse")
          .drop("directResponse", "stands beside a redirect, which Istio takes", "");
    }
    return List.of();
  }

  private List<WeightedBackend> backendsOf(
      Route route, HeaderReader headers, Sources.Builder sources) {
    boolean newHost =
        headers.host().isPresent() || route.saying("rewrite").object("rewrite").has("authority");
    var found =
        weights.read(
            route.own(),
            route.namespace(),
            (destination, field, origins) -> filtersAt(destination, newHost, field, origins),
            sources);
    if (found.isEmpty() && !route.own().has("route")) {
      var trace = route.own().trace();
      trace.error(
          route.own().pathOf("route"), "is missing, and so are redirect and directResponse");
    }
    return found;
  }

  private static List<HttpFilter> filtersAt(
      TracedFields destination, boolean newHost, String field, Sources.Builder sources) {
    var headers = HeaderReader.of(destination);
    var filters = new FilterList();
    if (!headers.request().value().isEmpty()) {
      filters.add(
          new HttpFilter.RequestHeaders(headers.request().value()), headers.request().refs());
    }
    headers.host().ifPresent(host -> addHost(destination, host, newHost, filters));
    if (!headers.response().value().isEmpty()) {
      filters.add(
          new HttpFilter.ResponseHeaders(headers.response().value()), headers.response().refs());
    }
    return filters.tell(field + ".filters", sources);
  }

  private static void addHost(
      TracedFields destination, Sourced<String> host, boolean newHost, FilterList filters) {
    if (newHost) {
      var at = host.refs().getFirst().path();
      destination
          .trace()
          .lose(at, Outcome.DROPPED, "the rule itself gives a host, which Istio takes", "");
    } else {
      filters.add(new HttpFilter.Rewrite(Optional.of(host.value()), Optional.empty()), host.refs());
    }
  }

  private FilterList filtersOf(Route route, HeaderReader headers, boolean wholePath) {
    var filters = new FilterList();
    CorsReader.read(route.saying("corsPolicy"), filters);
    FaultReader.read(route.saying("fault"), filters);
    if (!headers.request().value().isEmpty()) {
      filters.add(
          new HttpFilter.RequestHeaders(headers.request().value()), headers.request().refs());
    }
    if (route.own().has("redirect")) {
      TargetReader.readRedirect(route.own(), filters);
      route.saying("rewrite").drop("rewrite", "stands beside a redirect, which Istio takes", "");
    } else if (route.has("directResponse")) {
      TargetReader.readDirectResponse(route.saying("directResponse"), filters);
      route.saying("rewrite").drop("rewrite", "nothing is sent on that could be rewritten", "");
    } else {
      TargetReader.readRewrite(route.saying("rewrite"), headers, wholePath, filters);
    }
    mirrors.read(route, filters);
    if (!headers.response().value().isEmpty()) {
      filters.add(
          new HttpFilter.ResponseHeaders(headers.response().value()), headers.response().refs());
    }
    return filters;
  }

  private static Timeouts timeoutsOf(Route route, Sources.Builder sources) {
    var holder = route.saying("timeout");
    if (holder.has("timeout")) {
      sources.add("timeouts.request", holder.ref("timeout"));
    }
    return new Timeouts(
        holder.duration("timeout"),
        RetryReader.perTry(route.saying("retries"), sources),
        Optional.empty());
  }

  private static List<List<RequestMatch>> groupsOf(Route route, List<RequestMatch> matches) {
    if (matches.isEmpty() || !route.saying("rewrite").object("rewrite").has("uri")) {
      return List.of(matches);
    }
    var groups = new ArrayList<List<RequestMatch>>();
    for (RequestMatch match : matches) {
      if (groups.isEmpty() || replacesAll(groups.getLast().getFirst()) != replacesAll(match)) {
        groups.add(new ArrayList<>());
      }
      groups.getLast().add(match);
    }
    return groups;
  }

  private static boolean replacesAll(RequestMatch match) {
    return match
        .path()
        .map(Sourced::value)
        .filter(path -> path.kind() == PathMatch.Kind.EXACT || path.kind() == PathMatch.Kind.REGEX)
        .isPresent();
  }
}
