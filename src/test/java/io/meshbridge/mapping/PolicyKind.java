package io.meshbridge.mapping;

/** The kinds of native objects that are read as routing policy. */
enum PolicyKind {
  VIRTUAL_SERVICE("istio-virtualservice", "VirtualService", "networking.istio.io"),
  DESTINATION_RULE("istio-destinationrule", "DestinationRule", "networking.istio.io"),
  GATEWAY("istio-gateway", "Gateway", "networking.istio.io"),
  API_GATEWAY("gateway-gateway", "Gateway", "gateway.networking.k8s.io"),
  HTTP_ROUTE("gateway-httproute", "HTTPRoute", "gateway.networking.k8s.io"),
  GRPC_ROUTE("gateway-grpcroute", "GRPCRoute", "gateway.networking.k8s.io"),
  TLS_ROUTE("gateway-tlsroute", "TLSRoute", "gateway.networking.k8s.io"),
  TCP_ROUTE("gateway-tcproute", "TCPRoute", "gateway.networking.k8s.io"),
  LINKERD_HTTP_ROUTE("linkerd-httproute", "HTTPRoute", "policy.linkerd.io"),
  HTTP_ROUTE_ANNOTATIONS("linkerd-httproute-annotations", "Annotations of an HTTPRoute", ""),
  GRPC_ROUTE_ANNOTATIONS("linkerd-grpcroute-annotations", "Annotations of a GRPCRoute", ""),
  SERVICE_ANNOTATIONS("linkerd-service-annotations", "Annotations of a Service", ""),
  SERVICE_PROFILE("linkerd-serviceprofile", "ServiceProfile", "linkerd.io"),
  TRAFFIC_SPLIT("smi-trafficsplit", "TrafficSplit", ""),
  SERVICE_ROUTER("consul-service-router", "service-router", ""),
  SERVICE_SPLITTER("consul-service-splitter", "service-splitter", ""),
  SERVICE_RESOLVER("consul-service-resolver", "service-resolver", ""),
  SERVICE_DEFAULTS("consul-service-defaults", "service-defaults", ""),
  PROXY_DEFAULTS("consul-proxy-defaults", "proxy-defaults", ""),
  INGRESS_GATEWAY("consul-ingress-gateway", "ingress-gateway", "");

  private final String id;
  private final String title;
  private final String crdGroup;

  PolicyKind(String id, String title, String crdGroup) {
    this.id = id;
    this.title = title;
    this.crdGroup = crdGroup;
  }

  /** The name of its files. */
  String id() {
    return id;
  }

  /** As people call it; the kind of its CustomResourceDefinition, if it has one. */
  String title() {
    return title;
  }

  /** The group of its CustomResourceDefinition; empty if its list is kept by hand. */
  String crdGroup() {
    return crdGroup;
  }

  /** Whether its leaves are those of a CustomResourceDefinition. */
  boolean hasCrd() {
    return !crdGroup.isEmpty();
  }
}
