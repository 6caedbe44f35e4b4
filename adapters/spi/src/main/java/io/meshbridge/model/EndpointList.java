package io.meshbridge.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * All endpoints of a service in canonical form, so that equal state is an equal value: sorted, each
 * place once. Where a place is named twice, its best health counts: one name for it that is ready
 * is enough to reach it.
 *
 * @param endpoints sorted, without two of the same place
 */
public record EndpointList(List<Endpoint> endpoints) {
  /** No endpoints at all. */
  public static final EndpointList EMPTY = new EndpointList(List.of());

  /** Sorts and unites. */
  public EndpointList {
    endpoints = canonical(endpoints);
  }

  /** The canonical form of these endpoints. */
  public static EndpointList of(Collection<Endpoint> endpoints) {
    return new EndpointList(List.copyOf(endpoints));
  }

  /** The number of distinct places. */
  public int size() {
    return endpoints.size();
  }

  private static List<Endpoint> canonical(List<Endpoint> endpoints) {
    var sorted = new ArrayList<>(endpoints);
    sorted.sort(Endpoint.ORDER);
    var distinct = new ArrayList<Endpoint>(sorted.size());
    for (Endpoint endpoint : sorted) {
      if (distinct.isEmpty() || !distinct.getLast().isSamePlaceAs(endpoint)) {
        distinct.add(endpoint);
      }
    }
    return List.copyOf(distinct);
  }
}
