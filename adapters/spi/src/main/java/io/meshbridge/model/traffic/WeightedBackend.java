package io.meshbridge.model.traffic;

import java.util.List;

/**
 * One of the places that share a rule's requests.
 *
 * @param ref where to
 * @param weight its share in proportion to its siblings, 0 to 1,000,000; 0 gets none
 * @param filters what happens to requests that go there, after the rule's own filters
 */
public record WeightedBackend(BackendRef ref, int weight, List<HttpFilter> filters) {
  private static final int MAX_WEIGHT = 1_000_000;

  /**
   * @throws IllegalArgumentException if the weight is out of range (Gateway API {@code
   *     BackendRef.weight})
   */
  public WeightedBackend {
    if (weight < 0 || weight > MAX_WEIGHT) {
      throw new IllegalArgumentException(
          "a backend's weight must be between 0 and " + MAX_WEIGHT + ", but is " + weight);
    }
    filters = List.copyOf(filters);
  }

  /** All requests go there. */
  public static WeightedBackend only(BackendRef ref) {
    return new WeightedBackend(ref, 1, List.of());
  }
}
