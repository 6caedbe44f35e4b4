package io.meshbridge.testkit.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.testkit.reference.Outcome.Routed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LinkerdReferenceTest {
  private static final String SERVICES =
      service("web", "10.0.0.1", "http") + "---\n" + service("web-v2", "10.0.0.2", "http");

  @Test
  void withoutRoutesTheServiceTakesRequestsAsItsAnnotationsSay() {
    var service =
        service("web", "10.0.0.1", "http")
            .replace(
                "namespace: shop}",
                "namespace: shop, annotations: {timeout.linkerd.io/request: 5s,"
                    + " retry.linkerd.io/http: 5xx, retry.linkerd.io/limit: '2'}}");

    var routed = routed(request("/"), service);

    assertThat(routed.endpoints()).isEqualTo(Map.of("10.0.0.1:8080", Fraction.ALL));
    assertThat(routed.timeout()).contains(Duration.ofSeconds(5));
    assertThat(routed.retries().attempts()).isEqualTo(2);
    assertThat(routed.retries().statuses()).hasSize(100).contains(500, 599);
  }

  @Test
  void withoutAnythingSaidItWaitsForEverAndTriesOnce() {
    var routed = routed(request("/"), SERVICES);

    assertThat(routed.timeout()).isEmpty();
    assertThat(routed.retries().attempts()).isZero();
  }

  @Test
  void theLongestPathWinsWhateverTheOrder() {
    var route =
        route(
            "web",
            """
            - matches: [{path: {type: PathPrefix, value: /a}}]
              backendRefs: [{name: web, port: 80}]
            - matches: [{path: {type: PathPrefix, value: /a/b}}]
              backendRefs: [{name: web-v2, port: 80}]
            """);

    assertThat(endpoints(request("/a"), SERVICES, route)).containsExactly("10.0.0.1:8080");
    assertThat(endpoints(request("/a/bc"), SERVICES, route)).containsExactly("10.0.0.1:8080");
    assertThat(endpoints(request("/a/b"), SERVICES, route)).containsExactly("10.0.0.2:8080");
    assertThat(endpoints(request("/a/b/c"), SERVICES, route)).containsExactly("10.0.0.2:8080");
    assertThat(decide(request("/ab"), SERVICES, route)).isEqualTo(new Outcome.NotFound());
  }

  @Test
  void anExpressionCountsTheWholePath() {
    var route =
        route(
            "web",
            """
            - matches: [{path: {type: PathPrefix, value: /a/b}}]
              backendRefs: [{name: web, port: 80}]
            - matches: [{path: {type: RegularExpression, value: "/a/.*"}}]
              backendRefs: [{name: web-v2, port: 80}]
            """);

    assertThat(endpoints(request("/a/b/c"), SERVICES, route)).containsExactly("10.0.0.2:8080");
    // Equally long: the first.
    assertThat(endpoints(request("/a/b"), SERVICES, route)).containsExactly("10.0.0.1:8080");
  }

  @Test
  void ofEqualPathsTheMethodDecidesThenHeadersThenTheQueryThenTheOlderRoute() {
    var route =
        route(
            "web",
            """
            - matches: [{headers: [{name: X-A, value: "1"}]}]
              backendRefs: [{name: web, port: 80}]
            - matches: [{method: GET}]
              backendRefs: [{name: web-v2, port: 80}]
            """);

    assertThat(endpoints(request("/").withHeader("x-a", "1"), SERVICES, route))
        .containsExactly("10.0.0.2:8080");
    assertThat(endpoints(request("/").withMethod("PUT").withHeader("x-a", "1"), SERVICES, route))
        .containsExactly("10.0.0.1:8080");
    var all = "- backendRefs: [{name: web, port: 80}]";
    var other = "- backendRefs: [{name: web-v2, port: 80}]";
    assertThat(endpoints(request("/"), SERVICES, route("b", all), route("a", other)))
        .containsExactly("10.0.0.2:8080");
    assertThat(
            endpoints(
                request("/"),
                SERVICES,
                route("b", all)
                    .replace(
                        "namespace: shop}",
                        "namespace: shop, creationTimestamp: '2026-01-01T00:00:00Z'}"),
                route("a", other)))
        .containsExactly("10.0.0.1:8080");
  }

  @Test
  void sharesAreTheRatioOfTheWeights() {
    var route =
        route(
            "web",
            """
            - backendRefs: [{name: web, port: 80, weight: 1}, {name: web-v2, port: 80, weight: 3}]
            """);

    assertThat(routed(request("/"), SERVICES, route).endpoints())
        .isEqualTo(Map.of("10.0.0.1:8080", Fraction.of(1, 4), "10.0.0.2:8080", Fraction.of(3, 4)));
  }

  @Test
  void backendsThatDoNotExistAnswerNothing() {
    var route = route("web", "- backendRefs: [{name: gone, port: 80}]");

    assertThat(decide(request("/"), SERVICES, route)).isEqualTo(new Outcome.NoEndpoints());
  }

  @Test
  void aRouteWithAFilterThatLinkerdDoesNotKnowIsNotThere() {
    var route =
        route(
            "web",
            """
            - filters: [{type: URLRewrite, urlRewrite: {hostname: b.org}}]
              backendRefs: [{name: web-v2, port: 80}]
            """);

    assertThat(endpoints(request("/"), SERVICES, route)).containsExactly("10.0.0.1:8080");
  }

  @Test
  void headersAreChangedInTheOrderAddSetRemove() {
    var route =
        route(
            "web",
            """
            - filters:
              - type: RequestHeaderModifier
                requestHeaderModifier:
                  add: [{name: x-a, value: "2"}, {name: x-b, value: "2"}]
                  set: [{name: x-b, value: "3"}]
                  remove: [x-c]
              - type: ResponseHeaderModifier
                responseHeaderModifier: {remove: [server]}
            """);

    var delivery =
        routed(
                request("/")
                    .withHeader("x-a", "1")
                    .withHeader("x-b", "1")
                    .withHeader("x-c", "1")
                    .answeredWith("server", "web"),
                SERVICES,
                route)
            .only();

    assertThat(delivery.headers()).isEqualTo(Map.of("x-a", List.of("1", "2"), "x-b", List.of("3")));
    assertThat(delivery.answer()).isEmpty();
  }

  @Test
  void aRouteOfLinkerdsOwnGroupChangesTheRequestWhereItMeansTheAnswer() {
    var route =
        route(
                "web",
                """
                - filters:
                  - type: ResponseHeaderModifier
                    responseHeaderModifier: {set: [{name: x-a, value: "1"}]}
                """)
            .replace("gateway.networking.k8s.io/v1", "policy.linkerd.io/v1beta3");

    var delivery = routed(request("/"), SERVICES, route).only();

    assertThat(delivery.headers()).isEqualTo(Map.of("x-a", List.of("1")));
    assertThat(delivery.answer()).isEmpty();
  }

  @Test
  void aRedirectToAHostKeepsThePortOfTheRequest() {
    var route =
        route(
            "web",
            """
            - filters: [{type: RequestRedirect, requestRedirect: {hostname: b.org, statusCode: 302}}]
            """);
    var other = SERVICES.replace("port: 80,", "port: 81,");

    assertThat(decide(request("/x"), SERVICES, route))
        .isEqualTo(new Outcome.Redirected(302, "http", "b.org", 80, "/x"));
    assertThat(decide(request("/x").to("web.shop", 81), other, route))
        .isEqualTo(new Outcome.Redirected(302, "http", "b.org", 81, "/x"));
  }

  @Test
  void annotationsOfARouteGoBeforeItsRules() {
    var route =
        route("web", "- timeouts: {request: 3s}")
            .replace(
                "namespace: shop}",
                "namespace: shop, annotations: {timeout.linkerd.io/idle: 9s,"
                    + " retry.linkerd.io/http: gateway-error, retry.linkerd.io/timeout: 1s}}");

    var routed = routed(request("/"), SERVICES, route);

    assertThat(routed.timeout()).contains(Duration.ofSeconds(3));
    assertThat(routed.idleTimeout()).contains(Duration.ofSeconds(9));
    assertThat(routed.retries().attempts()).isEqualTo(1);
    assertThat(routed.retries().statuses()).containsExactly(502, 503, 504);
    assertThat(routed.tryTimeout()).contains(Duration.ofSeconds(1));
  }

  @Test
  void routesOfAnotherNamespaceAreForItsOwnClients() {
    var route =
        route("web", "- backendRefs: [{name: web-v2, namespace: shop, port: 80}]")
            .replace(
                "metadata: {name: web, namespace: shop}", "metadata: {name: web, namespace: b}")
            .replace("name: web}]", "name: web, namespace: shop}]");

    assertThat(endpoints(request("/"), SERVICES, route)).containsExactly("10.0.0.1:8080");
    assertThat(endpoints(request("/").from(new Client("b", new TreeMap<>())), SERVICES, route))
        .containsExactly("10.0.0.2:8080");
  }

  @Test
  void callsAreTakenByRoutesForGrpcWhereTheProtocolAllowsThem() {
    var services =
        service("web", "10.0.0.1", "kubernetes.io/h2c")
            + "---\n"
            + service("web-v2", "10.0.0.2", "kubernetes.io/h2c");
    var route =
        route(
                "web",
                """
                - matches: [{method: {service: shop.Web}}]
                  backendRefs: [{name: web, port: 80}]
                - matches: [{method: {service: shop.Web, method: Get}}]
                  backendRefs: [{name: web-v2, port: 80}]
                """)
            .replace("HTTPRoute", "GRPCRoute")
            .replace(
                "namespace: shop}",
                "namespace: shop, annotations: {retry.linkerd.io/grpc: 'unavailable,internal'}}");

    var get = routed(Request.grpc("web.shop", 80, "/shop.Web/Get"), services, route);
    assertThat(get.endpoints()).containsOnlyKeys("10.0.0.2:8080");
    assertThat(get.retries().codes()).containsExactly("internal", "unavailable");
    assertThat(endpoints(Request.grpc("web.shop", 80, "/shop.Web/Put"), services, route))
        .containsExactly("10.0.0.1:8080");
    assertThat(decide(Request.grpc("web.shop", 80, "/shop.Other/Get"), services, route))
        .isEqualTo(new Outcome.NotFound());
    // To HTTP/1 they are nothing.
    assertThat(endpoints(Request.grpc("web.shop", 80, "/shop.Web/Get"), SERVICES, route))
        .containsExactly("10.0.0.1:8080");
  }

  @Test
  void aProtocolThatLinkerdDoesNotKnowIsPassedOnUnopened() {
    var services =
        service("web", "10.0.0.1", "grpc") + "---\n" + service("web-v2", "10.0.0.2", "grpc");
    var route = route("web", "- backendRefs: [{name: web-v2, port: 80}]");

    assertThat(endpoints(request("/"), services, route)).containsExactly("10.0.0.1:8080");
  }

  private static String service(String name, String address, String protocol) {
    return """
    apiVersion: v1
    kind: Service
    metadata: {name: %1$s, namespace: shop}
    spec: {ports: [{name: http, port: 80, appProtocol: %3$s}]}
    ---
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata: {name: %1$s-1, namespace: shop, labels: {kubernetes.io/service-name: %1$s}}
    addressType: IPv4
    ports: [{name: http, port: 8080}]
    endpoints:
    - {addresses: [%2$s], conditions: {ready: true}}
    - {addresses: [10.9.9.9], conditions: {ready: false}}
    """
        .formatted(name, address, protocol);
  }

  private static String route(String name, String rules) {
    return """
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata: {name: %s, namespace: shop}
    spec:
      parentRefs: [{group: "", kind: Service, name: web}]
      rules:
    """
            .formatted(name)
        + rules.indent(2);
  }

  private static Request request(String path) {
    return Request.get("web.shop", 80, path);
  }

  private static Iterable<String> endpoints(Request request, String... documents) {
    return routed(request, documents).endpoints().keySet();
  }

  private static Routed routed(Request request, String... documents) {
    return (Routed) decide(request, documents);
  }

  private static Outcome decide(Request request, String... documents) {
    return LinkerdReference.of(Yaml.documents(documents)).decide(request).outcome();
  }
}
