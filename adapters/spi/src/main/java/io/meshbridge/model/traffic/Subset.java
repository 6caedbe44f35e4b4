package io.meshbridge.model.traffic;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A named part of a service's endpoints.
 *
 * @param name a DNS label, unique in its policy
 * @param labels that an endpoint must bear to belong to it; none for all endpoints
 * @param policy how its endpoints are used; what it does not say is as for the whole service
 * @param sources where it was declared
 */
public record Subset(
    String name, SortedMap<String, String> labels, DestinationPolicy policy, Sources sources) {
  /**
   * @throws IllegalArgumentException if the name is blank
   */
  public Subset {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a subset needs a name");
    }
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  /** The same subset, without where it was declared. */
  public Subset withoutSources() {
    return new Subset(name, labels, policy.withoutSources(), Sources.NONE);
  }
}
