package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Diagnostic.Severity;
import io.meshbridge.model.Loss;
import io.meshbridge.model.traffic.TrafficPolicy;
import java.util.List;
import java.util.Optional;

/**
 * What a mesh says of a Service's traffic.
 *
 * @param losses what could not be read
 * @param faults what is wrong or odd
 */
public record TrafficReading(TrafficPolicy policy, List<Loss> losses, List<Diagnostic> faults) {
  /** Copies. */
  public TrafficReading {
    losses = List.copyOf(losses);
    faults = List.copyOf(faults);
  }

  /** The first fault that leaves the policy's meaning open. */
  public Optional<Diagnostic> firstError() {
    return faults.stream().filter(fault -> fault.severity() == Severity.ERROR).findFirst();
  }
}
