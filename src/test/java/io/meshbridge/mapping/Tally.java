package io.meshbridge.mapping;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** How many leaves met which fate. */
record Tally(List<Finding> findings) {
  Tally {
    findings = List.copyOf(findings);
  }

  int total() {
    return findings.size();
  }

  int of(Fate fate) {
    return (int) findings.stream().filter(finding -> finding.fate() == fate).count();
  }

  /** {@code 118 leaves: 60 kept, ...}. */
  String sentence() {
    return total()
        + " leaves: "
        + Arrays.stream(Fate.values())
            .map(fate -> of(fate) + " " + fate.word())
            .collect(Collectors.joining(", "));
  }
}
