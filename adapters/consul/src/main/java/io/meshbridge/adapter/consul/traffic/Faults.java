package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Diagnostic.Severity;
import java.util.List;
import java.util.Optional;

/** What is wrong with entries, for people. */
final class Faults {
  private Faults() {}

  /** The first fault that leaves open what an owner meant. */
  static Optional<String> firstError(List<Diagnostic> faults) {
    return faults.stream()
        .filter(fault -> fault.severity() == Severity.ERROR)
        .findFirst()
        .map(fault -> fault.location() + ": " + fault.path() + " " + fault.message());
  }
}
