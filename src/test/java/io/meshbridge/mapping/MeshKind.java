package io.meshbridge.mapping;

import io.meshbridge.adapter.consul.ConsulAdapter;
import io.meshbridge.adapter.istio.IstioAdapter;
import io.meshbridge.adapter.linkerd.LinkerdAdapter;
import io.meshbridge.spi.MeshAdapter;
import java.util.List;
import java.util.function.Supplier;

/** The makes of mesh, with the kinds of policy that each reads. */
enum MeshKind {
  ISTIO(
      "Istio",
      IstioAdapter::new,
      List.of(
          PolicyKind.VIRTUAL_SERVICE,
          PolicyKind.DESTINATION_RULE,
          PolicyKind.HTTP_ROUTE,
          PolicyKind.GRPC_ROUTE,
          PolicyKind.TLS_ROUTE,
          PolicyKind.TCP_ROUTE)),
  LINKERD(
      "Linkerd",
      LinkerdAdapter::new,
      List.of(
          PolicyKind.HTTP_ROUTE,
          PolicyKind.HTTP_ROUTE_ANNOTATIONS,
          PolicyKind.GRPC_ROUTE,
          PolicyKind.GRPC_ROUTE_ANNOTATIONS,
          PolicyKind.TLS_ROUTE,
          PolicyKind.TCP_ROUTE,
          PolicyKind.LINKERD_HTTP_ROUTE,
          PolicyKind.SERVICE_ANNOTATIONS,
          PolicyKind.SERVICE_PROFILE,
          PolicyKind.TRAFFIC_SPLIT)),
  CONSUL(
      "Consul",
      ConsulAdapter::new,
      List.of(
          PolicyKind.SERVICE_ROUTER,
          PolicyKind.SERVICE_SPLITTER,
          PolicyKind.SERVICE_RESOLVER,
          PolicyKind.SERVICE_DEFAULTS,
          PolicyKind.PROXY_DEFAULTS));

  private final String title;
  private final Supplier<MeshAdapter> adapter;
  private final List<PolicyKind> policies;

  MeshKind(String title, Supplier<MeshAdapter> adapter, List<PolicyKind> policies) {
    this.title = title;
    this.adapter = adapter;
    this.policies = policies;
  }

  /** As people call it. */
  String title() {
    return title;
  }

  /** A new adapter. */
  MeshAdapter adapter() {
    return adapter.get();
  }

  /** The word that configuration uses for it. */
  String word() {
    return adapter.get().kind();
  }

  /** What it reads, in the order in which pages show it. */
  List<PolicyKind> policies() {
    return policies;
  }
}
