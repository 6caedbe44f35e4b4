package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.adapter.consul.traffic.Neighbours.Place;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.HeaderChange;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.PathChange;
import io.meshbridge.model.traffic.PathMatch;
import io.meshbridge.model.traffic.PathMatch.Kind;
import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.WeightedBackend;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One rule as routes, for one of the import's ports. */
final class RuleWriter {
  static final BigDecimal ALWAYS = BigDecimal.valueOf(100);

  private final HttpRule rule;
  private final int index;
  private final String path;
  private final PortPlan plan;
  private final LossBook losses;
  private final HeaderWriter request;
  private final HeaderWriter response;
  private Optional<PathChange> rewrite = Optional.empty();
  private String rewritePath = "";
  private boolean answersWithError;
  private boolean leftOut;

  /**
   * @param index which of the policy's rules it is
   */
  RuleWriter(HttpRule rule, int index, PortPlan plan) {
    this.rule = rule;
    this.index = index;
    this.path = "traffic.http[" + index + "]";
    this.plan = plan;
    this.losses = plan.losses();
    this.request = new HeaderWriter(losses);
    this.response = new HeaderWriter(losses);
  }

  /** The routes, in order; none if the rule cannot be said or is not about the port. */
  List<Map<String, Object>> routes() {
    if (matchesHere().isEmpty()) {
      return List.of();
    }
    readFilters();
    if (leftOut) {
      return List.of();
    }
    var destination = destination();
    return destination.isEmpty() ? List.of() : routesTo(destination.get());
  }

  /** The matches that are about the port, by their index. */
  private Map<Integer, HttpMatch> matchesHere() {
    var here = new LinkedHashMap<Integer, HttpMatch>();
    if (rule.matches().isEmpty()) {
      here.put(0, HttpMatch.ANY);
    }
    for (int i = 0; i < rule.matches().size(); i++) {
      var match = rule.matches().get(i);
      if (match.port().isEmpty() || match.port().getAsInt() == plan.port().number()) {
        here.put(i, match);
      }
    }
    return here;
  }

  private List<Map<String, Object>> routesTo(Map<String, Object> destination) {
    var routes = new ArrayList<Map<String, Object>>();
    matchesHere()
        .forEach(
            (number, match) ->
                MatchWriter.write(match, path + ".matches[" + number + "]", plan.version(), losses)
                    .forEach(one -> route(one, destination).ifPresent(routes::add)));
    return routes;
  }

  private Optional<Map<String, Object>> route(
      MatchWriter.Alternative match, Map<String, Object> destination) {
    var whole = new LinkedHashMap<String, Object>();
    var http = new LinkedHashMap<>(match.http());
    var there = new LinkedHashMap<String, Object>();
    if (rewrite.isPresent()) {
      var prefix = prefixRewrite(rewrite.get(), match.path());
      if (prefix.isEmpty()) {
        losses.drop(
            rewritePath,
            "Consul rewrites only what PathExact or PathPrefix matched; the match is left out");
        return Optional.empty();
      }
      if (match.path().isEmpty()) {
        http.put("PathPrefix", "/");
      }
      there.put("PrefixRewrite", prefix.get());
    }
    there.putAll(destination);
    if (!http.isEmpty()) {
      whole.put("Match", Map.of("HTTP", http));
    }
    if (!there.isEmpty()) {
      whole.put("Destination", there);
    }
    return Optional.of(whole);
  }

  /** What takes the place of what was matched; empty if that is not how Consul rewrites. */
  private Optional<String> prefixRewrite(PathChange change, Optional<PathMatch> matched) {
    var kind = matched.map(PathMatch::kind).orElse(Kind.STRING_PREFIX);
    return switch (change) {
      case PathChange.Whole whole when kind == Kind.EXACT -> Optional.of(whole.path());
      case PathChange.Whole ignored -> Optional.empty();
      case PathChange.Regex ignored -> Optional.empty();
      case PathChange.Prefix prefix ->
          switch (kind) {
            case EXACT -> Optional.of(prefix.replacement().isEmpty() ? "/" : prefix.replacement());
            case STRING_PREFIX ->
                Optional.of(
                        isBySegments(matched)
                            ? prefix.replacement().replaceFirst("/+$", "") + "/"
                            : prefix.replacement())
                    .filter(path -> !path.isEmpty());
            case SEGMENT_PREFIX, REGEX -> Optional.empty();
          };
    };
  }

