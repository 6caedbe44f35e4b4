package io.meshbridge.adapter.kubernetes.gatewayapi;

import io.meshbridge.adapter.kubernetes.ResourceQuery;
import io.meshbridge.adapter.kubernetes.ResourceType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds of route that a Service can be the parent of. */
public enum RouteKind {
  /** Requests of HTTP. */
  HTTP("HTTPRoute", "httproutes"),
  /** Calls of gRPC. */
  GRPC("GRPCRoute", "grpcroutes"),
  /** Connections of TLS, told apart by their server name. */
  TLS("TLSRoute", "tlsroutes"),
  /** Connections. */
  TCP("TCPRoute", "tcproutes");

  /** The group of the Gateway API. */
  public static final String GROUP = "gateway.networking.k8s.io";

  private final String kind;
  private final String plural;

  RouteKind(String kind, String plural) {
    this.kind = kind;
    this.plural = plural;
  }

  /** The kind of route that an object of the Gateway API is; empty if it is none of these. */
  public static Optional<RouteKind> of(String group, String kind) {
    return Stream.of(values())
        .filter(route -> group.equals(GROUP) && kind.equals(route.kind))
        .findFirst();
  }

  /** The kind in its newest version. */
  public ResourceType type() {
    return new ResourceType(GROUP, "v1", kind, plural, true);
  }

  /** All routes of the kind, in each version in which it may be served, the newest first. */
  public List<ResourceQuery> queries() {
    return versions().stream()
        .map(version -> ResourceQuery.all(type().inVersion(version)))
        .toList();
  }

  private List<String> versions() {
    return switch (this) {
      case HTTP -> List.of("v1", "v1beta1", "v1alpha2");
      case GRPC, TCP -> List.of("v1", "v1alpha2");
      case TLS -> List.of("v1", "v1alpha3", "v1alpha2");
    };
  }

  /** Whether its rules look into requests. */
  public boolean readsRequests() {
    return this == HTTP || this == GRPC;
  }
}
