package io.meshbridge.cli;

import java.util.List;

/** Arguments that parse and yet cannot be used: all their faults at once. */
final class InvalidInputException extends RuntimeException {
  private final transient List<String> faults;

  InvalidInputException(List<String> faults) {
    super(String.join("; ", faults));
    this.faults = List.copyOf(faults);
  }

  InvalidInputException(String fault) {
    this(List.of(fault));
  }

  List<String> faults() {
    return faults;
  }
}
