package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Diagnostic.Severity;
import io.meshbridge.model.Loss;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.L4Rule;
import java.util.List;
import java.util.Optional;

/**
 * What all routes of a Service say together.
 *
 * @param http in the order of precedence
 * @param l4 in the order of precedence
 * @param losses what could not be read
 * @param faults what is wrong or odd
 */
public record RoutedService(
    List<HttpRule> http, List<L4Rule> l4, List<Loss> losses, List<Diagnostic> faults) {
  /** Copies. */
  public RoutedService {
    http = List.copyOf(http);
    l4 = List.copyOf(l4);
    losses = List.copyOf(losses);
    faults = List.copyOf(faults);
  }

  /** The first fault that leaves the meaning of a route open. */
  public Optional<Diagnostic> firstError() {
    return faults.stream().filter(fault -> fault.severity() == Severity.ERROR).findFirst();
  }
}
