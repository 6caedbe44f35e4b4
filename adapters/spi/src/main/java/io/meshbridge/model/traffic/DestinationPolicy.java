package io.meshbridge.model.traffic;

import java.util.List;
import java.util.Optional;

/**
 * How clients use the endpoints of a service, or of a part of it.
 *
 * @param loadBalancing how one is chosen
 * @param outliers when a failing one is left alone
 * @param limits how much is asked of them at once
 * @param locality which places are preferred
 * @param failover where requests go if none of them is healthy, in order
 * @param sources where it was declared
 */
public record DestinationPolicy(
    Optional<LoadBalancing> loadBalancing,
    Optional<OutlierDetection> outliers,
    ConnectionLimits limits,
    Optional<LocalityPolicy> locality,
    List<BackendRef> failover,
    Sources sources) {
  /** The mesh's defaults. */
  public static final DestinationPolicy DEFAULT =
      new DestinationPolicy(
          Optional.empty(),
          Optional.empty(),
          ConnectionLimits.DEFAULT,
          Optional.empty(),
          List.of(),
          Sources.NONE);

  /** Copies. */
  public DestinationPolicy {
    failover = List.copyOf(failover);
  }

  /** Whether it says nothing. */
  public boolean isDefault() {
    return withoutSources().equals(DEFAULT);
  }

  /** The same policy, without where it was declared. */
  public DestinationPolicy withoutSources() {
    return new DestinationPolicy(loadBalancing, outliers, limits, locality, failover, Sources.NONE);
  }
}
