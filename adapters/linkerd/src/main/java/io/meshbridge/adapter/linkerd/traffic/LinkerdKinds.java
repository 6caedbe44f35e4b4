package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.adapter.kubernetes.ServiceFacts;
import io.meshbridge.adapter.kubernetes.gatewayapi.KindChoice;
import io.meshbridge.adapter.kubernetes.gatewayapi.RouteKind;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * Which routes count on a port, as Linkerd decides it ({@code to_proto} of its policy controller):
 * by what is declared to be spoken there, else gRPC before HTTP before TLS before TCP.
 */
final class LinkerdKinds implements KindChoice {
  private final IntPredicate opaque;

  /** Knows which ports are passed on unopened. */
  LinkerdKinds(IntPredicate opaque) {
    this.opaque = opaque;
  }

  @Override
  public Set<RouteKind> inEffect(Optional<ServiceFacts.Port> port, Set<RouteKind> attached) {
    var possible = port.map(this::possibleOn).orElse(EnumSet.allOf(RouteKind.class));
    return Stream.of(RouteKind.GRPC, RouteKind.HTTP, RouteKind.TLS, RouteKind.TCP)
        .filter(kind -> attached.contains(kind) && possible.contains(kind))
        .findFirst()
        .map(Set::of)
        .orElse(Set.of());
  }

  private Set<RouteKind> possibleOn(ServiceFacts.Port port) {
    return switch (port.appProtocol().toLowerCase(Locale.ROOT)) {
      case "http" -> EnumSet.of(RouteKind.HTTP);
      case "kubernetes.io/h2c" -> EnumSet.of(RouteKind.HTTP, RouteKind.GRPC);
      case "" ->
          opaque.test(port.number()) ? EnumSet.of(RouteKind.TCP) : EnumSet.allOf(RouteKind.class);
      // Linkerd passes on unopened what it has no word for, such as "grpc".
      default -> EnumSet.of(RouteKind.TCP);
    };
  }
}