  /** Whether the condition stands for all that is below a prefix of segments. */
  private boolean isBySegments(Optional<PathMatch> matched) {
    return matched.isPresent()
        && matched.get().value().endsWith("/")
        && matchesHere().values().stream()
            .flatMap(match -> match.path().stream())
            .anyMatch(
                path ->
                    path.kind() == Kind.SEGMENT_PREFIX
                        && !path.matchesAll()
                        && (path.value().replaceFirst("/+$", "") + "/")
                            .equals(matched.get().value()));
  }

  private void readFilters() {
    for (int i = 0; i < rule.filters().size(); i++) {
      readFilter(rule.filters().get(i), path + ".filters[" + i + "]", true);
    }
  }

  private void readFilter(HttpFilter filter, String at, boolean ofRule) {
    switch (filter) {
      case HttpFilter.RequestHeaders headers -> readHeaders(request, headers.change(), at);
      case HttpFilter.ResponseHeaders headers -> readHeaders(response, headers.change(), at);
      case HttpFilter.Rewrite change when ofRule -> readRewrite(change, at);
      case HttpFilter.Rewrite ignored ->
          leaveOut(at, "Consul rewrites paths for whole routes alone");
      case HttpFilter.Redirect ignored -> leaveOut(at, "Consul's routes do not redirect");
      case HttpFilter.DirectResponse answer -> {
        if (answer.status() >= 400) {
          answerWithError(at);
        } else {
          leaveOut(at, "Consul's routes do not answer themselves");
        }
      }
      case HttpFilter.Abort abort -> {
        if (abort.percent().compareTo(ALWAYS) >= 0) {
          answerWithError(at);
        } else {
          losses.drop(at, "Consul's routes inject no faults");
        }
      }
      case HttpFilter.Delay ignored -> losses.drop(at, "Consul's routes inject no faults");
      case HttpFilter.Mirror ignored -> losses.drop(at, "Consul's routes do not mirror");
      case HttpFilter.Cors ignored ->
          losses.drop(at, "Consul's routes know nothing of cross-origin requests");
    }
  }

  private void readHeaders(HeaderWriter headers, HeaderChange change, String at) {
    if (plan.version().has(Feature.HEADERS)) {
      headers.then(change, at);
    } else {
      losses.drop(at, Feature.HEADERS);
    }
  }

  private void readRewrite(HttpFilter.Rewrite change, String at) {
    if (change.host().isPresent()) {
      leaveOut(at, "Consul's routes do not rewrite the host");
    } else if (rewrite.isPresent()) {
      leaveOut(at, "a route rewrites its path once");
    } else {
      rewrite = change.path();
      rewritePath = at;
    }
  }

  private void leaveOut(String at, String reason) {
    leftOut = true;
    losses.drop(at, reason + "; the rule is left out and its requests fall to the rules after it");
  }

  /** Requests that nobody may answer otherwise go where nobody answers. */
  private void answerWithError(String at) {
    answersWithError = true;
    losses.approximate(
        at, "Consul's routes do not answer themselves: they lead to no instance, which is 503");
  }

  private Optional<Map<String, Object>> destination() {
    var destination = new LinkedHashMap<String, Object>();
    if (answersWithError) {
      destination.put("Service", plan.nobody());
      return Optional.of(destination);
    }
    if (!putBackends(destination)) {
      return Optional.empty();
    }
    TimeoutWriter.write(rule, path, plan.version(), losses, destination);
    RetryWriter.write(rule.retry(), path, plan.version(), losses, destination);
    if (!request.isEmpty()) {
      destination.put("RequestHeaders", request.write());
    }
    if (!response.isEmpty()) {
      destination.put("ResponseHeaders", response.write());
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
    var weights = rule.backends().stream().map(WeightedBackend::weight).toList();
    if (weights.stream().allMatch(weight -> weight == 0)) {
      losses.approximate(
          path + (rule.backends().isEmpty() ? "" : ".backends"),
          "nobody is there to answer, which is 503");
      destination.put("Service", plan.nobody());
      return true;
    }
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
    for (int i = 0; i < only.filters().size(); i++) {
      readFilter(only.filters().get(i), path + ".backends[0].filters[" + i + "]", false);
    }
    return !leftOut;
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
