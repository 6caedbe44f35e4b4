package io.meshbridge.mapping;

import io.meshbridge.adapter.consul.ConsulAdapter;
import io.meshbridge.adapter.istio.IstioAdapter;
import io.meshbridge.adapter.linkerd.LinkerdAdapter;
import io.meshbridge.spi.MeshAdapter;
import java.util.List;

/** The makes of mesh, with the kinds of policy that each reads. */
enum MeshKind {
  ISTIO,
  LINKERD,
  CONSUL;

  /** As people call it. */
  String title() {
    return switch (this) {
      case ISTIO -> "Istio";
      case LINKERD -> "Linkerd";
      case CONSUL -> "Consul";
    };
  }

  /** A new adapter. */
  MeshAdapter adapter() {
    return switch (this) {
      case ISTIO -> new IstioAdapter();
      case LINKERD -> new LinkerdAdapter();
      case CONSUL -> new ConsulAdapter();
    };
  }

  /** The word that configuration uses for it. */
  String word() {
    return adapter().kind();
  }

  /** What it reads, in the order in which pages show it. */
  List<PolicyKind> policies() {
    return switch (this) {
      case ISTIO ->
          List.of(
              PolicyKind.VIRTUAL_SERVICE,
              PolicyKind.DESTINATION_RULE,
              PolicyKind.GATEWAY,
              PolicyKind.API_GATEWAY,
              PolicyKind.HTTP_ROUTE,
              PolicyKind.GRPC_ROUTE,
              PolicyKind.TLS_ROUTE,
              PolicyKind.TCP_ROUTE);
      case LINKERD ->
          List.of(
              PolicyKind.API_GATEWAY,
              PolicyKind.HTTP_ROUTE,
              PolicyKind.HTTP_ROUTE_ANNOTATIONS,
              PolicyKind.GRPC_ROUTE,
              PolicyKind.GRPC_ROUTE_ANNOTATIONS,
              PolicyKind.TLS_ROUTE,
              PolicyKind.TCP_ROUTE,
              PolicyKind.LINKERD_HTTP_ROUTE,
              PolicyKind.SERVICE_ANNOTATIONS,
              PolicyKind.SERVICE_PROFILE,
              PolicyKind.TRAFFIC_SPLIT);
      case CONSUL ->
          List.of(
              PolicyKind.SERVICE_ROUTER,
              PolicyKind.SERVICE_SPLITTER,
              PolicyKind.SERVICE_RESOLVER,
              PolicyKind.SERVICE_DEFAULTS,
              PolicyKind.PROXY_DEFAULTS,
              PolicyKind.INGRESS_GATEWAY);
    };
  }
}
