package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.adapter.kubernetes.LossList;
import io.meshbridge.model.traffic.DestinationPolicy;
import io.meshbridge.model.traffic.OutlierDetection;
import io.meshbridge.spi.reading.Durations;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Says how the endpoints of a service, of a port of it, or of a subset are used. */
final class UseWriter {
  private static final int ALWAYS = 100;

  private final PortKinds ports;
  private final LossList losses;

  /**
   * Writes for a service.
   *
   * @param ports what is spoken on its ports
   */
  UseWriter(PortKinds ports, LossList losses) {
    this.ports = ports;
    this.losses = losses;
  }

  /**
   * The fields of a traffic policy; none if nothing is said.
   *
   * @param path how losses call the policy
   */
  Map<String, Object> of(DestinationPolicy policy, String path) {
    var written = new LinkedHashMap<String, Object>();
    put(written, "loadBalancer", BalancerWriter.of(policy, path, losses));
    put(written, "connectionPool", new PoolWriter(ports, path, losses).of(policy.limits()));
    policy
        .outliers()
        .ifPresent(outliers -> written.put("outlierDetection", outliersOf(outliers, path)));
    if (!policy.failover().isEmpty()) {
      losses.dropped(path + ".failover", "Istio does not turn to another service by itself");
    }
    return written;
  }

  private Map<String, Object> outliersOf(OutlierDetection outliers, String path) {
    var at = path + ".outliers.";
    var written = new LinkedHashMap<String, Object>();
    put(written, "consecutive5xxErrors", outliers.consecutive5xx());
    put(written, "consecutiveGatewayErrors", outliers.consecutiveGatewayErrors());
    putTime(written, "interval", outliers.interval(), at + "interval");
    putTime(written, "baseEjectionTime", outliers.baseEjection(), at + "baseEjection");
    put(written, "maxEjectionPercent", outliers.maxEjectionPercent());
    put(written, "minHealthPercent", outliers.minHealthPercent());
    if (outliers.maxEjection().isPresent()) {
      losses.dropped(at + "maxEjection", "Istio leaves the longest ejection to its proxies");
    }
    if (outliers.enforcingPercent().orElse(ALWAYS) != ALWAYS) {
      losses.dropped(at + "enforcingPercent", "Istio ejects in every case");
    }
    if (outliers.jitter().filter(part -> part.compareTo(BigDecimal.ZERO) > 0).isPresent()) {
      losses.dropped(at + "jitter", "Istio's ejections have no random part");
    }
    return written;
  }

  private void putTime(
      Map<String, Object> written, String name, Optional<Duration> time, String path) {
    time.ifPresent(
        duration -> {
          if (duration.isPositive()) {
            written.put(name, Durations.inUnits(duration));
          } else {
            losses.dropped(path, "Istio takes no time of zero");
          }
        });
  }

  private static void put(Map<String, Object> written, String name, OptionalInt number) {
    number.ifPresent(value -> written.put(name, value));
  }

  private static void put(Map<String, Object> written, String name, Map<String, Object> fields) {
    if (!fields.isEmpty()) {
      written.put(name, fields);
    }
  }
}
