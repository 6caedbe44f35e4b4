package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.model.traffic.ConnectionLimits;
import io.meshbridge.model.traffic.DestinationPolicy;
import io.meshbridge.model.traffic.LoadBalancing;
import io.meshbridge.model.traffic.OutlierDetection;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** Says how endpoints are used: as annotations of a Service, as far as there are any. */
final class DestinationWriter {
  private static final Duration DEFAULT_MAX = Duration.ofSeconds(60);
  private static final String NO_POOLS = "Linkerd bounds no connections of a service";

  private final PolicyLosses.Part losses;

  DestinationWriter(PolicyLosses.Part losses) {
    this.losses = losses;
  }

  /** The annotations that say a policy. */
  SortedMap<String, String> annotations(DestinationPolicy policy) {
    tellTheRest(policy);
    return policy.outliers().map(this::accrual).orElseGet(TreeMap::new);
  }

  /** Tells that nothing of a policy is said. */
  void tellAll(DestinationPolicy policy, String reason) {
    tellTheRest(policy);
    if (policy.outliers().isPresent()) {
      losses.dropped("outliers", reason);
    }
  }

  private SortedMap<String, String> accrual(OutlierDetection outliers) {
    tellUnsaid(outliers);
    var annotations = new TreeMap<String, String>();
    var failures = failures(outliers);
    if (failures.isPresent() && failures.getAsInt() == 0) {
      return annotations;
    }
    annotations.put(Annotations.ACCRUAL, "consecutive");
    failures.ifPresent(n -> annotations.put(Annotations.MAX_FAILURES, String.valueOf(n)));
    outliers
        .baseEjection()
        .ifPresent(base -> annotations.put(Annotations.MIN_PENALTY, LinkerdDurations.spell(base)));
    max(outliers)
        .ifPresent(max -> annotations.put(Annotations.MAX_PENALTY, LinkerdDurations.spell(max)));
    outliers
        .jitter()
        .map(BigDecimal::toPlainString)
        .ifPresent(jitter -> annotations.put(Annotations.JITTER, jitter));
    return annotations;
  }

  private OptionalInt failures(OutlierDetection outliers) {
    var gateway = outliers.consecutiveGatewayErrors();
    if (gateway.isEmpty()) {
      return outliers.consecutive5xx();
    }
    boolean alone = outliers.consecutive5xx().orElse(0) == 0;
    if (alone && gateway.getAsInt() > 0) {
      losses.approximated(
          "outliers.consecutiveGatewayErrors", "Linkerd counts every answer of 5xx as a failure");
      return gateway;
    }
    if (gateway.getAsInt() > 0) {
      losses.dropped(
          "outliers.consecutiveGatewayErrors", "Linkerd counts all failures alike, and once");
    }
    return outliers.consecutive5xx();
  }

  /** Linkerd refuses a greatest penalty that is less than the least. */
  private static Optional<Duration> max(OutlierDetection outliers) {
    var base = outliers.baseEjection().orElse(Duration.ofSeconds(1));
    var max = outliers.maxEjection();
    if (max.orElse(DEFAULT_MAX).compareTo(base) < 0) {
      return Optional.of(base);
    }
    return max;
  }

  private void tellUnsaid(OutlierDetection outliers) {
    if (outliers.interval().isPresent()) {
      losses.dropped("outliers.interval", "Linkerd counts failures as they come, at no interval");
    }
    if (outliers.maxEjectionPercent().isPresent()) {
      losses.dropped("outliers.maxEjectionPercent", "Linkerd may leave all endpoints alone");
    }
    if (outliers.minHealthPercent().isPresent()) {
      losses.dropped("outliers.minHealthPercent", "Linkerd may leave all endpoints alone");
    }
    if (outliers.enforcingPercent().isPresent()) {
      losses.dropped("outliers.enforcingPercent", "Linkerd leaves a failing endpoint alone always");
    }
  }

  private void tellTheRest(DestinationPolicy policy) {
    policy.loadBalancing().ifPresent(this::tell);
    tell(policy.limits());
    if (policy.locality().isPresent()) {
      losses.dropped("locality", "Linkerd prefers no places for the endpoints of an import");
    }
    if (!policy.failover().isEmpty()) {
      losses.dropped("failover", "Linkerd sends requests nowhere else if all endpoints fail");
    }
  }

  private void tell(LoadBalancing balancing) {
    if (balancing.algorithm() == LoadBalancing.Algorithm.LEAST_REQUEST) {
      losses.approximated(
          "loadBalancing", "Linkerd takes the faster of two endpoints, which is nearly the same");
    } else {
      losses.dropped("loadBalancing", "Linkerd always takes the faster of two endpoints");
    }
  }

  private void tell(ConnectionLimits limits) {
    tell("maxConnections", limits.maxConnections().isPresent());
    tell("maxPendingRequests", limits.maxPendingRequests().isPresent());
    tell("maxRequests", limits.maxRequests().isPresent());
    tell("maxRequestsPerConnection", limits.maxRequestsPerConnection().isPresent());
    tell("maxRetries", limits.maxRetries().isPresent());
    tell("connectTimeout", limits.connectTimeout().isPresent());
    tell("idleTimeout", limits.idleTimeout().isPresent());
  }

  private void tell(String limit, boolean present) {
    if (present) {
      losses.dropped("limits." + limit, NO_POOLS);
    }
  }
}
