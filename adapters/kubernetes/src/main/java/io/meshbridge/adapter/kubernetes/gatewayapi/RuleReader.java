package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.WeightedBackend;
import io.meshbridge.spi.reading.TracedFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one rule of an HTTPRoute or a GRPCRoute. */
final class RuleReader {
  private final RouteDialect dialect;
  private final boolean grpc;
  private final Conditions conditions;
  private final TracedFields rule;
  private final Sources.Builder sources = new Sources.Builder();
  private final RefReader refs;
  private final FilterReader filterReader;

  RuleReader(
      RouteDialect dialect, Route route, Conditions conditions, RefReader refs, TracedFields rule) {
    this.dialect = dialect;
    this.grpc = route.kind() == RouteKind.GRPC;
    this.conditions = conditions;
    this.refs = refs;
    this.rule = rule;
    this.filterReader =
        new FilterReader(dialect, refs, sources, !route.object().group().equals(RouteKind.GROUP));
  }

  /** The rule; empty if the mesh refuses the route for its sake, or nothing of it matches. */
  Reading read() {
    var name = new SourcedFields(rule, sources, "name").text("name").orElse("");
    var filters =
        filterReader.read(rule, "filters", dialect.ruleFilters(), "the route has no effect");
    var matches = matches();
    var backends = backends(filters.filters());
    var durations = new RuleDurations(dialect, rule, sources);
    var timeouts = durations.timeouts();
    var retry = durations.retry();
    var affinity = durations.affinity();
    if (filters.refused() || isRefusedMatch()) {
      return Reading.REFUSED;
    }
    if (matches.isEmpty()) {
      return Reading.EMPTY;
    }
    return new Reading(
        Optional.of(
            new RuleDraft(
                new HttpRule(
                    name,
                    grpc,
                    List.of(),
                    filters.filters(),
                    backends,
                    timeouts,
                    retry,
                    affinity,
                    sources.build()),
                matches)),
        false);
  }

  /**
   * What came of a rule.
   *
   * @param draft the rule, if there is something to it
   * @param refused whether the mesh refuses the whole route for its sake
   */
  record Reading(Optional<RuleDraft> draft, boolean refused) {
    static final Reading REFUSED = new Reading(Optional.empty(), true);
    static final Reading EMPTY = new Reading(Optional.empty(), false);
  }

  private List<RuleDraft.Ranked> matches() {
    var declared = rule.objects("matches");
    if (declared.isEmpty()) {
      return conditions.on(HttpMatch.ANY, Sources.NONE, grpc);
    }
    var found = new ArrayList<RuleDraft.Ranked>();
    for (TracedFields match : declared) {
      var reader = new MatchReader(match);
      (grpc ? reader.grpc() : reader.http())
          .ifPresent(read -> found.addAll(conditions.on(read, reader.sources(), grpc)));
    }
    return found;
  }

  private boolean isRefusedMatch() {
    if (!grpc || dialect.methodRegex()) {
      return false;
    }
    var regexes = rule.objects("matches").stream().filter(MatchReader::isMethodRegex).toList();
    for (TracedFields match : regexes) {
      var reason =
          dialect.mesh() + " refuses a regular expression here, so the route has no effect";
      match.object("method").drop("type", reason, "match services and methods exactly");
      match.object("method").warn("type", reason);
    }
    return !regexes.isEmpty();
  }

  private List<WeightedBackend> backends(List<HttpFilter> filters) {
    var declared = rule.objects("backendRefs");
    if (declared.isEmpty()) {
      boolean answered = filters.stream().anyMatch(HttpFilter.Redirect.class::isInstance);
      return dialect.bareRuleMeansService() && !answered
          ? List.of(WeightedBackend.only(BackendRef.SELF))
          : List.of();
    }
    return new BackendReader(refs, sources)
        .read(
            declared,
            (backend, into) ->
                filterReader.read(
                    backend,
                    into,
                    dialect.backendFilters(),
                    "requests that it would get are answered with 500"));
  }
}
