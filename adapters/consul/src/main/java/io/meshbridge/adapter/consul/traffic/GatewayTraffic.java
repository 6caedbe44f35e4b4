package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Loss;
import io.meshbridge.model.traffic.Ingress;
import io.meshbridge.model.traffic.TrafficPolicy;
import java.util.List;
import java.util.Optional;

/**
 * What an ingress-gateway comes to.
 *
 * @param ingress empty if it has no listener
 * @param policy where its listeners lead
 * @param losses what no other mesh can have
 * @param faults what is wrong with it, and with the entries that its requests come by
 */
public record GatewayTraffic(
    Optional<Ingress> ingress, TrafficPolicy policy, List<Loss> losses, List<Diagnostic> faults) {
  /** Copies. */
  public GatewayTraffic {
    losses = List.copyOf(losses);
    faults = List.copyOf(faults);
  }

  /** The first fault that leaves open what its owner meant. */
  public Optional<String> firstError() {
    return Faults.firstError(faults);
  }
}
