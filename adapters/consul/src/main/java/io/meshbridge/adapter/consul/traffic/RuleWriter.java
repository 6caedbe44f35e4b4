package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.adapter.consul.traffic.Neighbours.Place;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.WeightedBackend;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One rule as routes, for one of the import's ports. */
final class RuleWriter {
  private final HttpRule rule;
  private final int index;
  private final String path;
  private final PortPlan plan;
  private final LossBook losses;
  private final RuleFilters filters;
  private final Function<HttpMatch, Optional<HttpMatch>> scope;

  /**
   * @param index which of the policy's rules it is
   */
  RuleWriter(HttpRule rule, int index, PortPlan plan) {
    this(
        rule,
        index,
        plan,
        match ->
            Optional.of(match)
                .filter(m -> m.port().isEmpty() || m.port().getAsInt() == plan.port().number()));
  }

  /**
   * @param index which of the policy's rules it is
   * @param scope what is left of a match where the routes are; empty if it is about others
   */
  RuleWriter(
      HttpRule rule, int index, PortPlan plan, Function<HttpMatch, Optional<HttpMatch>> scope) {
    this.scope = scope;
    this.rule = rule;
    this.index = index;
    this.path = "traffic.http[" + index + "]";
    this.plan = plan;
    this.losses = plan.losses();
    this.filters = new RuleFilters(plan);
  }

  /** The routes, in order; none if the rule cannot be said or is not about the port. */
  List<Map<String, Object>> routes() {
    var matches = matchesHere();
    if (matches.isEmpty()) {
      return List.of();
    }
    filters.readRule(rule.filters(), path);
    if (!filters.errorPath().isEmpty()) {
      return routesToNobody(matches, filters.errorPath());
    }
    if (filters.isLeftOut()) {
      return List.of();
    }
    if (rule.backends().stream().allMatch(backend -> backend.weight() == 0)) {
      var at = path + (rule.backends().isEmpty() ? "" : ".backends");
      losses.approximate(at, "nobody is there to answer, which is 503");
      return routesToNobody(matches, at);
    }
    var routes = new ArrayList<Map<String, Object>>();
    destination()
        .ifPresent(
            there ->
                matches.forEach(
                    (number, match) ->
                        alternatives(number, match)
                            .forEach(one -> route(match, one, there).ifPresent(routes::add))));
    return Methods.united(routes);
  }

  /** The matches that are about these requests, by their index. */
  private Map<Integer, HttpMatch> matchesHere() {
    var here = new LinkedHashMap<Integer, HttpMatch>();
    var matches = rule.matches().isEmpty() ? List.of(HttpMatch.ANY) : rule.matches();
    for (int i = 0; i < matches.size(); i++) {
      int index = i;
      scope.apply(matches.get(i)).ifPresent(match -> here.put(index, match));
    }
    return here;
  }

  private List<MatchWriter.Alternative> alternatives(int number, HttpMatch match) {
    return MatchWriter.write(match, path + ".matches[" + number + "]", plan.version(), losses);
  }

  /**
   * Requests that must not be answered go where nobody answers. If Consul cannot tell them from
   * others, the import has no form that lets nothing through.
   *
   * @param at where it is said that they must not
   */
  private List<Map<String, Object>> routesToNobody(Map<Integer, HttpMatch> matches, String at) {
    var routes = new ArrayList<Map<String, Object>>();
    matches.forEach(
        (number, match) -> {
          var alternatives = alternatives(number, match);
          if (alternatives.isEmpty()) {
            losses.refuse(
                at, "what this rule keeps out cannot be told apart in Consul, and would be let in");
          }
          alternatives.forEach(
              one -> routes.add(routed(one.http(), Map.of("Service", plan.nobody()))));
        });
    return Methods.united(routes);
  }

  private Optional<Map<String, Object>> route(
      HttpMatch wanted, MatchWriter.Alternative match, Map<String, Object> destination) {
    if (filters.rewrite().isEmpty()) {
      return Optional.of(routed(match.http(), destination));
    }
    var prefix = PathRewrite.prefix(filters.rewrite().get(), wanted, match.path());
    if (prefix.isEmpty()) {
      losses.drop(
          filters.rewritePath(),
          "Consul rewrites only what PathExact or PathPrefix matched; the match is left out");
      return Optional.empty();
    }
    var http = new LinkedHashMap<String, Object>();
    if (match.path().isEmpty()) {
      http.put("PathPrefix", "/");
    }
    http.putAll(match.http());
    var there = new LinkedHashMap<String, Object>();
    there.put("PrefixRewrite", prefix.get());
    there.putAll(destination);
    return Optional.of(routed(http, there));
  }

  private static Map<String, Object> routed(
      Map<String, Object> http, Map<String, Object> destination) {
    var route = new LinkedHashMap<String, Object>();
    if (!http.isEmpty()) {
      route.put("Match", Map.of("HTTP", http));
    }
    if (!destination.isEmpty()) {
      route.put("Destination", destination);
    }
    return route;
  }

  private Optional<Map<String, Object>> destination() {
    var destination = new LinkedHashMap<String, Object>();
    if (!putBackends(destination)) {
      return Optional.empty();
    }
    TimeoutWriter.write(rule, path, plan.version(), losses, destination);
    RetryWriter.write(rule.retry(), path, plan.version(), losses, destination);
    if (!filters.request().isEmpty()) {
      destination.put("RequestHeaders", filters.request().write());
    }
    if (!filters.response().isEmpty()) {
      destination.put("ResponseHeaders", filters.response().write());
    }
    rule.affinity()
        .ifPresent(
            affinity ->
                losses.drop(
                    path + ".affinity",
                    "Consul's proxies hand out no tokens",
                    "hash a cookie of the service's own"));
    return Optional.of(destination);
  }

  private boolean putBackends(Map<String, Object> destination) {
    if (rule.backends().size() > 1) {
      var split = new SplitWriter(rule, index, plan).write();
      split.ifPresent(name -> destination.put("Service", name));
      return split.isPresent();
    }
    var only = rule.backends().getFirst();
    switch (plan.neighbours().find(only.ref())) {
      case Place.Unknown unknown -> {
        losses.drop(
            path + ".backends[0].ref",
            unknown.reason() + "; the rule is left out and its requests fall to the rules after it",
            unknown.advice());
        return false;
      }
      case Place.Known known -> {
        if (!known.service().equals(plan.name())) {
          destination.put("Service", known.service());
        }
        if (!known.subset().isEmpty()) {
          destination.put("ServiceSubset", known.subset());
        }
      }
    }
    filters.readBackend(only.filters(), path + ".backends[0]");
    return !filters.isLeftOut();
  }

  /** Whether the rule is just what Consul does if nobody says anything. */
  static boolean isDefault(HttpRule rule) {
    return rule.takesAll()
        && rule.matches().size() <= 1
        && rule.filters().isEmpty()
        && rule.backends().equals(List.of(WeightedBackend.only(BackendRef.SELF)))
        && rule.timeouts().request().equals(Optional.of(RouterReader.DEFAULT_TIMEOUT))
        && rule.timeouts().backendRequest().isEmpty()
        && rule.timeouts().idle().isEmpty()
        && rule.retry().map(Retry::attempts).orElse(0) == 0
        && rule.affinity().isEmpty();
  }
}
