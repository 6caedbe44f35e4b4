package io.meshbridge.adapter.linkerd.traffic;

import io.meshbridge.adapter.kubernetes.Problem;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.gatewayapi.ApiGateway;
import io.meshbridge.adapter.kubernetes.gatewayapi.ApiGatewayReader;
import io.meshbridge.adapter.kubernetes.gatewayapi.ApiGatewayReading;
import io.meshbridge.adapter.kubernetes.gatewayapi.NamespaceLabels;
import io.meshbridge.adapter.kubernetes.gatewayapi.Route;
import io.meshbridge.adapter.kubernetes.gatewayapi.RouteDialect;
import io.meshbridge.adapter.kubernetes.gatewayapi.RuleCompletion;
import io.meshbridge.model.Location;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.Retry;
import io.meshbridge.spi.reading.ObjectTrace;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads the Gateways in front of a Linkerd mesh. Linkerd has none of its own: whoever serves them
 * is taken to do as the Gateway API says. Pure.
 */
public final class ForeignGateways {
  private final ApiGatewayReader reader;

  /**
   * Reads objects.
   *
   * @param gateways whether a Gateway of that name among services is read for itself
   * @param locations says where a field stands
   */
  public ForeignGateways(
      NamespaceLabels labels,
      Predicate<ResourceKey> gateways,
      Function<Problem, Location> locations) {
    this.reader =
        new ApiGatewayReader(RouteDialect.GATEWAY, new NoRetries(), labels, gateways, locations);
  }

  /** The gateway with what its routes say. */
  public ApiGatewayReading read(MeshDescriptor mesh, ApiGateway gateway, Collection<Route> routes) {
    return reader.read(mesh, gateway, routes);
  }

  /** Nobody tries again who was not told to. */
  private static final class NoRetries implements RuleCompletion {
    @Override
    public HttpRule complete(Route route, ObjectTrace trace, HttpRule rule) {
      return rule.retry().isPresent()
          ? rule
          : new HttpRule(
              rule.name(),
              rule.grpc(),
              rule.matches(),
              rule.filters(),
              rule.backends(),
              rule.timeouts(),
              Optional.of(Retry.NEVER),
              rule.affinity(),
              rule.sources());
    }
  }
}
