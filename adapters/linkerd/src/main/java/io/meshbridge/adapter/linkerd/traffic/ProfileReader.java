package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.adapter.kubernetes.gatewayapi.RouteTarget;
import io.meshbridge.adapter.kubernetes.gatewayapi.SourcedFields;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.ClientMatch;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.RetryCondition;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.TextMatch;
import io.meshbridge.model.traffic.Timeouts;
import io.meshbridge.model.traffic.WeightedBackend;
import io.meshbridge.spi.reading.ObjectTrace;
import io.meshbridge.spi.reading.TracedFields;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads a ServiceProfile, or a TrafficSplit, into rules: its routes in order, then one for all
 * other requests.
 */
final class ProfileReader {
  // A profile bounds retries by its budget alone; other meshes want a number.
  private static final int ATTEMPTS = 3;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final String NOT_READ = "it says which answers count as failures, for metrics";

  private final Profile profile;
  private final TracedFields spec;
  private final ClientMatch client;
  private final Sources.Builder shared = new Sources.Builder();
  private final RouteTarget target;

  ProfileReader(Profile profile, RouteTarget target, ObjectTrace trace) {
    this.profile = profile;
    this.target = target;
    this.client =
        profile.isForAll()
            ? ClientMatch.ANY
            : new ClientMatch(profile.object().key().namespace(), new TreeMap<>());
    var content = profile.object().content();
    this.spec =
        trace
            .read(content.containsKey("spec") ? content : Map.of("spec", Map.of()), "")
            .object("spec");
  }

  /**
   * The rules; none if it says nothing that takes the place of routes.
   *
   * @param others where requests go if the profile itself does not say so
   */
  List<HttpRule> rules(Split others) {
    var backends = backends().backends();
    var routes = spec.objects("routes");
    spec.drop(
        "opaquePorts",
        "ports of a profile are not read",
        "annotate the Service config.linkerd.io/opaque-ports");
    var budget = budget(routes);
    if (routes.isEmpty() && backends.isEmpty() && others.backends().isEmpty()) {
      return List.of();
    }
    if (backends.isEmpty()) {
      others
          .sources()
          .fields()
          .forEach((field, refs) -> refs.forEach(ref -> shared.add(field, ref)));
    }
    var to = backends.isEmpty() ? others.backends() : backends;
    var sent = to.isEmpty() ? List.of(WeightedBackend.only(BackendRef.SELF)) : to;
    var rules = new ArrayList<HttpRule>();
    routes.forEach(route -> rule(route, sent, budget).ifPresent(rules::add));
    rules.add(
        new HttpRule(
            "",
            false,
            client.isAny() ? List.of() : List.of(match(ProfileCondition.Alternative.ANY, "")),
            List.of(),
            sent,
            Timeouts.DEFAULT,
            Optional.of(Retry.NEVER),
            Optional.empty(),
            shared.build()));
    return rules;
  }

  /** Where the profile, or the split, sends all requests; none if it does not say so. */
  Split backends() {
    var reader = new SplitBackends(profile, target, spec, shared);
    var backends = profile.isSplit() ? reader.ofSplit() : reader.ofProfile();
    return new Split(backends, shared.build());
  }

  /**
   * How all requests are shared.
   *
   * @param backends none if nothing is said
   * @param sources where that was declared, as of a rule
   */
  record Split(List<WeightedBackend> backends, Sources sources) {
    static final Split NONE = new Split(List.of(), Sources.NONE);
  }

  private Optional<HttpRule> rule(
      TracedFields route, List<WeightedBackend> sent, Optional<Retry.Budget> budget) {
    var sources = new Sources.Builder();
    shared.build().fields().forEach((field, refs) -> refs.forEach(ref -> sources.add(field, ref)));
    var name = new SourcedFields(route, sources, "name").text("name").orElse("");
    var timeout = new SourcedFields(route, sources, "timeouts.request").duration("timeout");
    boolean retryable =
        new SourcedFields(route, sources, "retry.attempts").flag("isRetryable").orElse(false);
    route.drop("responseClasses", NOT_READ, "");
    if (retryable) {
      route.approximate(
          "isRetryable",
          "a profile bounds retries by its budget alone; other meshes try " + ATTEMPTS + " times",
          "");
    }
    if (!route.has("condition")) {
      route.error("condition", "is missing; every route of a profile has one");
      return Optional.empty();
    }
    var matches = matches(route, sources);
    if (matches.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new HttpRule(
            name,
            false,
            matches,
            List.of(),
            sent,
            new Timeouts(timeout, Optional.empty(), Optional.empty()),
            Optional.of(retryable ? retry(budget) : Retry.NEVER),
            Optional.empty(),
            sources.build()));
  }

  private List<HttpMatch> matches(TracedFields route, Sources.Builder sources) {
    var matches = new ArrayList<HttpMatch>();
    for (ProfileCondition.Alternative alternative :
        ProfileCondition.read(route.object("condition"))) {
      for (String method : alternative.methods().isEmpty() ? Set.of("") : alternative.methods()) {
        var at = "matches[" + matches.size() + "]";
        alternative.refs().forEach(ref -> sources.add(at, ref));
        matches.add(match(alternative, method));
      }
    }
    return matches;
  }

  private HttpMatch match(ProfileCondition.Alternative alternative, String method) {
    return new HttpMatch(
        alternative.pathMatch(),
        method.isEmpty() ? Optional.empty() : Optional.of(TextMatch.exact(method)),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        client);
  }

  private static Retry retry(Optional<Retry.Budget> budget) {
    return new Retry(
        ATTEMPTS,
        new TreeSet<>(Set.of(RetryCondition.SERVER_ERROR)),
        new TreeSet<>(),
        Optional.empty(),
        budget,
        false);
  }

  private Optional<Retry.Budget> budget(List<TracedFields> routes) {
    if (!spec.has("retryBudget")) {
      return Optional.empty();
    }
    var fields = spec.object("retryBudget");
    boolean used = routes.stream().anyMatch(route -> route.flag("isRetryable").orElse(false));
    if (!used) {
      spec.drop("retryBudget", "no route of the profile may be tried again", "");
      return Optional.empty();
    }
    var budget = new SourcedFields(fields, shared, "retry.budget");
    budget.text("retryRatio");
    var ratio = fields.decimal("retryRatio", 0, Integer.MAX_VALUE);
    if (ratio.isEmpty()) {
      fields.error("retryRatio", "is missing");
      return Optional.empty();
    }
    var percent = ratio.orElseThrow().multiply(HUNDRED);
    if (percent.compareTo(HUNDRED) > 0) {
      fields.approximate("retryRatio", "more than one retry for each request is told as one", "");
    }
    return Optional.of(
        new Retry.Budget(
            percent.min(HUNDRED),
            budget.integer("minRetriesPerSecond", 0, Integer.MAX_VALUE).stream()
                .boxed()
                .findFirst(),
            budget.duration("ttl")));
  }
}
