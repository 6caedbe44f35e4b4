package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.adapter.kubernetes.Problem;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.gatewayapi.Route;
import io.meshbridge.adapter.kubernetes.gatewayapi.RouteDialect;
import io.meshbridge.adapter.kubernetes.gatewayapi.RouteKind;
import io.meshbridge.adapter.kubernetes.gatewayapi.RoutedService;
import io.meshbridge.adapter.kubernetes.gatewayapi.ServiceRoutes;
import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.DestinationPolicy;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.model.traffic.WeightedBackend;
import io.meshbridge.spi.reading.ObjectTrace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The one reading of what a Linkerd mesh says of a Service's traffic. Pure; the live source and the
 * translator of files differ only in where the objects come from.
 */
public final class TrafficReader {
  private final Predicate<ResourceKey> gateways;
  private final Function<Problem, Location> locations;

  /**
   * Reads objects.
   *
   * @param gateways whether a Gateway of that name among services is read for itself
   * @param locations says where a field stands
   */
  public TrafficReader(Predicate<ResourceKey> gateways, Function<Problem, Location> locations) {
    this.gateways = gateways;
    this.locations = locations;
  }

  /** What all of these objects say together. */
  public TrafficReading read(TrafficObjects objects) {
    return new OneService(objects).read();
  }

  /** One Service while it is read. */
  private final class OneService {
    private final TrafficObjects objects;
    private final ObjectTrace service;
    private final List<Loss> losses = new ArrayList<>();
    private final LinkedHashSet<Diagnostic> faults = new LinkedHashSet<>();

    OneService(TrafficObjects objects) {
      this.objects = objects;
      this.service = traceOf(objects.reference());
    }

    TrafficReading read() {
      var fields = Annotations.read(service, objects.annotations());
      var annotations = TrafficAnnotations.read(fields);
      var accrual = FailureAccrual.read(fields);
      var profiled = profiles();
      var own = new ArrayList<>(profiled.forClients());
      var policy =
          profiled.forAll().isEmpty()
              ? routed(annotations, own, accrual)
              : overridden(profiled, own);
      take(service);
      return new TrafficReading(policy, losses, List.copyOf(faults));
    }

    /** As routes and annotations say. */
    private TrafficPolicy routed(
        TrafficAnnotations annotations, List<HttpRule> rules, DestinationPolicy accrual) {
      var completion = new AnnotatedRules(annotations);
      var routed = routes(completion);
      boolean alone = routed.http().isEmpty();
      if (!alone) {
        rules.addAll(routed.http());
      } else if (!rules.isEmpty() || saysSomething(annotations)) {
        rules.add(
            completion.completeDefault(
                HttpRule.routing(List.of(), List.of(WeightedBackend.only(BackendRef.SELF)))));
      }
      tellUnused(rules);
      return new TrafficPolicy(rules, routed.l4(), List.of(), accrual, new TreeMap<>());
    }

    /**
     * As a profile says: proxies that find one do not look at routes, nor at annotations (Linkerd's
     * {@code should_override_policy}).
     */
    private TrafficPolicy overridden(Profiles profiled, List<HttpRule> rules) {
      var reason = profiled.winner() + " goes before it";
      for (Route route : objects.routes()) {
        var trace = traceOf(route.object().reference());
        trace.lose("spec", Outcome.DROPPED, reason, "take the profile away");
        trace.warn("spec", route.object().reference() + " has no effect: " + reason);
        take(trace);
      }
      objects.annotations().keySet().stream()
          .filter(Annotations::isOne)
          .forEach(
              name ->
                  service.lose(
                      Annotations.PATH + "." + name,
                      Outcome.DROPPED,
                      reason,
                      "take the profile away"));
      rules.addAll(profiled.forAll());
      return new TrafficPolicy(
          rules, List.of(), List.of(), DestinationPolicy.DEFAULT, new TreeMap<>());
    }

    private boolean saysSomething(TrafficAnnotations annotations) {
      var kinds = new LinkerdKinds(objects.opaque());
      var ports = objects.target().ports();
      boolean opened =
          ports.isEmpty()
              || ports.stream()
                  .anyMatch(
                      port -> !kinds.inEffect(Optional.of(port), Set.of(RouteKind.HTTP)).isEmpty());
      return opened
          && (annotations.request().isPresent()
              || annotations.idle().isPresent()
              || annotations.http().isPresent());
    }

