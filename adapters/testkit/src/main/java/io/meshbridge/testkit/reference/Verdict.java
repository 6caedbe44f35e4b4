package io.meshbridge.testkit.reference;

import java.util.List;

/**
 * What became of a request, and why.
 *
 * @param causes everything that had a say: the rules that were asked before, the one that took the
 *     request, those after it that would have, and what is said of its destinations
 */
public record Verdict(Outcome outcome, List<Cause> causes) {
  /** Copies. */
  public Verdict {
    causes = List.copyOf(causes);
  }
}
