package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.adapter.kubernetes.ServiceFacts;
import java.util.Optional;
import java.util.Set;

/** Which routes count if several kinds are attached to one port of a Service. */
@FunctionalInterface
public interface KindChoice {
  /** Each counts. */
  KindChoice ALL = (port, attached) -> attached;

  /**
   * The kinds that have an effect.
   *
   * @param port empty if the Service was not declared
   * @param attached the kinds of the routes that are there
   */
  Set<RouteKind> inEffect(Optional<ServiceFacts.Port> port, Set<RouteKind> attached);
}
