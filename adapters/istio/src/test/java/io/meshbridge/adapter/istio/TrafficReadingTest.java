package io.meshbridge.adapter.istio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Diagnostic.Severity;
import io.meshbridge.model.Loss;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.HashKey;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.LoadBalancing;
import io.meshbridge.model.traffic.NamedMatch;
import io.meshbridge.model.traffic.PathChange;
import io.meshbridge.model.traffic.PathMatch;
import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.RetryCondition;
import io.meshbridge.model.traffic.Subset;
import io.meshbridge.model.traffic.TextMatch;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.spi.Offer;
import io.meshbridge.spi.Reading;
import io.meshbridge.spi.Translator.Selection;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrafficReadingTest {
  private static final String WEB =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: shop, labels: {meshbridge.io/export: "true"}}
      spec:
        ports: [{name: http, port: 80, targetPort: 8080}]
      """;
  private static final String SLICE =
      """
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
      addressType: IPv4
      ports: [{name: http, port: 8080}]
      endpoints:
      - {addresses: [10.0.0.1], targetRef: {kind: Pod, name: web-a, namespace: shop}}
      - {addresses: [10.0.0.2], targetRef: {kind: Pod, name: web-b, namespace: shop}}
      """;
  private static final String PODS =
      """
      apiVersion: v1
      kind: List
      items:
      - apiVersion: v1
        kind: Pod
        metadata: {name: web-a, namespace: shop, labels: {app: web, version: v1}}
      - apiVersion: v1
        kind: Pod
        metadata: {name: web-b, namespace: shop, labels: {app: web, version: v2}}
      """;
  private static final String SUBSETS =
      """
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: web, namespace: shop}
      spec:
        host: web
        subsets:
        - {name: v1, labels: {version: v1}}
        - {name: v2, labels: {version: v2}}
      """;

  private static final String PARENTED =
      """
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata: {name: web, namespace: shop}
      spec:
        parentRefs: [{group: "", kind: Service, name: web, port: 80}]
        rules:
        - matches: [{path: {type: PathPrefix, value: /a}}]
          timeouts: {request: 2s}
          backendRefs: [{name: web, port: 80}]
      """;

  @Test
  void readsACanaryWithItsSubsetsAndTheLabelsOfThePods() {
    var offer =
        only(
            read(
                WEB,
                SLICE,
                PODS,
                SUBSETS,
                route(
                    """
                    - route:
                      - {destination: {host: web, subset: v1}, weight: 90}
                      - {destination: {host: web.shop.svc.cluster.local, subset: v2}, weight: 10}
                    """)));

    var rule = offer.traffic().http().getFirst();
    assertThat(rule.backends())
        .extracting(b -> b.ref(), b -> b.weight())
        .containsExactly(tuple(BackendRef.subset("v1"), 90), tuple(BackendRef.subset("v2"), 10));
    assertThat(offer.traffic().subsets()).extracting(Subset::name).containsExactly("v1", "v2");
    assertThat(offer.endpoints().endpoints())
        .extracting(e -> e.labels())
        .containsExactly(
            new java.util.TreeMap<>(Map.of("version", "v1")),
            new java.util.TreeMap<>(Map.of("version", "v2")));
    assertThat(offer.losses()).isEmpty();
  }

  @Test
  void tellsNobodyTheLabelsOfPodsThatNoSubsetLooksAt() {
    var offer = only(read(WEB, SLICE, PODS));

    assertThat(offer.endpoints().endpoints()).allSatisfy(e -> assertThat(e.labels()).isEmpty());
  }

  @Test
  void knowsOfEveryFieldWhereItStands() {
    var policy =
        policyOf(
            """
            - match:
              - uri: {prefix: /a}
                headers: {X-User: {exact: jo}}
              timeout: 3s
              retries: {attempts: 3, perTryTimeout: 1s, retryOn: "5xx,503"}
              route: [{destination: {host: web}}]
            """);

    assertThat(policy.sourcesOf("http[0].timeouts.request")).containsExactly(at("timeout"));
    assertThat(policy.sourcesOf("http[0].timeouts.backendRequest"))
        .containsExactly(at("retries.perTryTimeout"));
    assertThat(policy.sourcesOf("http[0].matches[0].path"))
        .containsExactly(at("match[0].uri.prefix"));
    assertThat(policy.sourcesOf("http[0].matches[0].headers[0]"))
        .containsExactly(at("match[0].headers.X-User.exact"));
    assertThat(policy.sourcesOf("http[0].retry.conditions")).containsExactly(at("retries.retryOn"));
    assertThat(policy.sourcesOf("http[0].backends[0].ref"))
        .containsExactly(at("route[0].destination.host"));
  }

  @Test
  void aRuleThatSaysNothingOfRetriesHasTheDefaultOfIstio() {
    var retry = ruleOf("- route: [{destination: {host: web}}]").retry().orElseThrow();

    assertThat(retry.implied()).isTrue();
    assertThat(retry.attempts()).isEqualTo(2);
    assertThat(retry.statusCodes()).isEmpty();
    assertThat(retry.conditions())
        .containsExactly(
            RetryCondition.CONNECT_FAILURE,
            RetryCondition.REFUSED_STREAM,
            RetryCondition.GRPC_CANCELLED,
            RetryCondition.GRPC_UNAVAILABLE);
  }

  @Test
  void readsRetriesAndTakesTheirDefaultsWhereTheySayNothing() {
    assertThat(retryOf("{attempts: 3}"))
        .satisfies(r -> assertThat(r.attempts()).isEqualTo(3))
        .satisfies(r -> assertThat(r.statusCodes()).isEmpty())
        .satisfies(r -> assertThat(r.implied()).isFalse());
    assertThat(retryOf("{attempts: 0}").attempts()).isZero();
    assertThat(retryOf("{attempts: 1, retryOn: \"gateway-error, 409\", backoff: 25ms}"))
        .satisfies(r -> assertThat(r.conditions()).containsExactly(RetryCondition.GATEWAY_ERROR))
        .satisfies(r -> assertThat(r.statusCodes()).containsExactly(409))
        .satisfies(r -> assertThat(r.backoff()).contains(Duration.ofMillis(25)));
  }

  @Test
  void aPrefixIsOneOfLetters() {
    var match = ruleOf("- {match: [{uri: {prefix: /foo}}], route: [{destination: {host: web}}]}");

    assertThat(match.matches().getFirst().path()).contains(PathMatch.stringPrefix("/foo"));
  }

  @Test
  void readsEveryKindOfMatch() {
    var match =
        ruleOf(
                """
                - match:
                  - uri: {exact: /Cart}
                    ignoreUriCase: true
                    method: {exact: GET}
                    authority: {prefix: www.}
                    scheme: {exact: https}
                    headers: {a: {}, b: {regex: "x.*"}, c: {regex: "*"}}
                    withoutHeaders: {d: {exact: no}, e: {}}
                    queryParams: {q: {prefix: z}}
                    port: 80
                    sourceNamespace: front
                    sourceLabels: {app: ui}
                  route: [{destination: {host: web}}]
                """)
            .matches()
            .getFirst();

    assertThat(match.path()).contains(new PathMatch(PathMatch.Kind.EXACT, "/Cart", true));
    assertThat(match.method()).contains(TextMatch.exact("GET"));
    assertThat(match.authority()).contains(TextMatch.prefix("www."));
    assertThat(match.scheme()).contains(TextMatch.exact("https"));
    assertThat(match.headers())
        .containsExactly(
            NamedMatch.is("a", TextMatch.PRESENT),
            NamedMatch.is("b", TextMatch.regex("x.*")),
            NamedMatch.is("c", TextMatch.PRESENT),
            new NamedMatch("d", TextMatch.exact("no"), true),
            new NamedMatch("e", TextMatch.PRESENT, true));
    assertThat(match.query()).containsExactly(NamedMatch.is("q", TextMatch.prefix("z")));
    assertThat(match.port()).hasValue(80);
    assertThat(match.client().namespace()).isEqualTo("front");
    assertThat(match.client().labels()).isEqualTo(Map.of("app", "ui"));
  }

  @Test
  void readsFiltersInTheOrderInWhichTheyAct() {
    var rule =
        ruleOf(
            """
            - match: [{uri: {prefix: /old}}]
              rewrite: {uri: /new, authority: inside}
              headers:
                request: {set: {X-A: "1"}, add: {x-b: "2"}, remove: [x-c]}
                response: {set: {x-d: "3"}}
              fault:
                delay: {fixedDelay: 2s, percentage: {value: 0.5}}
                abort: {httpStatus: 503, percentage: {value: 10}}
              mirror: {host: other}
              mirrorPercentage: {value: 25}
              corsPolicy:
                allowOrigins: [{exact: "*"}, {prefix: https://a}]
                allowMethods: [GET]
                maxAge: 24h
                allowCredentials: true
              route: [{destination: {host: web}}]
            """);

    assertThat(rule.filters())
        .extracting(filter -> filter.getClass().getSimpleName())
        .containsExactly(
            "Cors", "Delay", "Abort", "RequestHeaders", "Rewrite", "Mirror", "ResponseHeaders");
    assertThat(rule.filters().get(0))
        .isInstanceOfSatisfying(
            HttpFilter.Cors.class,
            cors -> {
              assertThat(cors.origins())
                  .containsExactly(TextMatch.PRESENT, TextMatch.prefix("https://a"));
              assertThat(cors.maxAge()).contains(Duration.ofHours(24));
            });
    assertThat(rule.filters().get(1))
        .isEqualTo(new HttpFilter.Delay(Duration.ofSeconds(2), new BigDecimal("0.5")));
    assertThat(rule.filters().get(4))
        .isEqualTo(
            new HttpFilter.Rewrite(
                Optional.of("inside"), Optional.of(new PathChange.Prefix("/new"))));
    assertThat(rule.filters().get(5))
        .isEqualTo(
            new HttpFilter.Mirror(
                BackendRef.service(new ServiceKey(Cluster.MESH.id(), "shop", "other")),
                new BigDecimal("25")));
  }

  @Test
  void splitsARuleWhereItsRewritingMeansTwoThings() {
    var rules =
        policyOf(
                """
                - match: [{uri: {prefix: /a}}, {uri: {exact: /b}}, {uri: {regex: "/c.*"}}]
                  rewrite: {uri: /x}
                  route: [{destination: {host: web}}]
                """)
            .http();

    assertThat(rules)
        .extracting(rule -> rule.filters())
        .containsExactly(
            List.of(
                new HttpFilter.Rewrite(Optional.empty(), Optional.of(new PathChange.Prefix("/x")))),
            List.of(
                new HttpFilter.Rewrite(Optional.empty(), Optional.of(new PathChange.Whole("/x")))));
    assertThat(rules.get(1).matches()).hasSize(2);
  }

  @Test
  void readsAnswersOfTheMeshItself() {
    assertThat(
            ruleOf("- redirect: {uri: /new, authority: b.example.com, redirectCode: 308}")
                .filters())
        .containsExactly(
            new HttpFilter.Redirect(
                Optional.empty(),
                Optional.of("b.example.com"),
                java.util.OptionalInt.of(80),
                Optional.of(new PathChange.Whole("/new")),
                308));
    assertThat(ruleOf("- directResponse: {status: 418, body: {string: tea}}").filters())
        .containsExactly(new HttpFilter.DirectResponse(418, "tea"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "authority: b.example.com | 80",
        "authority: b.example.com, scheme: https | 443",
        "authority: b.example.com, scheme: https, derivePort: FROM_PROTOCOL_DEFAULT | 443",
        "authority: b.example.com, derivePort: FROM_REQUEST_PORT | 0",
        "authority: b.example.com, port: 8443 | 8443",
        "scheme: https | 0"
      })
  void readsWhichPortARedirectLeadsTo(String redirect, int port) {
    assertThat(ruleOf("- redirect: {" + redirect + "}").filters())
        .singleElement()
        .isInstanceOfSatisfying(
            HttpFilter.Redirect.class, r -> assertThat(r.port().orElse(0)).isEqualTo(port));
  }

  @Test
  void givesTheRuleTheLastWordOverItsDestinationsAsEnvoyDoes() {
    var rule =
        ruleOf(
            """
            - headers: {request: {set: {x: rule}}}
              route:
              - destination: {host: web}
                weight: 50
                headers: {request: {set: {x: mine, y: mine}}}
              - {destination: {host: other}, weight: 50}
            """);

    assertThat(rule.filters()).isEmpty();
    assertThat(rule.backends().getFirst().filters())
        .singleElement()
        .isInstanceOfSatisfying(
            HttpFilter.RequestHeaders.class,
            headers ->
                assertThat(headers.change().set()).isEqualTo(Map.of("x", "rule", "y", "mine")));
  }

  @Test
  void flattensDelegatesAndGivesThemWhatTheirRootSays() {
    var root =
        route(
            """
            - match: [{uri: {prefix: /a}, headers: {h: {exact: v}}}]
              delegate: {name: below, namespace: team}
              timeout: 5s
            - route: [{destination: {host: web}}]
            """);
    var delegate =
        """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: below, namespace: team}
        spec:
          http:
          - match: [{uri: {prefix: /a/b}}]
            route: [{destination: {host: cart}}]
          - name: out
            match: [{uri: {prefix: /z}}]
            route: [{destination: {host: lost}}]
        """;

    var reading = read(WEB, root, delegate);

    var rules = only(reading).traffic().http();
    assertThat(rules).hasSize(2);
    var first = rules.getFirst();
    assertThat(first.matches().getFirst().path()).contains(PathMatch.stringPrefix("/a/b"));
    assertThat(first.matches().getFirst().headers())
        .containsExactly(NamedMatch.is("h", TextMatch.exact("v")));
    assertThat(first.timeouts().request()).contains(Duration.ofSeconds(5));
    assertThat(first.backends().getFirst().ref().service())
        .contains(new ServiceKey(Cluster.MESH.id(), "team", "cart"));
    assertThat(reading.diagnostics())
        .extracting(Diagnostic::severity, Diagnostic::path)
        .containsExactly(tuple(Severity.WARNING, "spec.http[1].name"));
    assertThat(only(reading).losses())
        .extracting(Loss::path)
        .contains("spec.http[1].route[0].destination.host");
  }

  @Test
  void aMissingDelegateCostsItsRuleAlone() {
    var reading =
        read(WEB, route("- {delegate: {name: gone}}\n- route: [{destination: {host: web}}]"));

    assertThat(only(reading).traffic().http()).hasSize(1);
    assertThat(reading.diagnostics())
        .extracting(Diagnostic::path)
        .containsExactly("spec.http[0].delegate.name");
  }

  @Test
  void whatComesInThroughGatewaysIsNotForCallersOfTheMesh() {
    var policy =
        policyOf(
            """
            - match: [{gateways: [edge], uri: {prefix: /e}}, {gateways: [mesh], uri: {prefix: /m}}]
              route: [{destination: {host: web}}]
            - match: [{gateways: [edge]}]
              route: [{destination: {host: web}}]
            """);

    assertThat(policy.http()).hasSize(1);
    assertThat(policy.http().getFirst().matches()).hasSize(1);
    var ingress =
        route("- route: [{destination: {host: web}}]")
            .replace("spec:", "spec:\n  gateways: [edge]");
    var reading = read(WEB, ingress);
    assertThat(only(reading).traffic()).isEqualTo(TrafficPolicy.NONE);
    assertThat(reading.diagnostics())
        .extracting(Diagnostic::severity, Diagnostic::path)
        .containsExactly(tuple(Severity.WARNING, "spec.gateways"));
  }

  @Test
  void takesTheOlderOfTwoForOneHost() {
    var younger =
        route("- route: [{destination: {host: other}}]")
            .replace("{name: web,", "{name: a, creationTimestamp: \"2026-02-01T00:00:00Z\",");
    var older =
        route("- route: [{destination: {host: web}}]")
            .replace("{name: web,", "{name: b, creationTimestamp: \"2026-01-01T00:00:00Z\",");

    var reading = read(WEB, younger, older);

    assertThat(only(reading).traffic().http().getFirst().backends().getFirst().ref())
        .isEqualTo(BackendRef.SELF);
    assertThat(reading.diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.message()).contains("VirtualService shop/b"));
  }

  @Test
  void aWildcardHoldsForWhatHasNoHostOfItsOwn() {
    var wide =
        route("- {timeout: 1s, route: [{destination: {host: web}}]}")
            .replace("hosts: [web]", "hosts: [\"*.shop.svc.cluster.local\"]");

    assertThat(only(read(WEB, wide)).traffic().http()).hasSize(1);
    assertThat(
            only(
                read(
                    WEB,
                    wide,
                    route("- route: [{destination: {host: web}}]")
                        .replace("{name: web,", "{name: own,"))))
        .satisfies(
            offer -> assertThat(offer.traffic().http().getFirst().timeouts().request()).isEmpty());
  }

  @Test
  void readsConnectionsByServerNameAndPort() {
    var policy =
        only(read(
                WEB,
                """
                    apiVersion: networking.istio.io/v1beta1
                    kind: VirtualService
                    metadata: {name: web, namespace: shop}
                    spec:
                      hosts: [web]
                      tls:
                      - match: [{port: 443, sniHosts: [a.example.com]}]
                        route: [{destination: {host: web, port: {number: 8443}}}]
                      tcp:
                      - match: [{port: 3306}, {port: 3307}]
                        route:
                        - {destination: {host: web}, weight: 25}
                        - {destination: {host: other}, weight: 75}
                    """))
            .traffic();

    assertThat(policy.l4())
        .extracting(rule -> rule.serverNames(), rule -> rule.port().orElse(0))
        .containsExactly(
            tuple(List.of("a.example.com"), 443), tuple(List.of(), 3306), tuple(List.of(), 3307));
    assertThat(policy.l4().getFirst().backends().getFirst().ref().port()).hasValue(8443);
  }

  @Test
  void readsHowEndpointsAreUsed() {
    var use =
        rule(
            """
            loadBalancer:
              consistentHash: {httpCookie: {name: user, ttl: 0s, path: /}, ringHash: {minimumRingSize: 64}}
              localityLbSetting: {failover: [{from: eu, to: us}], distribute: [{from: eu/*, to: {eu/*: 80, us/*: 20}}]}
              warmup: {duration: 30s}
            connectionPool:
              tcp: {maxConnections: 10, connectTimeout: 2s}
              http: {http1MaxPendingRequests: 5, http2MaxRequests: 6, maxRequestsPerConnection: 7, maxRetries: 8, idleTimeout: 1m}
            outlierDetection: {consecutive5xxErrors: 3, interval: 5s, baseEjectionTime: 1m, maxEjectionPercent: 50}
            portLevelSettings: [{port: {number: 80}, loadBalancer: {simple: RANDOM}}]
            tls: {mode: ISTIO_MUTUAL}
            """);

    var offer = only(read(WEB, use));
    var policy = offer.traffic().destination();

    assertThat(policy.loadBalancing())
        .hasValueSatisfying(
            way -> {
              assertThat(way.algorithm()).isEqualTo(LoadBalancing.Algorithm.RING_HASH);
              assertThat(way.hashKeys())
                  .containsExactly(new HashKey.Cookie("user", Optional.of(Duration.ZERO), "/"));
              assertThat(way.ringSize()).hasValue(64);
              assertThat(way.warmUp()).contains(Duration.ofSeconds(30));
            });
    assertThat(policy.locality())
        .hasValueSatisfying(
            places -> {
              assertThat(places.failover()).isEqualTo(Map.of("eu", "us"));
              assertThat(places.distribution().get("eu/*"))
                  .isEqualTo(Map.of("eu/*", 80, "us/*", 20));
            });
    assertThat(policy.limits().maxConnections()).hasValue(10);
    assertThat(policy.limits().maxRetries()).hasValue(8);
    assertThat(policy.limits().idleTimeout()).contains(Duration.ofMinutes(1));
    assertThat(policy.outliers())
        .hasValueSatisfying(o -> assertThat(o.baseEjection()).contains(Duration.ofMinutes(1)));
    assertThat(offer.traffic().ports().get(80).loadBalancing())
        .contains(LoadBalancing.by(LoadBalancing.Algorithm.RANDOM));
    assertThat(offer.losses())
        .extracting(Loss::path, Loss::outcome)
        .containsExactly(tuple("spec.trafficPolicy.tls.mode", Loss.Outcome.DROPPED));
  }

  @Test
  void aSubsetThatBalancesItselfDoesNotInheritThePlacesOfItsService() {
    var offer =
        only(
            read(
                WEB,
                """
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: web, namespace: shop}
                spec:
                  host: web
                  trafficPolicy: {loadBalancer: {localityLbSetting: {enabled: false}}}
                  subsets:
                  - {name: v1, trafficPolicy: {loadBalancer: {simple: RANDOM}}}
                """));

    assertThat(offer.traffic().subset("v1").orElseThrow().policy().locality())
        .hasValueSatisfying(places -> assertThat(places.enabled()).isEmpty());
  }

  @Test
  void aBudgetBoundsTheRulesThatRetryBecauseTheirOwnerSaidSo() {
    var budget = rule("retryBudget: {percent: 20, minRetryConcurrency: 3}\n");
    var asked = route("- {retries: {attempts: 2}, route: [{destination: {host: web}}]}");
    var silent = route("- route: [{destination: {host: web}}]");

    assertThat(budgetIn(read(WEB, budget, asked)))
        .hasValueSatisfying(
            bound -> assertThat(bound.percent()).isEqualByComparingTo(BigDecimal.valueOf(20)));
    assertThat(only(read(WEB, budget, silent)).losses())
        .extracting(Loss::path)
        .contains("spec.trafficPolicy.retryBudget.percent");
  }

  @Test
  void readsWhatNewerVersionsOfIstioSay() {
    var budget = rule("retryBudget: {budgetInterval: 10s}\n");
    var asked = route("- {retries: {attempts: 2}, route: [{destination: {host: web}}]}");
    var redirected = ruleOf("- {match: [{uri: {prefix: /old}}], redirect: {prefixRewrite: /new}}");

    assertThat(budgetIn(read(WEB, budget, asked)))
        .hasValueSatisfying(
            bound -> {
              assertThat(bound.percent()).isEqualByComparingTo(BigDecimal.valueOf(20));
              assertThat(bound.interval()).contains(Duration.ofSeconds(10));
            });
    assertThat(redirected.filters())
        .singleElement()
        .isInstanceOfSatisfying(
            HttpFilter.Redirect.class,
            redirect -> assertThat(redirect.path()).contains(new PathChange.Prefix("/new")));
    assertThat(
            only(read(
                    WEB,
                    rule(
                        """
                            loadBalancer: {zoneAwareLbSetting: {enabled: true}}
                            outlierDetection: {outlierDetectionHttpErrorCodes: [500]}
                            connectionPool: {http: {http2KeepAlive: {interval: 5s}}}
                            """)))
                .losses())
        .extracting(Loss::path)
        .containsExactlyInAnyOrder(
            "spec.trafficPolicy.loadBalancer.zoneAwareLbSetting.enabled",
            "spec.trafficPolicy.outlierDetection.outlierDetectionHttpErrorCodes[0]",
            "spec.trafficPolicy.connectionPool.http.http2KeepAlive.interval");
  }

  @Test
  void aRuleForClientsWithCertainLabelsIsNotForCallersOfOtherMeshes() {
    var some =
        rule("loadBalancer: {simple: RANDOM}\n")
            .replace("host: web", "host: web\n  workloadSelector: {matchLabels: {app: ui}}");

    var offer = only(read(WEB, some));

    assertThat(offer.traffic()).isEqualTo(TrafficPolicy.NONE);
    assertThat(offer.losses())
        .extracting(Loss::path)
        .containsExactly(
            "spec.workloadSelector.matchLabels.app", "spec.trafficPolicy.loadBalancer.simple");
  }

  @Test
  void mergesDestinationRulesOfOneHostAndFallsBackToTheRootNamespace() {
    var mesh =
        rule("loadBalancer: {simple: ROUND_ROBIN}\n")
            .replace("{name: web, namespace: shop}", "{name: all, namespace: istio-system}")
            .replace("host: web", "host: \"*.svc.cluster.local\"");

    assertThat(only(read(WEB, mesh)).traffic().destination().loadBalancing())
        .contains(LoadBalancing.by(LoadBalancing.Algorithm.ROUND_ROBIN));
    var own = only(read(WEB, mesh, SUBSETS));
    assertThat(own.traffic().destination().loadBalancing()).isEmpty();
    assertThat(own.traffic().subsets()).hasSize(2);
    var second = rule("loadBalancer: {simple: RANDOM}\n").replace("{name: web,", "{name: web-2,");
    var both = only(read(WEB, SUBSETS, second)).traffic();
    assertThat(both.subsets()).hasSize(2);
    assertThat(both.destination().loadBalancing()).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "timeout: 5 | spec.http[0].timeout | unit",
        "retries: {attempts: many} | spec.http[0].retries.attempts | whole number",
        "retries: {attempts: 1, retryOn: sometimes} | spec.http[0].retries.retryOn | sometimes",
        "fault: {abort: {httpStatus: 9, percentage: {value: 1}}} | spec.http[0].fault.abort.httpStatus | 200",
        "fault: {delay: {fixedDelay: 1s, percentage: {value: 101}}} | spec.http[0].fault.delay.percentage.value | 100"
      })
  void tellsWhatIsWrongWhereItStandsAndReadsTheRest(String field, String path, String message) {
    var reading = read(WEB, route("- " + field + "\n  route: [{destination: {host: web}}]"));

    assertThat(reading.diagnostics())
        .filteredOn(d -> d.severity() == Severity.ERROR)
        .singleElement()
        .satisfies(d -> assertThat(d.path()).isEqualTo(path))
        .satisfies(d -> assertThat(d.message()).contains(message));
    assertThat(only(reading).traffic().http()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "uri: {regex: '/(?=a)'} | uri.regex | look-around",
        "uri: {regex: '/(a'} | uri.regex | regular expression",
        "headers: {h: {regex: '(a)\\1'}} | headers.h.regex | back-references",
        "headers: {h: {prefix: ''}} | headers.h.prefix | empty",
        "port: http | port | whole number"
      })
  void aConditionThatIsWrongDoesNotCountAsOneThatHolds(
      String condition, String path, String message) {
    var reading =
        read(
            WEB,
            route(
                "- match: [{"
                    + condition
                    + "}]\n  route: [{destination: {host: other}}]\n"
                    + "- route: [{destination: {host: web}}]"));

    assertThat(reading.diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.path()).isEqualTo("spec.http[0].match[0]." + path))
        .satisfies(d -> assertThat(d.message()).contains(message));
    assertThat(only(reading).traffic().http())
        .singleElement()
        .satisfies(rule -> assertThat(rule.backends().getFirst().ref()).isEqualTo(BackendRef.SELF));
  }

  @Test
  void tellsOfASubsetThatNobodyDefines() {
    var reading = read(WEB, route("- route: [{destination: {host: web, subset: v9}}]"));

    assertThat(reading.diagnostics())
        .extracting(Diagnostic::severity, Diagnostic::path)
        .containsExactly(tuple(Severity.ERROR, "spec.http[0].route[0].destination.subset"));
  }

  @Test
  void tellsOfWeightsThatDoNotAddUp() {
    var reading =
        read(
            WEB,
            route(
                """
                - route:
                  - {destination: {host: web}, weight: 50}
                  - {destination: {host: other}, weight: 30}
                """));

    assertThat(reading.diagnostics())
        .extracting(Diagnostic::severity, Diagnostic::path)
        .containsExactly(tuple(Severity.WARNING, "spec.http[0].route[0].weight"));
  }

  @Test
  void anAsteriskNeedsAGateway() {
    var reading = read(route("- route: [{destination: {host: web}}]").replace("[web]", "[\"*\"]"));

    assertThat(reading.diagnostics())
        .extracting(Diagnostic::severity, Diagnostic::path)
        .contains(tuple(Severity.ERROR, "spec.hosts[0]"));
  }

  @Test
  void anAsteriskWithoutGatewayCostsNoServiceItsPolicy() {
    var everything = route("- route: [{destination: {host: other}}]").replace("[web]", "[\"*\"]");

    assertThat(only(read(WEB, everything)).traffic().isNone()).isTrue();
  }

  @Test
  void aFieldThatDoesNotExistIsALossWithItsPath() {
    var offer = only(read(WEB, rule("loadBalancing: {simple: RANDOM}\n")));

    assertThat(offer.losses())
        .extracting(Loss::path, Loss::reason)
        .containsExactly(
            tuple(
                "spec.trafficPolicy.loadBalancing.simple",
                "the field is not known to this translator"));
  }

  @Test
  void aShortNameOfKubernetesIsNoneOfIstio() {
    var reading = read(WEB, route("- route: [{destination: {host: cart.shop}}]"));

    assertThat(reading.diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.path()).isEqualTo("spec.http[0].route[0].destination.host"))
        .satisfies(d -> assertThat(d.message()).contains("cart.shop.svc.cluster.local"));
  }

  @Test
  void offersAHostThatNoDocumentDeclaresByItself() {
    var reading =
        read(route("- {match: [{port: 8080}], route: [{destination: {host: web}}]}"), SUBSETS);

    var offer = only(reading);
    assertThat(offer.key().toString()).isEqualTo("here/shop/web");
    assertThat(offer.ports()).extracting(p -> p.name() + p.number()).containsExactly("http8080");
    assertThat(offer.traffic().subsets()).hasSize(2);
    assertThat(reading.diagnostics())
        .extracting(Diagnostic::severity)
        .containsExactly(Severity.WARNING);
  }

  @Test
  void liveNobodyButTheMarkedIsOffered() {
    var documents = Manifest.of(route("- route: [{destination: {host: web}}]"));

    assertThat(new IstioTranslator().read(documents, Cluster.MESH, Selection.MARKED).offers())
        .isEmpty();
  }

  @Test
  void givesAnEntryThePolicyOfItsHost() {
    var offer =
        only(
            read(
                """
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: api, namespace: shop}
                spec:
                  hosts: [api.example.com]
                  resolution: DNS
                  ports: [{number: 80, name: http, protocol: HTTP}]
                """,
                route("- {timeout: 1s, route: [{destination: {host: api.example.com}}]}")
                    .replace("[web]", "[api.example.com]")));

    assertThat(offer.traffic().http().getFirst().backends().getFirst().ref())
        .isEqualTo(BackendRef.SELF);
  }

  @Test
  void readsRoutesOfTheGatewayApiWithTheRetriesOfIstio() {
    var offer = only(read(WEB, SUBSETS, PARENTED));

    var rule = offer.traffic().http().getFirst();
    assertThat(rule.matches().getFirst().path()).contains(PathMatch.segmentPrefix("/a"));
    assertThat(rule.timeouts().request()).contains(Duration.ofSeconds(2));
    assertThat(rule.retry().orElseThrow().attempts()).isEqualTo(2);
    assertThat(offer.traffic().subsets()).hasSize(2);
    assertThat(offer.losses()).isEmpty();
  }

  @Test
  void takesTheOlderOfARouteAndAVirtualService() {
    var virtual = route("- {timeout: 9s, route: [{destination: {host: web}}]}");
    var late =
        virtual.replace("{name: web,", "{name: web, creationTimestamp: \"2026-02-01T00:00:00Z\",");

    var byRoute = read(WEB, PARENTED, late);
    assertThat(only(byRoute).traffic().http().getFirst().timeouts().request())
        .contains(Duration.ofSeconds(2));
    assertThat(byRoute.diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.message()).contains("HTTPRoute shop/web"));

    var older =
        PARENTED.replace("{name: web,", "{name: web, creationTimestamp: \"2026-03-01T00:00:00Z\",");
    var byVirtual = read(WEB, older, late);
    assertThat(only(byVirtual).traffic().http().getFirst().timeouts().request())
        .contains(Duration.ofSeconds(9));
    assertThat(byVirtual.diagnostics())
        .singleElement()
        .satisfies(d -> assertThat(d.path()).isEqualTo("spec.parentRefs"));
  }

  @Test
  void offersAServiceThatOnlyARouteNames() {
    assertThat(only(read(PARENTED)).ports()).extracting(p -> p.number()).containsExactly(80);
  }

  private static Optional<Retry.Budget> budgetIn(Reading reading) {
    return only(reading).traffic().http().getFirst().retry().orElseThrow().budget();
  }

  private static FieldRef at(String field) {
    return new FieldRef("VirtualService shop/web", "spec.http[0]." + field);
  }

  private static String route(String rules) {
    return """
           apiVersion: networking.istio.io/v1
           kind: VirtualService
           metadata: {name: web, namespace: shop}
           spec:
             hosts: [web]
             http:
           """
        + rules.stripTrailing().indent(2);
  }

  private static String rule(String policy) {
    return """
           apiVersion: networking.istio.io/v1
           kind: DestinationRule
           metadata: {name: web, namespace: shop}
           spec:
             host: web
             trafficPolicy:
           """
        + policy.stripTrailing().indent(4);
  }

  private static Retry retryOf(String retries) {
    return ruleOf("- {retries: " + retries + ", route: [{destination: {host: web}}]}")
        .retry()
        .orElseThrow();
  }

  private static HttpRule ruleOf(String rules) {
    var policy = policyOf(rules);
    assertThat(policy.http()).hasSize(1);
    return policy.http().getFirst();
  }

  private static TrafficPolicy policyOf(String rules) {
    return only(read(WEB, route(rules))).traffic();
  }

  private static Reading read(String... texts) {
    return new IstioTranslator()
        .read(Manifest.of(Stream.of(texts).toArray(String[]::new)), Cluster.MESH, Selection.ALL);
  }

  private static Offer only(Reading reading) {
    assertThat(reading.offers()).hasSize(1);
    return reading.offers().getFirst();
  }
}
