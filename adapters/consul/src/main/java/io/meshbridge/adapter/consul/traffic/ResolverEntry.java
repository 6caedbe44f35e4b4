package io.meshbridge.adapter.consul.traffic;

import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.LoadBalancing;
import io.meshbridge.model.traffic.Sources;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which instances stand for a service.
 *
 * @param subsets by name
 * @param defaultSubset for requests that name none; empty for all instances
 * @param defaultRef where that is said
 * @param redirect the service that stands for this one instead, whatever else is said; empty if
 *     none does
 * @param loadBalancing how an instance is chosen
 * @param connectTimeout for a new connection
 * @param requestTimeout for requests that no router and no splitter handles
 * @param requestTimeoutRef where that is said
 * @param locality whether near instances are preferred
 * @param failover for each subset, and {@code *} for the others, where requests go if it is unwell
 * @param sources of the parts of a destination policy
 */
record ResolverEntry(
    SortedMap<String, SubsetEntry> subsets,
    String defaultSubset,
    List<FieldRef> defaultRef,
    Optional<Target> redirect,
    Optional<LoadBalancing> loadBalancing,
    Optional<Duration> connectTimeout,
    Optional<Duration> requestTimeout,
    List<FieldRef> requestTimeoutRef,
    Optional<Boolean> locality,
    SortedMap<String, List<Target>> failover,
    Sources sources) {
  static final ResolverEntry NONE =
      new ResolverEntry(
          Collections.emptySortedMap(),
          "",
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          Collections.emptySortedMap(),
          Sources.NONE);

  /**
   * A named part of the instances.
   *
   * @param labels that they bear; empty if the filter says something that labels cannot say
   * @param refs where that is said
   */
  record SubsetEntry(Optional<SortedMap<String, String>> labels, List<FieldRef> refs) {
    SubsetEntry {
      refs = List.copyOf(refs);
    }
  }

  ResolverEntry {
    subsets = Collections.unmodifiableSortedMap(new TreeMap<>(subsets));
    failover = Collections.unmodifiableSortedMap(new TreeMap<>(failover));
    defaultRef = List.copyOf(defaultRef);
    requestTimeoutRef = List.copyOf(requestTimeoutRef);
  }

  /** Whether it names the subset; the one without a name is always there. */
  boolean defines(String subset) {
    return subset.isEmpty() || subsets.containsKey(subset);
  }

  /** Whether rules can name the subset. */
  boolean canSay(String subset) {
    if (subset.isEmpty()) {
      return true;
    }
    var entry = subsets.get(subset);
    return entry != null && entry.labels().isPresent();
  }
}
