package io.meshbridge.model.traffic;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A condition on who calls.
 *
 * @param namespace the caller's; empty for any
 * @param labels that the caller's workload bears
 */
public record ClientMatch(String namespace, SortedMap<String, String> labels) {
  /** Whoever calls. */
  public static final ClientMatch ANY = new ClientMatch("", Collections.emptySortedMap());

  /** Copies. */
  public ClientMatch {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  /** Whether everybody matches. */
  public boolean isAny() {
    return equals(ANY);
  }
}
