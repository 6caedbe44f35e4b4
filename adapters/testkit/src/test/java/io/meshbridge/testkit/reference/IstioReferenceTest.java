package io.meshbridge.testkit.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.testkit.reference.Outcome.Routed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class IstioReferenceTest {
  private static final String HOST = "web.example.org";

  private static final String ENTRY =
      """
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: web, namespace: shop}
      spec:
        hosts: [web.example.org]
        ports: [{number: 80, name: http, protocol: HTTP}, {number: 9000, name: tcp, protocol: TCP}]
        resolution: STATIC
        endpoints:
        - {address: 10.0.0.1, ports: {http: 8080, tcp: 9001}, labels: {version: v1}}
        - {address: 10.0.0.2, ports: {http: 8080, tcp: 9001}, labels: {version: v2}}
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: web, namespace: shop}
      spec:
        host: web.example.org
        subsets:
        - {name: one, labels: {version: v1}}
        - {name: two, labels: {version: v2}}
      """;

  private static final String SERVICES =
      service("web", "10.0.0.1") + "---\n" + service("other", "10.0.0.2");

  private static final String BOTH = "10.0.0.1:8080,10.0.0.2:8080";

  @Test
  void withoutRulesARequestGoesToTheHostAndIsTriedAgainAsIstioDoes() {
    var routed = routed(Request.get(HOST, 80, "/a"), ENTRY);

    assertThat(routed.endpoints()).isEqualTo(Map.of(BOTH, Fraction.ALL));
    assertThat(routed.timeout()).isEmpty();
    assertThat(routed.retries().attempts()).isEqualTo(2);
    assertThat(routed.retries().statuses()).isEmpty();
    assertThat(routed.retries().connection()).containsExactly("connect-failure", "refused-stream");
    assertThat(routed.retries().isDefault()).isTrue();
  }

  @Test
  void theFirstRuleThatMatchesTakesTheRequestAndPrefixesAreLetters() {
    var rules =
        rules(
            """
            - match: [{uri: {prefix: /foo}}]
              timeout: 3s
              route: [{destination: {host: web.example.org, subset: one}}]
            - match: [{uri: {exact: /foo/bar}}]
              route: [{destination: {host: web.example.org, subset: two}}]
            """);

    for (String path : List.of("/foo", "/foobar", "/foo/bar")) {
      var routed = routed(Request.get(HOST, 80, path), ENTRY, rules);
      assertThat(routed.endpoints()).isEqualTo(Map.of("10.0.0.1:8080", Fraction.ALL));
      assertThat(routed.timeout()).contains(Duration.ofSeconds(3));
    }
    assertThat(decide(Request.get(HOST, 80, "/fo"), ENTRY, rules))
        .isEqualTo(new Outcome.NotFound());
  }

  @Test
  void sharesAreTheRatioOfTheWeights() {
    var rules =
        rules(
            """
            - route:
              - {destination: {host: web.example.org, subset: one}, weight: 1}
              - {destination: {host: web.example.org, subset: two}, weight: 2}
            """);

    assertThat(routed(Request.get(HOST, 80, "/"), ENTRY, rules).endpoints())
        .isEqualTo(Map.of("10.0.0.1:8080", Fraction.of(1, 3), "10.0.0.2:8080", Fraction.of(2, 3)));
  }

  @Test
  void aSubsetThatNobodyDefinesHasNoEndpoints() {
    var rules = rules("- route: [{destination: {host: web.example.org, subset: three}}]");

    assertThat(decide(Request.get(HOST, 80, "/"), ENTRY, rules))
        .isEqualTo(new Outcome.NoEndpoints());
  }

  @Test
  void headersThatMustBeAbsentMayHaveAnotherValue() {
    var rules =
        rules(
            """
            - match: [{withoutHeaders: {x-a: {exact: b}}}]
              route: [{destination: {host: web.example.org, subset: one}}]
            - route: [{destination: {host: web.example.org, subset: two}}]
            """);
    var plain = Request.get(HOST, 80, "/");

    assertThat(endpoints(plain, ENTRY, rules)).containsExactly("10.0.0.1:8080");
    assertThat(endpoints(plain.withHeader("x-a", "c"), ENTRY, rules))
        .containsExactly("10.0.0.1:8080");
    assertThat(endpoints(plain.withHeader("x-a", "b"), ENTRY, rules))
        .containsExactly("10.0.0.2:8080");
  }

  @Test
  void expressionsMatchTheWholeText() {
    var rules =
        rules(
            """
            - match: [{uri: {regex: "/v[0-9]"}, headers: {x-a: {regex: "b+"}}}]
              route: [{destination: {host: web.example.org}}]
            """);

    assertThat(decide(Request.get(HOST, 80, "/v1").withHeader("x-a", "bb"), ENTRY, rules))
        .isInstanceOf(Routed.class);
    assertThat(decide(Request.get(HOST, 80, "/v11").withHeader("x-a", "bb"), ENTRY, rules))
        .isEqualTo(new Outcome.NotFound());
    assertThat(decide(Request.get(HOST, 80, "/v1").withHeader("x-a", "bbc"), ENTRY, rules))
        .isEqualTo(new Outcome.NotFound());
  }

  @Test
  void whatIsDoneToHeadersPathAndHostIsSeenBehind() {
    var rules =
        rules(
            """
            - match: [{uri: {prefix: /old/}}]
              rewrite: {uri: /new/, authority: inner.example.org}
              headers:
                request: {set: {x-a: "1"}, add: {x-b: "2"}, remove: [x-c]}
                response: {set: {server: none}}
              route: [{destination: {host: web.example.org}}]
            """);

    var delivery =
        routed(
                Request.get(HOST, 80, "/old/page")
                    .withHeader("x-b", "1")
                    .withHeader("x-c", "1")
                    .answeredWith("server", "web"),
                ENTRY,
                rules)
            .only();

    assertThat(delivery.path()).isEqualTo("/new/page");
    assertThat(delivery.authority()).isEqualTo("inner.example.org");
    assertThat(delivery.headers()).isEqualTo(Map.of("x-a", List.of("1"), "x-b", List.of("1", "2")));
    assertThat(delivery.answer()).isEqualTo(Map.of("server", List.of("none")));
  }

  @Test
  void anExpressionRewritesEveryPartThatMatches() {
    var rules =
        rules(
            """
            - rewrite: {uriRegexRewrite: {match: "/([a-z])[0-9]", rewrite: "/\\\\1"}}
              route: [{destination: {host: web.example.org}}]
            """);

    assertThat(routed(Request.get(HOST, 80, "/a1/b2"), ENTRY, rules).only().path())
        .isEqualTo("/a/b");
  }

  @Test
  void redirectsKeepWhatTheyDoNotGive() {
    var rules =
        rules(
            """
            - match: [{uri: {exact: /all}}]
              redirect: {scheme: https, authority: b.org, port: 8443, uri: /x, redirectCode: 308}
            - match: [{uri: {exact: /host}}]
              redirect: {authority: b.org}
            - redirect: {scheme: https}
            """);

    assertThat(decide(Request.get(HOST, 80, "/all"), ENTRY, rules))
        .isEqualTo(new Outcome.Redirected(308, "https", "b.org", 8443, "/x"));
    assertThat(decide(Request.get(HOST, 80, "/host"), ENTRY, rules))
        .isEqualTo(new Outcome.Redirected(301, "http", "b.org", 80, "/host"));
    assertThat(decide(Request.get(HOST, 80, "/rest"), ENTRY, rules))
        .isEqualTo(new Outcome.Redirected(301, "https", "", 443, "/rest"));
  }

  @Test
  void faultsMirrorsAndDirectAnswersAreTold() {
    var rules =
        rules(
            """
            - match: [{uri: {exact: /gone}}]
              directResponse: {status: 410, body: {string: gone}}
            - match: [{uri: {exact: /never}}]
              fault: {abort: {httpStatus: 503, percentage: {value: 100}}}
              route: [{destination: {host: web.example.org}}]
            - fault: {delay: {fixedDelay: 2s, percentage: {value: 12.5}}}
              mirror: {host: web.example.org, subset: two}
              mirrorPercentage: {value: 10}
              route: [{destination: {host: web.example.org, subset: one}}]
            """);

    assertThat(decide(Request.get(HOST, 80, "/gone"), ENTRY, rules))
        .isEqualTo(new Outcome.Answered("410", "gone"));
    assertThat(decide(Request.get(HOST, 80, "/never"), ENTRY, rules))
        .isEqualTo(new Outcome.Answered("503", ""));
    var routed = routed(Request.get(HOST, 80, "/"), ENTRY, rules);
    assertThat(routed.faults()).isEqualTo(Map.of("delay PT2S", Fraction.of(1, 8)));
    assertThat(routed.mirrors()).isEqualTo(Map.of("10.0.0.2:8080", Fraction.of(1, 10)));
  }

  @Test
  void retriesAreThoseThatTheRuleAsksFor() {
    var rules =
        rules(
            """
            - match: [{uri: {exact: /never}}]
              retries: {attempts: 0}
              route: [{destination: {host: web.example.org}}]
            - retries: {attempts: 3, perTryTimeout: 250ms, retryOn: "gateway-error,429,cancelled"}
              route: [{destination: {host: web.example.org}}]
            """);

    assertThat(routed(Request.get(HOST, 80, "/never"), ENTRY, rules).retries())
        .isEqualTo(Retries.NEVER);
    var asked = routed(Request.get(HOST, 80, "/"), ENTRY, rules);
    assertThat(asked.retries().attempts()).isEqualTo(3);
    assertThat(asked.retries().statuses()).containsExactly(429, 502, 503, 504);
    assertThat(asked.retries().codes()).isEmpty();
    assertThat(asked.tryTimeout()).contains(Duration.ofMillis(250));
    var called = routed(Request.grpc(HOST, 80, "/shop.Web/Get"), ENTRY, rules);
    assertThat(called.retries().codes()).containsExactly("cancelled");
    assertThat(called.retries().statuses()).isEmpty();
  }

  @Test
  void rulesForOtherClientsAreNotThere() {
    var rules =
        rules(
            """
            - match: [{sourceNamespace: test, uri: {prefix: /}}]
              route: [{destination: {host: web.example.org, subset: two}}]
            """);
    var request = Request.get(HOST, 80, "/");

    assertThat(endpoints(request, ENTRY, rules)).containsExactly(BOTH);
    assertThat(endpoints(request.from(new Client("test", new TreeMap<>())), ENTRY, rules))
        .containsExactly("10.0.0.2:8080");
  }

  @Test
  void aDelegateInheritsAndIsLeftOutWhereItContradicts() {
    var documents =
        """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: web, namespace: shop}
        spec:
          hosts: [web.example.org]
          http:
          - match: [{uri: {prefix: /a}}]
            timeout: 4s
            delegate: {name: inner}
          - route: [{destination: {host: web.example.org, subset: two}}]
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: inner, namespace: shop}
        spec:
          http:
          - match: [{uri: {prefix: /a/b}}]
            route: [{destination: {host: web.example.org, subset: one}}]
          - match: [{uri: {prefix: /c}}]
            route: [{destination: {host: web.example.org, subset: one}}]
        """;

    var inside = routed(Request.get(HOST, 80, "/a/b"), ENTRY, documents);
    assertThat(inside.endpoints()).containsOnlyKeys("10.0.0.1:8080");
    assertThat(inside.timeout()).contains(Duration.ofSeconds(4));
    assertThat(endpoints(Request.get(HOST, 80, "/c"), ENTRY, documents))
        .containsExactly("10.0.0.2:8080");
  }

  @Test
  void connectionsAreRoutedByRulesForTcpAlone() {
    var rules =
        """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: web, namespace: shop}
        spec:
          hosts: [web.example.org]
          http:
          - directResponse: {status: 410}
          tcp:
          - match: [{port: 9000}]
            route:
            - {destination: {host: web.example.org, subset: one, port: {number: 9000}}, weight: 25}
            - {destination: {host: web.example.org, subset: two, port: {number: 9000}}, weight: 75}
        """;

    assertThat(routed(Request.get(HOST, 9000, "/"), ENTRY, rules).endpoints())
        .isEqualTo(Map.of("10.0.0.1:9001", Fraction.of(1, 4), "10.0.0.2:9001", Fraction.of(3, 4)));
  }

  @Test
  void podsOfAServiceFormSubsets() {
    var service =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec: {ports: [{name: http, port: 80}]}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
        addressType: IPv4
        ports: [{name: http, port: 8080}]
        endpoints:
        - {addresses: [10.0.0.1], targetRef: {kind: Pod, name: one}}
        - {addresses: [10.0.0.2], targetRef: {kind: Pod, name: two}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: one, namespace: shop, labels: {version: v1}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: two, namespace: shop, labels: {version: v2}}
        ---
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: web, namespace: shop}
        spec: {host: web, subsets: [{name: one, labels: {version: v1}}]}
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: web, namespace: shop}
        spec:
          hosts: [web]
          http: [{route: [{destination: {host: web, subset: one}}]}]
        """;

    assertThat(endpoints(Request.get("web.shop.svc.cluster.local", 80, "/"), service))
        .containsExactly("10.0.0.1:8080");
  }

  @Test
  void routesOfTheGatewayApiAreAskedInTheOrderOfTheirPrecedence() {
    var route =
        route(
            "shop",
            """
            - matches: [{path: {type: RegularExpression, value: "/a.*"}}]
              backendRefs: [{name: web, port: 80}]
            - timeouts: {request: 9s, backendRequest: 2s}
              backendRefs: [{name: web, port: 80}]
            - matches: [{path: {type: Exact, value: /a/b}}]
              backendRefs: [{name: other, port: 80}]
            """);
    var host = "web.shop.svc.cluster.local";

    assertThat(endpoints(Request.get(host, 80, "/a/b"), SERVICES, route))
        .containsExactly("10.0.0.2:8080");
    // The prefix of all paths goes before an expression.
    var rest = routed(Request.get(host, 80, "/a/c"), SERVICES, route);
    assertThat(rest.endpoints()).containsOnlyKeys("10.0.0.1:8080");
    // Without retries, the timeout of a try is that of the request.
    assertThat(rest.timeout()).contains(Duration.ofSeconds(2));
  }

  @Test
  void routesInTheNamespaceOfTheClientTakeThePlaceOfThoseInTheServices() {
    var producer = route("shop", "- backendRefs: [{name: web, port: 80}]");
    var consumer =
        route(
            "test",
            """
            - matches: [{path: {type: PathPrefix, value: /a}}]
              backendRefs: [{name: other, namespace: shop, port: 80}]
            """);
    var request = Request.get("web.shop.svc.cluster.local", 80, "/a/b");
    var client = new Client("test", new TreeMap<>());

    assertThat(endpoints(request, SERVICES, producer, consumer)).containsExactly("10.0.0.1:8080");
    assertThat(endpoints(request.from(client), SERVICES, producer, consumer))
        .containsExactly("10.0.0.2:8080");
    assertThat(
            decide(
                Request.get("web.shop.svc.cluster.local", 80, "/ab").from(client),
                SERVICES,
                producer,
                consumer))
        .isEqualTo(new Outcome.NotFound());
  }

  @Test
  void theRulesThatWereAskedAndThoseThatWouldHaveTakenItAreNamed() {
    var rules =
        rules(
            """
            - match: [{uri: {exact: /a}}]
              route: [{destination: {host: web.example.org}}]
            - match: [{uri: {exact: /b}}]
              route: [{destination: {host: web.example.org}}]
            - match: [{uri: {exact: /c}}]
              route: [{destination: {host: web.example.org}}]
            - route: [{destination: {host: web.example.org}}]
            """);

    assertThat(reference(ENTRY, rules).decide(Request.get(HOST, 80, "/b")).causes())
        .filteredOn(cause -> cause.kind().equals("VirtualService"))
        .extracting(Cause::path)
        .containsExactly("spec.http[0]", "spec.http[1]", "spec.http[3]");
  }

  private static String service(String name, String address) {
    return """
    apiVersion: v1
    kind: Service
    metadata: {name: %1$s, namespace: shop}
    spec: {ports: [{name: http, port: 80}]}
    ---
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata: {name: %1$s-1, namespace: shop, labels: {kubernetes.io/service-name: %1$s}}
    addressType: IPv4
    ports: [{name: http, port: 8080}]
    endpoints: [{addresses: [%2$s]}]
    """
        .formatted(name, address);
  }

  private static String route(String namespace, String rules) {
    return """
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata: {name: web, namespace: %s}
    spec:
      parentRefs: [{group: "", kind: Service, name: web, namespace: shop}]
      rules:
    """
            .formatted(namespace)
        + rules.indent(2);
  }

  private static String rules(String http) {
    return """
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: web, namespace: shop}
    spec:
      hosts: [web.example.org]
      http:
    """
        + http.indent(2);
  }

  private static Iterable<String> endpoints(Request request, String... documents) {
    return routed(request, documents).endpoints().keySet();
  }

  private static Routed routed(Request request, String... documents) {
    return (Routed) decide(request, documents);
  }

  private static Outcome decide(Request request, String... documents) {
    return reference(documents).decide(request).outcome();
  }

  private static IstioReference reference(String... documents) {
    return IstioReference.of(Yaml.documents(documents));
  }
}
