package io.meshbridge.adapter.kubernetes.gatewayapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.meshbridge.adapter.kubernetes.KubeObject;
import io.meshbridge.adapter.kubernetes.Problems;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.adapter.kubernetes.ServiceFacts;
import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.L4Rule;
import io.meshbridge.model.traffic.NamedMatch;
import io.meshbridge.model.traffic.PathChange;
import io.meshbridge.model.traffic.PathMatch;
import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.TextMatch;
import io.meshbridge.model.traffic.Timeouts;
import io.meshbridge.model.traffic.WeightedBackend;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServiceRoutesTest {
  private static final MeshId MESH = new MeshId("here");
  private static final ResourceKey WEB = new ResourceKey("shop", "web");

  @Test
  void readsMatchesFiltersBackendsAndTimeouts() {
    var rule =
        only(
            istio(
                route(
                    """
                    rules:
                    - name: main
                      matches:
                      - path: {type: PathPrefix, value: /api}
                        method: GET
                        headers: [{name: X-Team, value: blue}]
                        queryParams: [{name: v, type: RegularExpression, value: "[0-9]+"}]
                      filters:
                      - {type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: A, value: b}], remove: [C]}}
                      - {type: RequestMirror, requestMirror: {backendRef: {name: shadow, port: 80}, percent: 25}}
                      backendRefs:
                      - {name: web, port: 80, weight: 9}
                      - {name: web-v2, port: 8080, weight: 1}
                      timeouts: {request: 3s, backendRequest: 1s}
                      retry: {attempts: 3}
                    """)));

    assertThat(rule.name()).isEqualTo("main");
    var match = rule.matches().getFirst();
    assertThat(match.path()).contains(PathMatch.segmentPrefix("/api"));
    assertThat(match.method()).contains(TextMatch.exact("GET"));
    assertThat(match.headers()).containsExactly(NamedMatch.is("x-team", TextMatch.exact("blue")));
    assertThat(match.query()).containsExactly(NamedMatch.is("v", TextMatch.regex("[0-9]+")));
    assertThat(rule.filters().getLast())
        .isEqualTo(
            new HttpFilter.Mirror(
                new BackendRef(Optional.of(key("shadow")), "", OptionalInt.of(80)),
                BigDecimal.valueOf(25)));
    assertThat(rule.backends())
        .containsExactly(
            new WeightedBackend(BackendRef.SELF, 9, List.of()),
            new WeightedBackend(
                new BackendRef(Optional.of(key("web-v2")), "", OptionalInt.of(8080)),
                1,
                List.of()));
    assertThat(rule.timeouts().request()).contains(Duration.ofSeconds(3));
    assertThat(rule.timeouts().backendRequest()).contains(Duration.ofSeconds(1));
  }

  @Test
  void remembersForEachFieldWhereItWasDeclared() {
    var rule =
        only(
            istio(
                route(
                    """
                    rules:
                    - matches: [{path: {value: /a}}, {headers: [{name: h, value: v}]}]
                      backendRefs: [{name: web, port: 80, weight: 1}]
                      timeouts: {request: 1s}
                    """)));

    assertThat(rule.sources().of("matches[1].headers[0]"))
        .extracting(ref -> ref.path())
        .containsExactlyInAnyOrder(
            "spec.rules[0].matches[1].headers[0].name",
            "spec.rules[0].matches[1].headers[0].value");
    assertThat(rule.sources().of("timeouts.request"))
        .extracting(ref -> ref.object() + " " + ref.path())
        .containsExactly("HTTPRoute shop/r spec.rules[0].timeouts.request");
    assertThat(rule.sources().of(""))
        .extracting(ref -> ref.path())
        .contains("spec.parentRefs[0].name", "spec.rules[0].backendRefs[0].weight");
  }

  @Test
  void putsRulesIntoTheOrderOfTheirPrecedence() {
    var rules =
        istio(
                route(
                    """
                    rules:
                    - {name: regex, matches: [{path: {type: RegularExpression, value: /a.*}}]}
                    - {name: all}
                    - {name: long, matches: [{path: {value: /a/b}}]}
                    - {name: header, matches: [{path: {value: /a/b}, headers: [{name: h, value: v}]}]}
                    - {name: method, matches: [{path: {value: /a/b}, method: GET}]}
                    - {name: exact, matches: [{path: {type: Exact, value: /a}}]}
                    """))
            .http();

    assertThat(rules)
        .extracting(HttpRule::name)
        .containsExactly("exact", "method", "header", "long", "all", "regex");
  }

  @Test
  void linkerdAsksARegularExpressionBeforeEveryPrefix() {
    var rules =
        linkerd(
                route(
                    """
                    rules:
                    - {name: prefix, matches: [{path: {value: /a/b/c}}]}
                    - {name: regex, matches: [{path: {type: RegularExpression, value: /a.*d}}]}
                    """))
            .http();

    assertThat(rules).extracting(HttpRule::name).containsExactly("regex", "prefix");
  }

  @Test
  void aRuleStandsTwiceIfAnotherComesBetweenItsMatches() {
    var rules =
        istio(
                route(
                    """
                    rules:
                    - {name: one, matches: [{path: {value: /}}, {path: {type: Exact, value: /a}}]}
                    - {name: two, matches: [{path: {value: /a}}]}
                    """))
            .http();

    assertThat(rules).extracting(HttpRule::name).containsExactly("one", "two", "one");
    assertThat(rules.getFirst().matches())
        .extracting(HttpMatch::path)
        .containsExactly(Optional.of(PathMatch.exact("/a")));
    assertThat(rules.getLast().sources().of("matches[0].path"))
        .extracting(ref -> ref.path())
        .containsExactly("spec.rules[0].matches[0].path.value");
  }

  @Test
  void theOldestRouteWinsThenTheFirstByName() {
    var young = created(route("b", "rules: [{name: young}]"), "2026-02-01T00:00:00Z");
    var old = created(route("c", "rules: [{name: old}]"), "2026-01-01T00:00:00Z");
    var alsoOld = created(route("a", "rules: [{name: first}]"), "2026-01-01T00:00:00Z");

    assertThat(istio(young, old, alsoOld).http())
        .extracting(HttpRule::name)
        .containsExactly("first", "old", "young");
  }

  @Test
  void aRouteOfAnotherNamespaceIsForItsOwnClients() {
    var consumer =
        Route.of(
            object(
                """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: mine, namespace: games}
                spec:
                  parentRefs: [{group: "", kind: Service, name: web, namespace: shop}]
                  rules: [{name: mine, matches: [{path: {value: /a}}]}]
                """),
            RouteKind.HTTP);
    var producer = route("rules: [{name: all, matches: [{path: {value: /a/b}}]}]");

    assertThat(istio(producer, consumer).http())
        .extracting(rule -> rule.name() + "@" + clientOf(rule))
        .containsExactly("mine@games", "@games", "all@");
    assertThat(istio(producer, consumer).http().get(1).filters())
        .containsExactly(new HttpFilter.DirectResponse(404, ""));
    assertThat(linkerd(producer, consumer).http())
        .extracting(rule -> rule.name() + "@" + clientOf(rule))
        .containsExactly("all@", "mine@games");
  }

  @Test
  void aRuleWithoutBackendsMeansAnErrorOrTheServiceItself() {
    var bare = route("rules: [{matches: [{path: {value: /a}}]}]");

    assertThat(only(istio(bare)).backends()).isEmpty();
    assertThat(only(linkerd(bare)).backends())
        .containsExactly(WeightedBackend.only(BackendRef.SELF));
  }

  @Test
  void aFilterThatTheMeshRefusesCostsTheWholeRoute() {
    var service =
        linkerd(
            route(
                """
                rules:
                - {backendRefs: [{name: web, port: 80}]}
                - filters: [{type: URLRewrite, urlRewrite: {hostname: a.b}}]
                """));

    assertThat(service.http()).isEmpty();
    assertThat(service.losses())
        .extracting(Loss::path)
        .containsExactlyInAnyOrder(
            "spec.rules[1].filters[0].type", "spec.rules[1].filters[0].urlRewrite.hostname");
    assertThat(service.faults())
        .extracting(Diagnostic::severity)
        .containsOnly(Diagnostic.Severity.WARNING);
  }

  @Test
  void readsEveryFilterThatIstioKnows() {
    var filters =
        only(istio(
                route(
                    """
                        rules:
                        - filters:
                          - {type: URLRewrite, urlRewrite: {hostname: a.b, path: {type: ReplacePrefixMatch, replacePrefixMatch: /x}}}
                          - type: CORS
                            cors:
                              allowOrigins: ["https://*.example.com", "https://a.b"]
                              allowMethods: [GET]
                              allowHeaders: [a]
                              exposeHeaders: [b]
                              maxAge: 60
                              allowCredentials: true
                          - {type: RequestMirror, requestMirror: {backendRef: {name: web, port: 80}, fraction: {numerator: 1, denominator: 8}}}
                          - {type: ResponseHeaderModifier, responseHeaderModifier: {add: [{name: a, value: b}]}}
                        """)))
            .filters();

    assertThat(filters.getFirst())
        .isEqualTo(
            new HttpFilter.Rewrite(Optional.of("a.b"), Optional.of(new PathChange.Prefix("/x"))));
    assertThat(((HttpFilter.Cors) filters.get(1)).origins())
        .containsExactly(
            TextMatch.regex("https://.*\\.example\\.com"), TextMatch.exact("https://a.b"));
    assertThat(((HttpFilter.Mirror) filters.get(2)).percent()).isEqualByComparingTo("12.5");
  }

  @Test
  void readsCallsOfGrpcAsPaths() {
    var grpc =
        Route.of(
            object(
                """
                apiVersion: gateway.networking.k8s.io/v1
                kind: GRPCRoute
                metadata: {name: g, namespace: shop}
                spec:
                  parentRefs: [{group: "", kind: Service, name: web}]
                  rules:
                  - matches:
                    - {method: {method: Get}}
                    - {method: {service: a.B}}
                    - {method: {service: a.B, method: Get}}
                    - {headers: [{name: H, value: v}]}
                """),
            RouteKind.GRPC);

    var rule = only(linkerd(grpc));
    assertThat(rule.grpc()).isTrue();
    assertThat(rule.matches())
        .extracting(HttpMatch::path)
        .containsExactly(
            Optional.of(PathMatch.exact("/a.B/Get")),
            Optional.of(PathMatch.stringPrefix("/a.B/")),
            Optional.of(PathMatch.regex("/[^/]+/Get")),
            Optional.empty());
  }

  @Test
  void readsConnectionsOfTlsAndTcp() {
    var tls =
        Route.of(
            object(
                """
                apiVersion: gateway.networking.k8s.io/v1alpha2
                kind: TLSRoute
                metadata: {name: t, namespace: shop}
                spec:
                  parentRefs: [{group: "", kind: Service, name: web, port: 443}]
                  hostnames: [a.example.com, "*.b.example.com"]
                  rules: [{backendRefs: [{name: web-tls, port: 443}]}]
                """),
            RouteKind.TLS);
    var tcp =
        Route.of(
            object(
                """
                apiVersion: gateway.networking.k8s.io/v1alpha2
                kind: TCPRoute
                metadata: {name: c, namespace: shop}
                spec:
                  parentRefs: [{group: "", kind: Service, name: web, port: 443}]
                  rules: [{backendRefs: [{name: web, port: 443, weight: 1}]}]
                """),
            RouteKind.TCP);

    var rules =
        new ServiceRoutes(
                RouteDialect.ISTIO, KindChoice.ALL, key -> false, problem -> Location.of("x"))
            .read(
                target(port("http", 80), port("tls", 443)), List.of(tcp, tls), RuleCompletion.NONE)
            .l4();

    assertThat(rules).extracting(L4Rule::isTls).containsExactly(true, false, false);
    assertThat(rules.getFirst().serverNames()).containsExactly("a.example.com", "*.b.example.com");
    assertThat(rules)
        .extracting(L4Rule::port)
        .containsExactly(OptionalInt.of(443), OptionalInt.of(443), OptionalInt.of(80));
    assertThat(rules.get(1).backends()).containsExactly(WeightedBackend.only(BackendRef.SELF));
  }

  @Test
  void onlyTheKindsInEffectCountOnAPort() {
    var http = route("rules: [{backendRefs: [{name: web, port: 80}]}]");
    var grpc =
        Route.of(
            object(
                """
                apiVersion: gateway.networking.k8s.io/v1
                kind: GRPCRoute
                metadata: {name: g, namespace: shop}
                spec:
                  parentRefs: [{group: "", kind: Service, name: web, port: 80}]
                  rules: [{name: calls}]
                """),
            RouteKind.GRPC);
    KindChoice grpcFirst =
        (port, attached) ->
            attached.contains(RouteKind.GRPC) ? java.util.Set.of(RouteKind.GRPC) : attached;

    var service =
        new ServiceRoutes(
                RouteDialect.LINKERD, grpcFirst, key -> false, problem -> Location.of("x"))
            .read(target(port("a", 80), port("b", 81)), List.of(http, grpc), RuleCompletion.NONE);

    assertThat(service.http())
        .extracting(rule -> rule.grpc() + " " + rule.matches().getFirst().port().getAsInt())
        .containsExactly("false 81", "true 80");
  }

  @Test
  void aRetryOfTheApiIsReadOrTold() {
    var route =
        route(
            "rules: [{backendRefs: [{name: web, port: 80}], retry: {attempts: 3, codes: [503], backoff: 50ms}}]");

    assertThat(only(istio(route)).retry().map(Retry::attempts)).contains(3);
    assertThat(only(istio(route)).retry().map(Retry::statusCodes).orElseThrow())
        .containsExactly(503);
    assertThat(linkerd(route).losses())
        .extracting(Loss::path)
        .containsExactlyInAnyOrder(
            "spec.rules[0].retry.attempts",
            "spec.rules[0].retry.codes[0]",
            "spec.rules[0].retry.backoff");
  }

  @Test
  void istioBoundsTheRequestByItsOnlyTry() {
    var routes = route("rules: [{timeouts: {request: 9s, backendRequest: 2s}}]");

    assertThat(only(istio(routes)).timeouts())
        .isEqualTo(
            new Timeouts(Optional.of(Duration.ofSeconds(2)), Optional.empty(), Optional.empty()));
    assertThat(istio(routes).losses())
        .extracting(Loss::path)
        .containsExactly("spec.rules[0].timeouts.request");
  }

  @Test
  void aRedirectThatNamesASchemeLeadsToItsUsualPortInIstioAlone() {
    var routes =
        route(
            """
            rules:
            - filters:
              - type: RequestRedirect
                requestRedirect: {scheme: https, hostname: other.example.org}
            """);

    assertThat(redirectOf(istio(routes)).port()).hasValue(443);
    assertThat(redirectOf(linkerd(routes)).port()).isEmpty();
  }

  @Test
  void tellsWhatIsWrongAndReadsTheRest() {
    var service =
        istio(
            route(
                """
                rules:
                - matches: [{path: {type: RegularExpression, value: "/(?=a)"}}, {path: {value: /ok}}]
                  backendRefs: [{name: web, port: 80, weight: many}, {name: web}]
                  timeouts: {request: "5"}
                  tiemout: 3s
                """));

    assertThat(service.faults())
        .extracting(Diagnostic::path)
        .containsExactlyInAnyOrder(
            "spec.rules[0].matches[0].path.value",
            "spec.rules[0].backendRefs[0].weight",
            "spec.rules[0].backendRefs[1].port",
            "spec.rules[0].timeouts.request");
    assertThat(service.losses()).extracting(Loss::path).containsExactly("spec.rules[0].tiemout");
    assertThat(only(service).matches()).hasSize(1);
  }

  @Test
  void aRouteKeepsNothingThatTheServerCounts() {
    var text = "rules: [{name: a}]";
    var once = object(manifest("r", text));
    var content = new java.util.LinkedHashMap<>(once.content());
    content.put("status", Map.of("parents", List.of()));
    var again =
        new KubeObject(
            once.apiVersion(),
            once.kind(),
            once.key(),
            new KubeObject.Version(
                "u", "77", "", new java.util.TreeSet<>(), new java.util.TreeSet<>()),
            once.labels(),
            once.annotations(),
            content);

    assertThat(Route.of(again, RouteKind.HTTP)).isEqualTo(Route.of(once, RouteKind.HTTP));
  }

  @Test
  void parentsThatAreNoServicesAreTold() {
    var route =
        Route.of(
            object(
                """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: r, namespace: shop}
                spec:
                  parentRefs:
                  - {group: "", kind: Service, name: web}
                  - {name: front}
                  rules: [{backendRefs: [{name: web, port: 80}]}]
                """),
            RouteKind.HTTP);

    assertThat(route.otherParents()).extracting(Route.Parent::kind).containsExactly("Gateway");
    assertThat(istio(route).losses())
        .extracting(Loss::path)
        .containsExactly("spec.parentRefs[1].name");
  }

  private static RoutedService istio(Route... routes) {
    return read(RouteDialect.ISTIO, routes);
  }

  private static RoutedService linkerd(Route... routes) {
    return read(RouteDialect.LINKERD, routes);
  }

  private static RoutedService read(RouteDialect dialect, Route... routes) {
    return new ServiceRoutes(
            dialect, KindChoice.ALL, key -> false, problem -> Location.of(problem.object()))
        .read(target(port("http", 80)), List.of(routes), RuleCompletion.NONE);
  }

  private static RouteTarget target(ServiceFacts.Port... ports) {
    return new RouteTarget(MESH, WEB, List.of(ports));
  }

  private static ServiceFacts.Port port(String name, int number) {
    return new ServiceFacts.Port("spec.ports[0]", name, number, "TCP", "", "80");
  }

  private static HttpRule only(RoutedService service) {
    assertThat(service.http()).hasSize(1);
    return service.http().getFirst();
  }

  private static HttpFilter.Redirect redirectOf(RoutedService service) {
    return (HttpFilter.Redirect) only(service).filters().getFirst();
  }

  private static String clientOf(HttpRule rule) {
    return rule.matches().getFirst().client().namespace();
  }

  private static ServiceKey key(String name) {
    return new ServiceKey(MESH, "shop", name);
  }

  private static Route route(String spec) {
    return route("r", spec);
  }

  private static Route route(String name, String spec) {
    return Route.of(object(manifest(name, spec)), RouteKind.HTTP);
  }

  private static String manifest(String name, String spec) {
    return Stream.concat(
            Stream.of(
                "apiVersion: gateway.networking.k8s.io/v1",
                "kind: HTTPRoute",
                "metadata: {name: " + name + ", namespace: shop}",
                "spec:",
                "  parentRefs: [{group: \"\", kind: Service, name: web}]"),
            spec.lines().map(line -> "  " + line))
        .collect(Collectors.joining("\n"));
  }

  private static Route created(Route route, String time) {
    var object = route.object();
    return Route.of(
        new KubeObject(
            object.apiVersion(),
            object.kind(),
            object.key(),
            new KubeObject.Version(
                "", "", time, new java.util.TreeSet<>(), new java.util.TreeSet<>()),
            object.labels(),
            object.annotations(),
            object.content()),
        route.kind());
  }

  @SuppressWarnings("unchecked")
  private static KubeObject object(String yaml) {
    var content = (Map<String, Object>) new KubernetesSerialization().unmarshal(yaml, Map.class);
    return KubeObject.of(content, Problems.NONE).orElseThrow();
  }
}
