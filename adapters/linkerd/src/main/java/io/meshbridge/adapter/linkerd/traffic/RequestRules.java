package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.adapter.kubernetes.gatewayapi.RouteKind;
import io.meshbridge.adapter.linkerd.traffic.SaidFilters.Effect;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.ServicePort;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.spi.reading.Durations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says the rules for requests to one port. */
final class RequestRules {
  private final TargetService target;
  private final List<Negations.Placed> rules;
  private final BackendWriter backends;
  private final PolicyLosses losses;
  private final Refusals refusals;

  RequestRules(
      TargetService target,
      List<HttpRule> rules,
      BackendWriter backends,
      PolicyLosses losses,
      Refusals refusals) {
    this.target = target;
    this.rules = Negations.byOrder(rules);
    this.backends = backends;
    this.losses = losses;
    this.refusals = refusals;
  }

  /** A rule whose matches can be said. */
  private record Candidate(int index, HttpRule rule, List<SaidMatch> matches, boolean partial) {}

  /** The routes of the port; none if its requests go to the Service anyway. */
  List<RouteObject> routes(ServicePort port) {
    var candidates = candidates(port);
    boolean grpc = port.protocol() != AppProtocol.HTTP && allAreCalls(candidates);
    var said = new ArrayList<SaidRule>();
    for (Candidate candidate : candidates) {
      said(candidate, port, grpc).ifPresent(said::add);
    }
    if (said.isEmpty() && !candidates.isEmpty()) {
      losses.approximated("http", "no rule can be said, so all requests go to the service");
    }
    var kept = new Precedence(losses).keep(said);
    if (kept.isEmpty() || isPlain(kept, port)) {
      return List.of();
    }
    return new RouteObjects(target).of(grpc ? RouteKind.GRPC : RouteKind.HTTP, port.number(), kept);
  }

  private List<Candidate> candidates(ServicePort port) {
    var candidates = new ArrayList<Candidate>();
    for (Negations.Placed placed : rules) {
      var matches =
          placed.rule().matches().isEmpty() ? List.of(HttpMatch.ANY) : placed.rule().matches();
      var writer = new MatchWriter(losses.in("http[" + placed.index() + "]"));
      var said = new ArrayList<SaidMatch>();
      boolean partial = false;
      boolean concerned = false;
      for (int i = 0; i < matches.size(); i++) {
        var match = matches.get(i);
        if (match.port().isEmpty() || match.port().getAsInt() == port.number()) {
          concerned = true;
          var one = writer.said(match, i);
          partial |= one.isEmpty();
          said.addAll(one);
        }
      }
      if (concerned) {
        candidates.add(new Candidate(placed.index(), placed.rule(), said, partial));
      }
    }
    return candidates;
  }

  /** Routes of gRPC push those of HTTP aside, so a port has the ones or the others. */
  private static boolean allAreCalls(List<Candidate> candidates) {
    return !candidates.isEmpty()
        && candidates.stream()
            .allMatch(
                candidate ->
                    candidate.rule().grpc()
                        && candidate.matches().stream()
                            .allMatch(match -> GrpcCall.of(match.match()).isPresent()));
  }

  private Optional<SaidRule> said(Candidate candidate, ServicePort port, boolean grpc) {
    var rule = candidate.rule();
    var part = losses.in("http[" + candidate.index() + "]");
    var filters = FilterWriter.write(rule.filters(), "filters", grpc, part);
    boolean fails =
        filters.effect() == Effect.FAILS
            || (filters.effect() == Effect.FORWARDS && rule.backends().isEmpty());
    if (candidate.partial() && fails) {
      refusals.add(candidate.index());
    }
    if (candidate.matches().isEmpty() || filters.effect() == Effect.UNSAYABLE) {
      return Optional.empty();
    }
    Optional<List<Map<String, Object>>> to =
        switch (filters.effect()) {
          case REDIRECTS -> Optional.of(List.of());
          case FAILS -> Optional.of(List.of(BackendWriter.nowhere(1)));
          case FORWARDS, UNSAYABLE ->
              fails
                  ? Optional.of(List.of(BackendWriter.nowhere(1)))
                  : backends.said(rule.backends(), port.number(), grpc, part);
        };
    if (to.isEmpty()) {
      return Optional.empty();
    }
    if (rule.affinity().isPresent()) {
      part.dropped("affinity", "Linkerd keeps no client on one endpoint");
    }
    var times = RuleTimes.of(rule, grpc, part);
    var matches =
        grpc
            ? candidate.matches().stream()
                .flatMap(match -> GrpcCall.of(match.match()).stream().map(match::withCall))
                .toList()
            : candidate.matches();
    return Optional.of(
        new SaidRule(
            candidate.index(),
            rule.name(),
            matches,
            body(filters, to.orElseThrow(), times),
            times.annotations()));
  }

  private static Map<String, Object> body(
      SaidFilters filters, List<Map<String, Object>> backends, RuleTimes times) {
    var body = new LinkedHashMap<String, Object>();
    if (!filters.filters().isEmpty()) {
      body.put("filters", filters.filters());
    }
    if (!backends.isEmpty()) {
      body.put("backendRefs", backends);
    }
    times
        .request()
        .ifPresent(timeout -> body.put("timeouts", Map.of("request", Durations.inUnits(timeout))));
    return body;
  }

  /** Whether the one rule that there is says what holds without it. */
  private boolean isPlain(List<SaidRule> kept, ServicePort port) {
    if (kept.size() != 1) {
      return false;
    }
    var said = kept.getFirst();
    return said.takesAll()
        && said.annotations().isEmpty()
        && said.body().keySet().equals(Set.of("backendRefs"))
        && said.body().get("backendRefs") instanceof List<?> backends
        && backends.size() == 1
        && backends.getFirst() instanceof Map<?, ?> backend
        && isSelf(backend, port);
  }

  private boolean isSelf(Map<?, ?> backend, ServicePort port) {
    return "Service".equals(backend.get("kind"))
        && target.key().name().equals(backend.get("name"))
        && !backend.containsKey("namespace")
        && !backend.containsKey("filters")
        && Integer.valueOf(port.number()).equals(backend.get("port"));
  }
}
