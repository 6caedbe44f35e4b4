package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Loss;
import io.meshbridge.model.traffic.TrafficPolicy;
import java.util.List;
import java.util.Optional;

/**
 * What the config entries of a service come to.
 *
 * @param policy what they say
 * @param needsHttp whether they make sense for services that speak HTTP alone
 * @param losses what no other mesh can have
 * @param faults what is wrong with them
 */
public record ServiceTraffic(
    TrafficPolicy policy, boolean needsHttp, List<Loss> losses, List<Diagnostic> faults) {
  /** Copies. */
  public ServiceTraffic {
    losses = List.copyOf(losses);
    faults = List.copyOf(faults);
  }

  /** The first fault that leaves open what their owner meant. */
  public Optional<String> firstError() {
    return Faults.firstError(faults);
  }
}
