package io.meshbridge.testkit.reference;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Timeouts and retries of a rule. What annotations of the route say goes before the rule; those of
 * the Service hold where the route says nothing.
 *
 * @param http the retries of requests that are no gRPC calls
 * @param grpc those of gRPC calls
 */
record LinkerdTimes(
    Optional<Duration> request,
    Optional<Duration> idle,
    Optional<Duration> response,
    Optional<Duration> tryTimeout,
    Optional<Retries> retries) {
  private static final String REQUEST = "timeout.linkerd.io/request";
  private static final String IDLE = "timeout.linkerd.io/idle";
  private static final String RESPONSE = "timeout.linkerd.io/response";
  private static final String TRY = "retry.linkerd.io/timeout";

  static LinkerdTimes of(Native route, Native rule, Native service) {
    var request =
        GoDuration.of(annotation(route, REQUEST))
            .or(() -> GoDuration.ofLimit(rule.at("timeouts", "request")));
    var idle = GoDuration.of(annotation(route, IDLE));
    var response = GoDuration.of(annotation(route, RESPONSE));
    boolean silent = request.isEmpty() && idle.isEmpty() && response.isEmpty();
    boolean grpc = route.at("kind").text().equals("GRPCRoute");
    var holder = retries(route, grpc).isPresent() ? route : service;
    return new LinkerdTimes(
        silent ? GoDuration.ofLimit(annotation(service, REQUEST)) : request,
        silent ? GoDuration.of(annotation(service, IDLE)) : idle,
        silent ? GoDuration.of(annotation(service, RESPONSE)) : response,
        GoDuration.ofLimit(annotation(holder, TRY)),
        retries(holder, grpc));
  }

  /** Those of a Service without routes. */
  static LinkerdTimes ofService(Native service, boolean grpc) {
    return new LinkerdTimes(
        GoDuration.ofLimit(annotation(service, REQUEST)),
        GoDuration.of(annotation(service, IDLE)),
        GoDuration.of(annotation(service, RESPONSE)),
        GoDuration.ofLimit(annotation(service, TRY)),
        retries(service, grpc));
  }

  /** Whether all of it is Linkerd's own. */
  boolean saysNothing() {
    return request.isEmpty()
        && idle.isEmpty()
        && response.isEmpty()
        && tryTimeout.isEmpty()
        && retries.isEmpty();
  }

  static Native annotation(Native document, String key) {
    return document.at("metadata", "annotations").entry(key);
  }

  /** The retries; statuses of HTTP mean nothing to a gRPC call that an HTTPRoute takes. */
  Retries retries(boolean grpcThroughHttp) {
    return grpcThroughHttp ? Retries.never(retries.isEmpty()) : retries.orElse(Retries.never(true));
  }

  /** Empty if the annotations say nothing of retries. */
  static Optional<Retries> retries(Native document, boolean grpc) {
    int limit = annotation(document, "retry.linkerd.io/limit").number(0);
    var timeout = GoDuration.ofLimit(annotation(document, TRY));
    var conditions = annotation(document, "retry.linkerd.io/" + (grpc ? "grpc" : "http")).text();
    if (limit == 0 && timeout.isEmpty() && conditions.isEmpty()) {
      return Optional.empty();
    }
    var words = conditions.isEmpty() ? List.<String>of() : List.of(conditions.split(",", -1));
    var statuses = new TreeSet<Integer>();
    if (!grpc) {
      words.forEach(word -> addStatuses(word, statuses));
    }
    return Optional.of(
        new Retries(
            limit == 0 ? 1 : limit,
            statuses,
            grpc ? new TreeSet<>(words) : new TreeSet<>(),
            new TreeSet<>(),
            false));
  }

  private static void addStatuses(String word, TreeSet<Integer> statuses) {
    switch (word) {
      case "5xx" -> EnvoyRetryOn.addRange(statuses, 500, 599);
      case "gateway-error" -> EnvoyRetryOn.addRange(statuses, 502, 504);
      default -> {
        int dash = word.indexOf('-');
        int from = Integer.parseInt(dash < 0 ? word : word.substring(0, dash));
        int to = dash < 0 ? from : Integer.parseInt(word.substring(dash + 1));
        EnvoyRetryOn.addRange(statuses, from, to);
      }
    }
  }
}
