package io.meshbridge.model.traffic;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which places are preferred. A place is {@code region}, {@code region/zone} or {@code
 * region/zone/subzone}, with {@code *} at its end for all below.
 *
 * @param enabled whether near endpoints are preferred at all; empty for the mesh's default
 * @param failover where traffic of a region goes if that has no healthy endpoint
 * @param distribution for callers of a place, the share of each place in percent
 * @param priority labels of which the more are equal, the sooner an endpoint is taken
 */
public record LocalityPolicy(
    Optional<Boolean> enabled,
    SortedMap<String, String> failover,
    SortedMap<String, SortedMap<String, Integer>> distribution,
    List<String> priority) {
  /** Copies. */
  public LocalityPolicy {
    failover = Collections.unmodifiableSortedMap(new TreeMap<>(failover));
    var copy = new TreeMap<String, SortedMap<String, Integer>>();
    distribution.forEach(
        (from, shares) -> copy.put(from, Collections.unmodifiableSortedMap(new TreeMap<>(shares))));
    distribution = Collections.unmodifiableSortedMap(copy);
    priority = List.copyOf(priority);
  }
}
