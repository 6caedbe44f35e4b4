package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.model.traffic.Subset;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an import's policy becomes.
 *
 * @param annotations of the import's Service
 * @param routes in the order in which they have to be written
 * @param routed the fields of the policy that the routes say
 * @param guarded whether a rule keeps requests away from the service
 * @param subsets the parts of its endpoints that need Services of their own, by name
 * @param undeclared the ports of which the Service must not say what is spoken there
 * @param refused whether the import must not be written; the losses say why
 */
public record PolicyShape(
    SortedMap<String, String> annotations,
    List<RouteObject> routes,
    List<String> routed,
    boolean guarded,
    SortedMap<String, Subset> subsets,
    Set<Integer> undeclared,
    boolean refused) {
  /** Copies. */
  public PolicyShape {
    annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    routes = List.copyOf(routes);
    routed = List.copyOf(routed);
    subsets = Collections.unmodifiableSortedMap(new TreeMap<>(subsets));
    undeclared = Set.copyOf(undeclared);
  }
}
