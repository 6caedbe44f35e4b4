package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.adapter.kubernetes.ReadResult;
import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Diagnostic.Severity;
import io.meshbridge.model.Loss;
import io.meshbridge.model.traffic.TrafficPolicy;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What was read of a Gateway of the Gateway API and of its routes.
 *
 * @param result the gateway as it is offered, with its rules
 * @param policy these rules
 * @param losses what reading could not keep
 * @param faults what is wrong or odd
 * @param objects the references of all objects that it was read from
 */
public record ApiGatewayReading(
    ReadResult result,
    TrafficPolicy policy,
    List<Loss> losses,
    List<Diagnostic> faults,
    Set<String> objects) {
  /** Copies. */
  public ApiGatewayReading {
    losses = List.copyOf(losses);
    faults = List.copyOf(faults);
    objects = Set.copyOf(objects);
  }

  /** One that cannot be offered at all. */
  static ApiGatewayReading unreadable(String reason) {
    return new ApiGatewayReading(
        new ReadResult.Unreadable(reason), TrafficPolicy.NONE, List.of(), List.of(), Set.of());
  }

  /** The first fault that leaves the meaning open. */
  public Optional<Diagnostic> firstError() {
    return faults.stream().filter(fault -> fault.severity() == Severity.ERROR).findFirst();
  }
}
