package io.meshbridge.api;

import java.util.List;

/** Query parameters that cannot be used: all of them at once. */
final class BadParameterException extends RuntimeException {
  private final transient List<Problem.Fault> faults;

  BadParameterException(List<Problem.Fault> faults) {
    super(faults.toString());
    this.faults = List.copyOf(faults);
  }

  List<Problem.Fault> faults() {
    return faults;
  }
}
