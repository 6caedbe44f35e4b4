package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.RetryCondition;
import io.meshbridge.model.traffic.SessionAffinity;
import io.meshbridge.model.traffic.SessionAffinity.Carrier;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.Timeouts;
import io.meshbridge.spi.reading.TracedFields;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.TreeSet;

/** Reads how long a rule waits, when it tries again, and how a client's requests stay together. */
final class RuleDurations {
  private static final int MAX_ATTEMPTS = 10_000;
  private static final int DEFAULT_ATTEMPTS = 2;
  // What the API asks for: "retry on connection errors" (HTTPRouteRetry); as istiod does it.
  private static final EnumSet<RetryCondition> CONDITIONS =
      EnumSet.of(
          RetryCondition.CONNECT_FAILURE,
          RetryCondition.REFUSED_STREAM,
          RetryCondition.GRPC_UNAVAILABLE,
          RetryCondition.GRPC_CANCELLED);

  private final RouteDialect dialect;
  private final TracedFields rule;
  private final Sources.Builder sources;

  RuleDurations(RouteDialect dialect, TracedFields rule, Sources.Builder sources) {
    this.dialect = dialect;
    this.rule = rule;
    this.sources = sources;
  }

  Timeouts timeouts() {
    var timeouts = new SourcedFields(rule.object("timeouts"), sources, "timeouts.request");
    var request = timeouts.duration("request");
    if (!dialect.triesHaveTimeouts()) {
      timeouts
          .fields()
          .drop(
              "backendRequest",
              dialect.mesh() + " does not act on it",
              "annotate the route retry.linkerd.io/timeout");
      return new Timeouts(request, Optional.empty(), Optional.empty());
    }
    if (rule.has("retry")) {
      var oneTry = timeouts.into("timeouts.backendRequest").duration("backendRequest");
      return new Timeouts(request, oneTry, Optional.empty());
    }
    // The API's zero stands for no limit (HTTPRouteTimeouts).
    var onlyTry = timeouts.duration("backendRequest").filter(Duration::isPositive);
    if (onlyTry.isPresent()) {
      timeouts
          .fields()
          .drop(
              "request",
              "without retries " + dialect.mesh() + " takes backendRequest for it",
              "give one of both");
    }
    return new Timeouts(onlyTry.or(() -> request), Optional.empty(), Optional.empty());
  }

  Optional<Retry> retry() {
    if (!rule.has("retry") || !acts("retry")) {
      return Optional.empty();
    }
    var retry = new SourcedFields(rule.object("retry"), sources, "retry.statusCodes");
    var codes = new TreeSet<Integer>();
    for (String code : retry.texts("codes")) {
      if (code.matches("[45][0-9]{2}")) {
        codes.add(Integer.valueOf(code));
      } else {
        retry.fields().error("codes", "must be statuses from 400 to 599, but one is " + code);
      }
    }
    int attempts =
        retry.into("retry.attempts").integer("attempts", 0, MAX_ATTEMPTS).orElse(DEFAULT_ATTEMPTS);
    return Optional.of(
        new Retry(
            attempts,
            new TreeSet<>(CONDITIONS),
            codes,
            retry.into("retry.backoff").duration("backoff"),
            Optional.empty(),
            false));
  }

  Optional<SessionAffinity> affinity() {
    if (!rule.has("sessionPersistence") || !acts("sessionPersistence")) {
      return Optional.empty();
    }
    var session = new SourcedFields(rule.object("sessionPersistence"), sources, "affinity.carrier");
    var type = session.text("type").orElse("Cookie");
    if (!type.equals("Cookie") && !type.equals("Header")) {
      session.fields().error("type", "must be Cookie or Header");
    }
    var lifetime =
        session.into("affinity.permanentCookie").object("cookieConfig").text("lifetimeType");
    return Optional.of(
        new SessionAffinity(
            type.equals("Header") ? Carrier.HEADER : Carrier.COOKIE,
            session.into("affinity.name").text("sessionName").orElse(""),
            session.into("affinity.absoluteTimeout").duration("absoluteTimeout"),
            session.into("affinity.idleTimeout").duration("idleTimeout"),
            lifetime.orElse("Session").equals("Permanent")));
  }

  private boolean acts(String field) {
    if (!dialect.readsRetries()) {
      rule.drop(field, dialect.mesh() + " does not act on it", "");
    }
    return dialect.readsRetries();
  }
}