    /** Retries of gRPC count for GRPCRoutes alone, those of HTTP for all the rest. */
    private void tellUnused(List<HttpRule> rules) {
      boolean grpc = rules.stream().anyMatch(HttpRule::grpc);
      boolean http = rules.stream().anyMatch(rule -> !rule.grpc());
      tellUnused(Annotations.RETRY_GRPC, grpc, "no GRPCRoute of the Service is in effect");
      tellUnused(Annotations.RETRY_HTTP, http, "no HTTP request gets to the Service");
      for (String name :
          List.of(
              Annotations.RETRY_LIMIT,
              Annotations.RETRY_TIMEOUT,
              Annotations.TIMEOUT_REQUEST,
              Annotations.TIMEOUT_IDLE)) {
        tellUnused(name, !rules.isEmpty(), "no request gets to the Service that is looked into");
      }
    }

    private void tellUnused(String name, boolean used, String reason) {
      if (!used && objects.annotations().containsKey(name)) {
        service.lose(Annotations.PATH + "." + name, Outcome.DROPPED, reason, "");
      }
    }

    private RoutedService routes(AnnotatedRules completion) {
      var routed =
          new ServiceRoutes(
                  RouteDialect.LINKERD, new LinkerdKinds(objects.opaque()), gateways, locations)
              .read(objects.target(), objects.routes(), completion);
      losses.addAll(routed.losses());
      faults.addAll(routed.faults());
      return routed;
    }

    private Profiles profiles() {
      var forAll = new ArrayList<HttpRule>();
      var forClients = new ArrayList<HttpRule>();
      var winner = "";
      var split = splitBackends();
      var sorted =
          objects.profiles().stream()
              .filter(profile -> !profile.isSplit())
              .sorted(Comparator.comparing(profile -> profile.object().key()))
              .toList();
      for (Profile profile : sorted) {
        var trace = traceOf(profile.object().reference());
        var rules =
            new ProfileReader(profile, objects.target(), trace)
                .rules(profile.isForAll() ? split : ProfileReader.Split.NONE);
        take(trace);
        (profile.isForAll() ? forAll : forClients).addAll(rules);
        if (profile.isForAll() && !rules.isEmpty()) {
          winner = profile.object().reference();
        }
      }
      if (forAll.isEmpty() && !split.backends().isEmpty()) {
        return splitAlone(forClients);
      }
      return new Profiles(forClients, forAll, winner);
    }

    private Profiles splitAlone(List<HttpRule> forClients) {
      var split = splits().getFirst();
      var trace = traceOf(split.object().reference());
      var rules = new ProfileReader(split, objects.target(), trace).rules(ProfileReader.Split.NONE);
      return new Profiles(forClients, rules, split.object().reference());
    }

    private ProfileReader.Split splitBackends() {
      var backends = ProfileReader.Split.NONE;
      for (Profile split : splits()) {
        var trace = traceOf(split.object().reference());
        var read = new ProfileReader(split, objects.target(), trace).backends();
        if (backends.backends().isEmpty()) {
          backends = read;
        } else {
          trace.lose("spec", Outcome.DROPPED, "another TrafficSplit goes before it", "keep one");
          trace.warn("spec", "two TrafficSplits are for one Service; the first by name counts");
        }
        take(trace);
      }
      return backends;
    }

    private List<Profile> splits() {
      return objects.profiles().stream()
          .filter(Profile::isSplit)
          .sorted(Comparator.comparing(profile -> profile.object().key()))
          .toList();
    }

    private void take(ObjectTrace trace) {
      losses.addAll(trace.losses());
      faults.addAll(trace.faults());
    }
  }

  /**
   * The rules of profiles.
   *
   * @param forClients those for clients of a namespace, to be asked first
   * @param forAll those for everybody
   * @param winner the profile that goes before routes
   */
  private record Profiles(List<HttpRule> forClients, List<HttpRule> forAll, String winner) {}

  private ObjectTrace traceOf(String reference) {
    return new ObjectTrace(reference, path -> locations.apply(Problem.unsaid(reference, path, "")));
  }
}
