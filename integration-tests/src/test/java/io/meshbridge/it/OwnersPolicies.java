package io.meshbridge.it;

import java.io.IOException;

/** What owners say of the traffic to their services, one of each kind that bridges carry. */
final class OwnersPolicies {
  private static final String ISTIO_ROUTE =
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: reviews, namespace: shop}
      spec:
        hosts: [reviews]
        http:
          - match: [{uri: {prefix: /v2/}, headers: {x-beta: {exact: "yes"}}}]
            timeout: 3s
            rewrite: {uri: /}
            route: [{destination: {host: reviews}}]
          - retries: {attempts: 3, perTryTimeout: 500ms, retryOn: "5xx"}
            headers: {request: {set: {x-via: east}}}
            fault: {abort: {percentage: {value: 1}, httpStatus: 503}}
            mirror: {host: reviews}
            corsPolicy: {allowOrigins: [{exact: "https://example.org"}], allowMethods: [GET]}
            route: [{destination: {host: reviews, subset: v1}}]
      """;
  private static final String ISTIO_DESTINATION =
      """
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: reviews, namespace: shop}
      spec:
        host: reviews
        trafficPolicy:
          loadBalancer:
            consistentHash: {httpCookie: {name: basket, ttl: 60s}}
            localityLbSetting: {failover: [{from: here, to: there}]}
          connectionPool: {tcp: {maxConnections: 10}}
          outlierDetection: {consecutive5xxErrors: 3, interval: 5s}
        subsets: [{name: v1, labels: {version: v1}}]
      """;
  private static final String ISTIO_GATEWAY =
      """
      apiVersion: networking.istio.io/v1
      kind: Gateway
      metadata: {name: front, namespace: shop, labels: {meshbridge.io/export: "true"}}
      spec:
        selector: {istio: ingressgateway}
        servers:
          - port: {number: 8081, name: http, protocol: HTTP}
            hosts: ["*.example.org"]
      """;
  private static final String ISTIO_GATEWAY_ROUTE =
      """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: front, namespace: shop}
      spec:
        hosts: [store.example.org]
        gateways: [front]
        http:
          - match: [{uri: {prefix: /}}]
            route: [{destination: {host: reviews}}]
      """;
  private static final String LINKERD_ROUTE =
      """
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata: {name: search, namespace: yard}
      spec:
        parentRefs: [{group: "", kind: Service, name: search, port: 8080}]
        rules:
          - matches: [{path: {type: PathPrefix, value: /slow}}]
            timeouts: {request: 30s}
            backendRefs: [{name: search, port: 8080}]
      """;
  private static final String CONSUL_PROTOCOL =
      "{\"Kind\": \"service-defaults\", \"Name\": \"stock\", \"Protocol\": \"http\"}";
  private static final String CONSUL_ROUTE =
      """
      {"Kind": "service-router", "Name": "stock",
       "Routes": [{"Match": {"HTTP": {"PathPrefix": "/slow"}},
                   "Destination": {"Service": "stock", "RequestTimeout": "33s"}}]}
      """;
  private static final String CONSUL_INTENTION =
      """
      {"SourceName": "*", "DestinationName": "prices", "SourceType": "consul", "Action": "deny"}
      """;

  private OwnersPolicies() {}

  static void giveToIstio(KubernetesRig istio) {
    var routes = new RouteObjects(istio.api());
    routes.put(ISTIO_ROUTE);
    routes.put(ISTIO_DESTINATION);
    routes.put(ISTIO_GATEWAY);
    routes.put(ISTIO_GATEWAY_ROUTE);
  }

  static void giveToLinkerd(LinkerdRig linkerd) {
    new RouteObjects(linkerd.api()).put(LINKERD_ROUTE);
  }

  static void giveToConsul(ConsulAgentRig consul) throws IOException {
    consul.api().put("/v1/config", CONSUL_PROTOCOL);
    consul.api().put("/v1/config", CONSUL_ROUTE);
    consul.api().post("/v1/connect/intentions", CONSUL_INTENTION);
  }
}
