package io.meshbridge.testkit.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.testkit.reference.Outcome.Routed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsulReferenceTest {
  private static final String WEB =
      instance("web", "10.0.0.1", "v1", "passing")
          + "---\n"
          + instance("web", "10.0.0.2", "v2", "warning")
          + "---\n"
          + instance("web", "10.0.0.3", "v3", "critical");

  private static final String HTTP = "{Kind: service-defaults, Name: web, Protocol: http}";

  private static final String SUBSETS =
      """
      Kind: service-resolver
      Name: web
      Subsets:
        one: {Filter: 'Service.Meta.version == "v1"'}
        two: {Filter: 'Service.Meta.version == "v2"'}
        well: {OnlyPassing: true}
      """;

  @Test
  void withoutEntriesBytesGoToAllThatServe() {
    var routed = routed(request("/"), WEB);

    assertThat(routed.endpoints()).containsOnlyKeys("10.0.0.1:8080,10.0.0.2:8080");
    assertThat(routed.timeout()).isEmpty();
  }

  @Test
  void requestsAreCutAfterFifteenSecondsAndTriedOnce() {
    var routed = routed(request("/"), WEB, HTTP);

    assertThat(routed.timeout()).contains(Duration.ofSeconds(15));
    assertThat(routed.retries()).isEqualTo(Retries.never(true));
  }

  @Test
  void theFirstRouteThatMatchesTakesTheRequestAndTheRestGoesToTheService() {
    var router =
        router(
            """
            - Match: {HTTP: {PathPrefix: /foo}}
              Destination: {ServiceSubset: one, RequestTimeout: 3s}
            - Match: {HTTP: {PathExact: /foo/bar}}
              Destination: {ServiceSubset: two}
            """);

    for (String path : List.of("/foo", "/foobar", "/foo/bar")) {
      var routed = routed(request(path), WEB, HTTP, SUBSETS, router);
      assertThat(routed.endpoints()).containsOnlyKeys("10.0.0.1:8080");
      assertThat(routed.timeout()).contains(Duration.ofSeconds(3));
    }
    var rest = routed(request("/"), WEB, HTTP, SUBSETS, router);
    assertThat(rest.endpoints()).containsOnlyKeys("10.0.0.1:8080,10.0.0.2:8080");
    assertThat(rest.timeout()).contains(Duration.ofSeconds(15));
  }

  @Test
  void routersAndSplittersOfOtherProtocolsCountForNothing() {
    var router = router("- Destination: {ServiceSubset: one}");

    assertThat(routed(request("/"), WEB, SUBSETS, router).endpoints())
        .containsOnlyKeys("10.0.0.1:8080,10.0.0.2:8080");
  }

  @Test
  void headersMethodsAndQueryMustAllMatch() {
    var router =
        router(
            """
            - Match:
                HTTP:
                  Methods: [GET, PUT]
                  Header: [{Name: x-a, Regex: "b+"}, {Name: x-b, Present: true, Invert: true}]
                  QueryParam: [{Name: q, Exact: "1"}]
              Destination: {ServiceSubset: one}
            """);
    var request = request("/").withHeader("x-a", "bb").withQuery("q", "1");

    assertThat(endpoints(request, router)).containsExactly("10.0.0.1:8080");
    assertThat(endpoints(request.withMethod("POST"), router)).doesNotContain("10.0.0.1:8080");
    assertThat(endpoints(request.withHeader("x-b", ""), router)).doesNotContain("10.0.0.1:8080");
    assertThat(endpoints(request.withHeader("x-a", "bc"), router)).doesNotContain("10.0.0.1:8080");
    assertThat(endpoints(request.withQuery("q", "2"), router)).doesNotContain("10.0.0.1:8080");
  }

  @Test
  void anInvertedConditionDoesNotHoldForAHeaderThatIsMissing() {
    var router =
        router(
            """
            - Match: {HTTP: {Header: [{Name: x-a, Exact: b, Invert: true}]}}
              Destination: {ServiceSubset: one}
            """);

    assertThat(endpoints(request("/").withHeader("x-a", "c"), router))
        .containsExactly("10.0.0.1:8080");
    assertThat(endpoints(request("/"), router)).doesNotContain("10.0.0.1:8080");
  }

  @Test
  void splittersSplitWhatSplittersGiveThem() {
    var splitters =
        """
        {Kind: service-splitter, Name: web, Splits: [
          {Weight: 90, ServiceSubset: one}, {Weight: 10, Service: canary}]}
        ---
        {Kind: service-splitter, Name: canary, Splits: [
          {Weight: 50, Service: web, ServiceSubset: one},
          {Weight: 50, Service: web, ServiceSubset: two,
           RequestHeaders: {Set: {x-a: "1"}}}]}
        """;

    var routed = routed(request("/"), WEB, HTTP, SUBSETS, splitters);

    assertThat(routed.endpoints())
        .isEqualTo(
            Map.of("10.0.0.1:8080", Fraction.of(19, 20), "10.0.0.2:8080", Fraction.of(1, 20)));
    assertThat(routed.shares().keySet())
        .extracting(delivery -> delivery.headers().keySet().toString())
        .containsExactly("[]", "[x-a]");
  }

  @Test
  void resolversRedirectAndHaveADefaultSubsetAndFailOver() {
    var redirect = "{Kind: service-resolver, Name: old, Redirect: {Service: web}}";
    var usual = SUBSETS + "DefaultSubset: two\n";

    assertThat(routed(Request.get("old", 0, "/"), WEB, SUBSETS, redirect).endpoints())
        .containsOnlyKeys("10.0.0.1:8080,10.0.0.2:8080");
    assertThat(routed(Request.get("old", 0, "/"), WEB, usual, redirect).endpoints())
        .containsOnlyKeys("10.0.0.2:8080");
    var failover =
        SUBSETS.replace("v1\"'}", "v9\"'}")
            + "Failover: {one: {ServiceSubset: two}}\nDefaultSubset: one\n";
    assertThat(routed(request("/"), WEB, failover).endpoints()).containsOnlyKeys("10.0.0.2:8080");
  }

  @Test
  void aSubsetMayWantOnlyWhatPasses() {
    var router = router("- Destination: {ServiceSubset: well}");

    assertThat(endpoints(request("/"), router)).containsExactly("10.0.0.1:8080");
  }

  @Test
  void aChainWithASubsetThatNobodyDefinesDoesNotCompile() {
    var router =
        router(
            """
            - Match: {HTTP: {PathExact: /a}}
              Destination: {ServiceSubset: four}
            """);

    assertThat(decide(request("/b"), WEB, HTTP, SUBSETS, router))
        .isEqualTo(new Outcome.NoEndpoints());
  }

  @Test
  void whatIsDoneToHeadersAndPathIsSeenBehind() {
    var router =
        router(
            """
            - Match: {HTTP: {PathPrefix: /old/}}
              Destination:
                PrefixRewrite: /new/
                RequestHeaders: {Add: {x-a: "2"}, Set: {x-b: "3"}, Remove: [x-c]}
                ResponseHeaders: {Remove: [server]}
            """);

    var delivery =
        routed(
                request("/old/page")
                    .withHeader("x-a", "1")
                    .withHeader("x-c", "1")
                    .answeredWith("server", "web"),
                WEB,
                HTTP,
                router)
            .only();

    assertThat(delivery.path()).isEqualTo("/new/page");
    assertThat(delivery.headers()).isEqualTo(Map.of("x-a", List.of("1", "2"), "x-b", List.of("3")));
    assertThat(delivery.answer()).isEmpty();
  }

  @Test
  void retriesAreThoseThatTheRouteAsksFor() {
    var router =
        router(
            """
            - Match: {HTTP: {PathExact: /codes}}
              Destination: {RetryOnStatusCodes: [429], RetryOnConnectFailure: true}
            - Match: {HTTP: {PathExact: /number}}
              Destination: {NumRetries: 4}
            - Destination: {NumRetries: 3, RetryOn: [5xx, unavailable], RequestTimeout: -1s}
            """);

    var codes = routed(request("/codes"), WEB, HTTP, router).retries();
    assertThat(codes.attempts()).isEqualTo(1);
    assertThat(codes.statuses()).containsExactly(429);
    assertThat(codes.connection()).containsExactly("connect-failure");
    assertThat(routed(request("/number"), WEB, HTTP, router).retries().attempts()).isZero();
    var words = routed(request("/"), WEB, HTTP, router);
    assertThat(words.retries().attempts()).isEqualTo(3);
    assertThat(words.retries().statuses()).hasSize(100);
    assertThat(words.timeout()).isEmpty();
  }

  @Test
  void resourcesOfKubernetesSayTheSame() {
    var resources =
        """
        apiVersion: consul.hashicorp.com/v1alpha1
        kind: ServiceDefaults
        metadata: {name: web}
        spec: {protocol: http}
        ---
        apiVersion: consul.hashicorp.com/v1alpha1
        kind: ServiceRouter
        metadata: {name: web}
        spec:
          routes:
          - match: {http: {pathExact: /a}}
            destination: {serviceSubset: two, requestTimeout: 2s}
        """;

    var routed = routed(request("/a"), WEB, SUBSETS, resources);

    assertThat(routed.endpoints()).containsOnlyKeys("10.0.0.2:8080");
    assertThat(routed.timeout()).contains(Duration.ofSeconds(2));
  }

  private static String instance(String service, String address, String version, String status) {
    return """
    Node: %2$s
    Address: %2$s
    Service: {ID: %1$s-%2$s, Service: %1$s, Port: 8080, Meta: {version: %3$s}}
    Checks: [{Status: %4$s}]
    """
        .formatted(service, address, version, status);
  }

  private static String router(String routes) {
    return "Kind: service-router\nName: web\nRoutes:\n" + routes;
  }

  private static Request request(String path) {
    return Request.get("web", 0, path);
  }

  private static Iterable<String> endpoints(Request request, String router) {
    return routed(request, WEB, HTTP, SUBSETS, router).endpoints().keySet();
  }

  private static Routed routed(Request request, String... documents) {
    return (Routed) decide(request, documents);
  }

  private static Outcome decide(Request request, String... documents) {
    return ConsulReference.of(Yaml.documents(documents)).decide(request).outcome();
  }
}
