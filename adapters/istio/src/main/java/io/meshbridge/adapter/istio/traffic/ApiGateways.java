package io.meshbridge.adapter.istio.traffic;

import io.meshbridge.adapter.kubernetes.Problem;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.gatewayapi.ApiGateway;
import io.meshbridge.adapter.kubernetes.gatewayapi.ApiGatewayReader;
import io.meshbridge.adapter.kubernetes.gatewayapi.ApiGatewayReading;
import io.meshbridge.adapter.kubernetes.gatewayapi.NamespaceLabels;
import io.meshbridge.adapter.kubernetes.gatewayapi.Route;
import io.meshbridge.adapter.kubernetes.gatewayapi.RouteDialect;
import io.meshbridge.model.Location;
import io.meshbridge.model.MeshDescriptor;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.Predicate;

/** Reads Gateways of the Gateway API, as istiod does. Pure. */
public final class ApiGateways {
  private final MeshDescriptor mesh;
  private final Function<ResourceKey, Collection<Route>> routesOf;
  private final ApiGatewayReader reader;

  /**
   * Reads for one mesh.
   *
   * @param routesOf the routes of the Gateway that has this name among services
   * @param gateways whether a Gateway of that name among services is read for itself
   * @param locations says where a field stands
   */
  public ApiGateways(
      MeshDescriptor mesh,
      Function<ResourceKey, Collection<Route>> routesOf,
      Predicate<ResourceKey> gateways,
      NamespaceLabels labels,
      Function<Problem, Location> locations) {
    this.mesh = mesh;
    this.routesOf = routesOf;
    this.reader =
        new ApiGatewayReader(
            RouteDialect.ISTIO, new ServiceParents.DefaultRetries(), labels, gateways, locations);
  }

  /** The gateway with what its routes say. */
  public ApiGatewayReading read(ApiGateway gateway) {
    return reader.read(mesh, gateway, routesOf.apply(gateway.service()));
  }
}
