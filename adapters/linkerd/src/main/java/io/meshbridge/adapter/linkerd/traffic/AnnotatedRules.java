package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.adapter.kubernetes.gatewayapi.Route;
import io.meshbridge.adapter.kubernetes.gatewayapi.RouteKind;
import io.meshbridge.adapter.kubernetes.gatewayapi.RuleCompletion;
import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.Timeouts;
import io.meshbridge.spi.reading.ObjectTrace;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Adds to rules what annotations say: those of the route, or else those of the Service. A timeout
 * of the route's annotations goes before the rule's own; where a route says anything of timeouts,
 * the Service's do not count; likewise for retries (Linkerd's {@code convert_linkerd_rule} and
 * {@code convert_outbound_route}).
 */
final class AnnotatedRules implements RuleCompletion {
  private static final String REQUEST = "timeouts.request";

  private final TrafficAnnotations service;
  // Each route has several rules, and one set of annotations.
  private final Map<Route, TrafficAnnotations> read = new HashMap<>();

  AnnotatedRules(TrafficAnnotations service) {
    this.service = service;
  }

  @Override
  public HttpRule complete(Route route, ObjectTrace trace, HttpRule rule) {
    var own = read.computeIfAbsent(route, r -> annotationsOf(r, trace));
    tellOverridden(own, trace, rule);
    var timeouts =
        new Timeouts(
            own.request().or(() -> rule.timeouts().request()), Optional.empty(), own.idle());
    boolean said =
        own.hasTimeouts() || rule.timeouts().request().filter(AnnotatedRules::counts).isPresent();
    var with = said ? own : service;
    var retrying = own.retry(rule.grpc()).isPresent() ? own : service;
    return completed(rule, said ? timeouts : timeoutsOf(service), with, retrying);
  }

  @Override
  public HttpRule completeDefault(HttpRule rule) {
    return completed(rule, timeoutsOf(service), service, service);
  }

  private static TrafficAnnotations annotationsOf(Route route, ObjectTrace trace) {
    var annotations =
        TrafficAnnotations.read(Annotations.read(trace, route.object().annotations()));
    var other = route.kind() == RouteKind.GRPC ? Annotations.RETRY_HTTP : Annotations.RETRY_GRPC;
    if (route.object().annotations().containsKey(other)) {
      trace.lose(
          Annotations.PATH + "." + other,
          Outcome.DROPPED,
          "it has no effect on a route of this kind",
          "");
    }
    return annotations;
  }

  /** A timeout of zero in a rule is none at all, and the Service's may count instead. */
  private static boolean counts(Duration timeout) {
    return !timeout.isZero();
  }

  private void tellOverridden(TrafficAnnotations own, ObjectTrace trace, HttpRule rule) {
    var request = rule.timeouts().request();
    boolean zero = request.filter(AnnotatedRules::counts).isEmpty() && service.hasTimeouts();
    if (request.isPresent() && (own.request().isPresent() || zero)) {
      rule.sources()
          .of(REQUEST)
          .forEach(
              ref ->
                  trace.lose(
                      ref.path(),
                      Outcome.DROPPED,
                      own.request().isPresent()
                          ? "the annotation timeout.linkerd.io/request goes before it"
                          : "a timeout of zero counts as none, and the Service's is used",
                      ""));
    }
  }

  private static Timeouts timeoutsOf(TrafficAnnotations annotations) {
    return new Timeouts(annotations.request(), Optional.empty(), annotations.idle());
  }

  private static HttpRule completed(
      HttpRule rule, Timeouts timeouts, TrafficAnnotations timing, TrafficAnnotations retrying) {
    var retry = retrying.retry(rule.grpc());
    boolean annotated = timing.request().isPresent();
    var sources = new Sources.Builder();
    copy(rule.sources(), sources, field -> !(annotated && field.equals(REQUEST)));
    copy(
        timing.sources(), sources, field -> field.equals(REQUEST) || field.equals("timeouts.idle"));
    if (retry.isPresent()) {
      copy(
          retrying.sources(),
          sources,
          field -> field.startsWith("retry") || field.equals("timeouts.backendRequest"));
    }
    return new HttpRule(
        rule.name(),
        rule.grpc(),
        rule.matches(),
        rule.filters(),
        rule.backends(),
        new Timeouts(
            timeouts.request(),
            retry.filter(r -> r.attempts() > 0).flatMap(r -> retrying.tryTimeout()),
            timeouts.idle()),
        Optional.of(retry.orElse(Retry.NEVER)),
        rule.affinity(),
        sources.build());
  }

  private static void copy(Sources from, Sources.Builder to, Predicate<String> wanted) {
    from.fields()
        .forEach(
            (field, refs) -> {
              if (wanted.test(field)) {
                refs.forEach(ref -> to.add(field, ref));
              }
            });
  }
}
