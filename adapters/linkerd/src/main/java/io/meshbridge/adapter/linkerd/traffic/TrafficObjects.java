package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.adapter.kubernetes.gatewayapi.Route;
import io.meshbridge.adapter.kubernetes.gatewayapi.RouteTarget;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * All objects that say something of one Service's traffic.
 *
 * @param target the Service
 * @param reference the Service, for people
 * @param annotations the Service's own
 * @param opaque which of its ports are passed on unopened
 * @param routes that are attached to it
 * @param profiles ServiceProfiles and TrafficSplits for it
 */
public record TrafficObjects(
    RouteTarget target,
    String reference,
    SortedMap<String, String> annotations,
    IntPredicate opaque,
    List<Route> routes,
    List<Profile> profiles) {
  /** Copies. */
  public TrafficObjects {
    annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    routes = List.copyOf(routes);
    profiles = List.copyOf(profiles);
  }

  /** The same, from collections in any order. */
  public static TrafficObjects of(
      RouteTarget target,
      String reference,
      SortedMap<String, String> annotations,
      IntPredicate opaque,
      Collection<Route> routes,
      Collection<Profile> profiles) {
    return new TrafficObjects(
        target, reference, annotations, opaque, List.copyOf(routes), List.copyOf(profiles));
  }
}
