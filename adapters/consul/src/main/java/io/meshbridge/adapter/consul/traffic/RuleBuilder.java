package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.adapter.consul.traffic.Chain.Share;
import io.meshbridge.adapter.consul.traffic.ConfigEntry.Opened;
import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.ClientMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.L4Rule;
import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.Timeouts;
import io.meshbridge.model.traffic.WeightedBackend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Routes, splits and redirects as rules. */
final class RuleBuilder {
  private final MeshId mesh;
  private final ServiceName service;
  private final Configured configured;
  private final boolean grpc;
  private final Map<ConfigKind, Opened> opened;
  private final Chain chain;

  RuleBuilder(
      MeshId mesh,
      ServiceName service,
      Configured configured,
      String protocol,
      Map<ConfigKind, Opened> opened) {
    this.mesh = mesh;
    this.service = service;
    this.configured = configured;
    this.grpc = protocol.equalsIgnoreCase("grpc");
    this.opened = opened;
    this.chain = new Chain(configured);
  }

  /**
   * Without routes and splits there is a rule only if requests do not simply go to all instances.
   */
  List<HttpRule> http(Optional<List<RouteEntry>> routes, boolean split) {
    checkSubsets(split);
    if (routes.isEmpty()) {
      return split ? List.of(rest()) : withoutRoutes();
    }
    dropRequestTimeout("the routes have timeouts of their own");
    var rules = new ArrayList<HttpRule>();
    routes.get().forEach(route -> rule(route).ifPresent(rules::add));
    if (rules.stream().noneMatch(HttpRule::takesAll)) {
      // The server ends every router so.
      rules.add(rest());
    } else if (routes.get().stream().noneMatch(route -> isSelf(route.target()))) {
      drop(ConfigKind.SERVICE_SPLITTER, "Splits", "no route leads to the service itself");
    }
    return rules;
  }

  /** Connections can only be led elsewhere as a whole. */
  List<L4Rule> l4() {
    checkSubsets(false);
    dropRequestTimeout("it is about requests, but the service does not speak HTTP");
    var share = chain.follow(Target.of(service)).getFirst();
    if (isPlain(share)) {
      return List.of();
    }
    var sources = new Sources.Builder();
    share.refs().forEach(ref -> sources.add("backends[0].ref", ref));
    return List.of(
        new L4Rule(
            List.of(),
            OptionalInt.empty(),
            ClientMatch.ANY,
            List.of(WeightedBackend.only(ref(share))),
            sources.build()));
  }

  private List<HttpRule> withoutRoutes() {
    var share = chain.follow(Target.of(service)).getFirst();
    var last = configured.resolver(share.service());
    if (isPlain(share) && last.requestTimeout().isEmpty()) {
      return List.of();
    }
    var sources = new Sources.Builder();
    last.requestTimeoutRef().forEach(ref -> sources.add("timeouts.request", ref));
    return List.of(rest(last.requestTimeout(), sources));
  }

  /** Whatever no route takes. */
  private HttpRule rest() {
    dropRequestTimeout("it holds only where no router and no splitter comes before");
    return rest(Optional.empty(), new Sources.Builder());
  }

  private HttpRule rest(Optional<Duration> timeout, Sources.Builder sources) {
    var shares = chain.follow(Target.of(service));
    return new HttpRule(
        "",
        grpc,
        List.of(),
        List.of(),
        Backends.of(mesh, service, shares, sources),
        new Timeouts(
            timeout.or(() -> Optional.of(RouterReader.DEFAULT_TIMEOUT)),
            Optional.empty(),
            Optional.empty()),
        Optional.of(Retry.NEVER),
        Optional.empty(),
        sources.build());
  }

  private Optional<HttpRule> rule(RouteEntry route) {
    if (!chain.isDefined(route.target())) {
      return Optional.empty();
    }
    var shares = chain.follow(route.target());
    if (!shares.stream().allMatch(Share::sayable)) {
      leaveOut(route.target());
      return Optional.empty();
    }
    var sources = new Sources.Builder().addAll("", route.sources());
    var backends = Backends.of(mesh, service, shares, sources);
    return Optional.of(
        new HttpRule(
            "",
            grpc,
            route.matches(),
            route.filters(),
            backends,
            route.timeouts(),
            Optional.of(route.retry()),
            Optional.empty(),
            sources.build()));
  }

  private void leaveOut(Target target) {
    target
        .fields()
        .ifPresent(
            fields ->
                fields
                    .trace()
                    .lose(
                        fields.has("ServiceSubset")
                            ? fields.pathOf("ServiceSubset")
                            : fields.path(),
                        Outcome.DROPPED,
                        "the subset cannot be told apart; the route is left out and its requests"
                            + " fall to the routes after it",
                        "see the subset's filter"));
  }

  /** Of the splits and the redirect; routes are looked at one by one. */
  private void checkSubsets(boolean split) {
    var targets = new ArrayList<Target>();
    if (split) {
      configured.splitter(service).stream()
          .flatMap(splitter -> splitter.splits().stream())
          .forEach(each -> each.target().ifPresent(targets::add));
    }
    configured.resolver(service).redirect().ifPresent(targets::add);
    targets.forEach(chain::isDefined);
  }

  private boolean isSelf(Target target) {
    return target.service().equals(service) && target.subset().isEmpty();
  }

  private boolean isPlain(Share share) {
    return ref(share).equals(BackendRef.SELF);
  }

  private BackendRef ref(Share share) {
    return Backends.ref(mesh, service, share);
  }

  private void dropRequestTimeout(String reason) {
    drop(ConfigKind.SERVICE_RESOLVER, "RequestTimeout", reason);
  }

  private void drop(ConfigKind kind, String field, String reason) {
    var part = opened.get(kind);
    if (part != null) {
      part.fields().drop(field, reason, "");
    }
  }
}
