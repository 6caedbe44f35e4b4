package io.meshbridge.model.traffic;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * When an endpoint that fails is left alone for a while.
 *
 * @param consecutive5xx failures in a row after which; 0 for never
 * @param consecutiveGatewayErrors answers of 502, 503, 504 in a row after which; 0 for never
 * @param interval between two looks
 * @param baseEjection how long the first time; longer each time
 * @param maxEjection how long at most
 * @param maxEjectionPercent of the endpoints that may be left alone, 0 to 100
 * @param minHealthPercent of healthy endpoints below which nobody is left alone, 0 to 100
 * @param enforcingPercent of the cases in which it is done, 0 to 100
 * @param jitter the random part of the time, as a ratio
 */
public record OutlierDetection(
    OptionalInt consecutive5xx,
    OptionalInt consecutiveGatewayErrors,
    Optional<Duration> interval,
    Optional<Duration> baseEjection,
    Optional<Duration> maxEjection,
    OptionalInt maxEjectionPercent,
    OptionalInt minHealthPercent,
    OptionalInt enforcingPercent,
    Optional<BigDecimal> jitter) {
  /** Normalizes. */
  public OutlierDetection {
    jitter = jitter.map(Decimals::canonical);
  }
}
