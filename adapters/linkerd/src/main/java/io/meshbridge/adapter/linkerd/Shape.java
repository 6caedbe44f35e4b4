package io.meshbridge.adapter.linkerd;

import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.gatewayapi.RouteKind;
import io.meshbridge.model.Loss;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An import as a Service and its slices. */
sealed interface Shape {
  /** What could not be said. */
  List<Loss> losses();

  /**
   * One object.
   *
   * @param manifest in canonical order
   */
  record Item(ResourceKey key, Map<String, Object> manifest) {}

  /**
   * A Service with its endpoints.
   *
   * @param slices in the order of names
   */
  record Part(Item service, List<Item> slices) {}

  /** A route of that kind. */
  record Routed(RouteKind kind, Item item) {}

  /**
   * The objects that stand for the import.
   *
   * @param slices in the order of names
   * @param subsets the parts of it that routes send requests to
   * @param routes in the order in which they have to be written
   * @param routed the fields of the policy that the routes say
   * @param guarded whether they keep requests away, so that the service must not be without them
   * @param callable whether any place in them takes traffic
   */
  record Objects(
      Item service,
      List<Item> slices,
      List<Part> subsets,
      List<Routed> routes,
      List<String> routed,
      boolean guarded,
      boolean callable,
      List<Loss> losses)
      implements Shape {
    /** All Services with their slices, the one that clients call first. */
    List<Part> parts() {
      return Stream.concat(Stream.of(new Part(service, slices)), subsets.stream()).toList();
    }

    /** What clients call: the Service's name in its namespace. */
    String name() {
      return service.key().name() + "." + service.key().namespace();
    }
  }

  /** A Service cannot say it rightly. */
  record Refused(List<Loss> losses) implements Shape {}
}
