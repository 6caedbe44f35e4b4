package io.meshbridge.adapter.istio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.meshbridge.model.Import;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.ClientMatch;
import io.meshbridge.model.traffic.ConnectionLimits;
import io.meshbridge.model.traffic.DestinationPolicy;
import io.meshbridge.model.traffic.HashKey;
import io.meshbridge.model.traffic.HeaderChange;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.L4Rule;
import io.meshbridge.model.traffic.LoadBalancing;
import io.meshbridge.model.traffic.LoadBalancing.Algorithm;
import io.meshbridge.model.traffic.NamedMatch;
import io.meshbridge.model.traffic.OutlierDetection;
import io.meshbridge.model.traffic.PathChange;
import io.meshbridge.model.traffic.PathMatch;
import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.RetryCondition;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.Subset;
import io.meshbridge.model.traffic.TextMatch;
import io.meshbridge.model.traffic.Timeouts;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.model.traffic.WeightedBackend;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.NativeDocument;
import io.meshbridge.spi.Translation;
import io.meshbridge.spi.Translator;
import io.meshbridge.spi.Translator.Selection;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TrafficWritingTest {
  private static final ServiceKey CART = new ServiceKey(Imports.AWAY, "shop", "cart");
  private static final Map<ServiceKey, String> NAMES = Map.of(CART, "cart.shop.away.mesh.internal");
  private static final WeightedBackend SELF = WeightedBackend.only(BackendRef.SELF);

  private final Translator translator = new IstioTranslator();

  @Test
  void writesNothingBesideTheEntryForAServiceWithoutPolicy() {
    assertThat(written(TrafficPolicy.NONE).documents()).hasSize(1);
    assertThat(written(http(rule(HttpMatch.ANY))).documents()).hasSize(1);
  }

  @Test
  void writesTheEntryThenTheRuleThenTheRoutes() {
    var policy =
        new TrafficPolicy(
            List.of(
                HttpRule.routing(
                    List.of(),
                    List.of(
                        new WeightedBackend(BackendRef.subset("v1"), 9, List.of()),
                        new WeightedBackend(BackendRef.service(CART), 1, List.of())))),
            List.of(),
            List.of(subset("v1", Map.of("version", "v1"))),
            DestinationPolicy.DEFAULT,
            new TreeMap<>());

    var written = written(policy);

    assertThat(written.documents())
        .extracting(NativeDocument::name)
        .containsExactly(
            "serviceentry-web.shop.away",
            "destinationrule-web.shop.away",
            "virtualservice-web.shop.away");
    assertThat(yaml(written, 1))
        .isEqualTo(
            """
            ---
            host: "web.shop.away.mesh.internal"
            subsets:
            - name: "v1"
              labels:
                version: "v1"
            """);
    assertThat(yaml(written, 2))
        .isEqualTo(
            """
            ---
            hosts:
            - "web.shop.away.mesh.internal"
            http:
            - route:
              - destination:
                  host: "web.shop.away.mesh.internal"
                  subset: "v1"
                weight: 9
              - destination:
                  host: "cart.shop.away.mesh.internal"
                weight: 1
            """);
    assertThat(written.losses()).isEmpty();
  }

  @Test
  void aPrefixBySegmentsTakesTwoMatches() {
    assertThat(routes(http(rule(HttpMatch.ANY.withPath(PathMatch.segmentPrefix("/foo/"))))))
        .containsExactly(
            Map.of(
                "match",
                List.of(
                    Map.of("uri", Map.of("exact", "/foo")),
                    Map.of("uri", Map.of("prefix", "/foo/"))),
                "route",
                List.of(self())));
  }

  @Test
  void aPrefixBySegmentsIsReplacedWithTheSlashAfterIt() {
    var rule = rule(HttpMatch.ANY.withPath(PathMatch.segmentPrefix("/foo")));
    var rewrite = new HttpFilter.Rewrite(Optional.empty(), Optional.of(new PathChange.Prefix("/")));

    assertThat(routes(http(filtered(rule, rewrite))))
        .extracting(r -> r.get("match"), r -> r.get("rewrite"))
        .containsExactly(
            tuple(
                List.of(
                    Map.of("uri", Map.of("exact", "/foo")),
                    Map.of("uri", Map.of("prefix", "/foo/"))),
                Map.of("uri", "/")));
    var other =
        new HttpFilter.Rewrite(Optional.empty(), Optional.of(new PathChange.Prefix("/bar")));
    assertThat(routes(http(filtered(rule, other))))
        .extracting(r -> r.get("rewrite"))
        .containsExactly(Map.of("uri", "/bar"), Map.of("uri", "/bar/"));
  }

  @Test
  void saysWholePathsWhereOnlyAPrefixMatched() {
    var rewrite =
        new HttpFilter.Rewrite(Optional.empty(), Optional.of(new PathChange.Whole("/x\\1")));

    assertThat(routes(http(filtered(rule(HttpMatch.ANY), rewrite))))
        .extracting(r -> r.get("rewrite"))
        .containsExactly(Map.of("uriRegexRewrite", Map.of("match", "^.*$", "rewrite", "/x\\\\1")));
  }

  @Test
  void saysTextsForWhichIstioHasNoKindAsExpressions() {
    var match =
        new HttpMatch(
            Optional.of(new PathMatch(PathMatch.Kind.REGEX, "/a+", true)),
            Optional.of(new TextMatch(TextMatch.Kind.EXACT, "GET", true)),
            List.of(
                NamedMatch.is("a", new TextMatch(TextMatch.Kind.SUFFIX, ".com", false)),
                NamedMatch.is("b", TextMatch.PRESENT),
                new NamedMatch("c", TextMatch.PRESENT, true)),
            List.of(NamedMatch.is("q", new TextMatch(TextMatch.Kind.CONTAINS, "x", true))),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.of(80),
            new ClientMatch("front", new TreeMap<>(Map.of("app", "ui"))));

    assertThat(routes(http(rule(match))))
        .extracting(r -> r.get("match"))
        .containsExactly(
            List.of(
                Map.of(
                    "uri", Map.of("regex", "(?i)/a+"),
                    "method", Map.of("regex", "(?i)GET"),
                    "headers", Map.of("a", Map.of("regex", ".*\\.com"), "b", Map.of()),
                    "withoutHeaders", Map.of("c", Map.of()),
                    "queryParams", Map.of("q", Map.of("regex", "(?i).*x.*")),
                    "port", 80,
                    "sourceLabels", Map.of("app", "ui"),
                    "sourceNamespace", "front")));
  }

  @Test
  void saysThatNothingIsRetriedWhereTheOriginDoesNot() {
    assertThat(routes(http(retrying(rule(HttpMatch.ANY), Retry.NEVER, Timeouts.DEFAULT))))
        .extracting(r -> r.get("retries"))
        .containsExactly(Map.of("attempts", 0));
  }

  @Test
  void theOnlyTryIsTheRequestSoItsTimeoutIsThatOfTheRequest() {
    var timeouts =
        new Timeouts(
            Optional.of(Duration.ofSeconds(10)),
            Optional.of(Duration.ofSeconds(2)),
            Optional.of(Duration.ofSeconds(1)));

    var policy = http(retrying(rule(HttpMatch.ANY), Retry.NEVER, timeouts));

    assertThat(routes(policy)).extracting(r -> r.get("timeout")).containsExactly("2s");
    assertThat(written(policy).losses())
        .extracting(Loss::path, Loss::outcome)
        .containsExactly(tuple("traffic.http[0].timeouts.idle", Outcome.DROPPED));
  }

  @Test
  void saysRetriesWithTheirBudgetAtTheDestination() {
    var retry =
        new Retry(
            3,
            new TreeSet<>(List.of(RetryCondition.SERVER_ERROR, RetryCondition.RESET)),
            new TreeSet<>(List.of(429)),
            Optional.of(Duration.ofMillis(30)),
            Optional.of(
                new Retry.Budget(
                    BigDecimal.TEN, Optional.of(5), Optional.of(Duration.ofSeconds(9)))),
            false);
    var timeouts =
        new Timeouts(Optional.empty(), Optional.of(Duration.ofMillis(1500)), Optional.empty());

    var policy = http(retrying(rule(HttpMatch.ANY), retry, timeouts));

    assertThat(routes(policy))
        .extracting(r -> r.get("retries"))
        .containsExactly(
            Map.of(
                "attempts",
                3,
                "perTryTimeout",
                "1s500ms",
                "retryOn",
                "5xx,reset,429",
                "backoff",
                "30ms"));
    assertThat(spec(policy, "DestinationRule").get("trafficPolicy"))
        .isEqualTo(Map.of("retryBudget", Map.of("percent", 10L)));
    assertThat(written(policy).losses())
        .extracting(Loss::path)
        .containsExactly(
            "traffic.http[0].retry.budget.minPerSecond", "traffic.http[0].retry.budget.interval");
  }

  @Test
  void anOlderIstioIsNotToldWhatItDoesNotKnow() {
    var retry =
        new Retry(
            1,
            new TreeSet<>(List.of(RetryCondition.RESET)),
            new TreeSet<>(),
            Optional.of(Duration.ofMillis(30)),
            Optional.of(new Retry.Budget(BigDecimal.TEN, Optional.empty(), Optional.empty())),
            false);
    var policy = http(retrying(rule(HttpMatch.ANY), retry, Timeouts.DEFAULT));

    var written =
        (Translation.Written)
            translator.write(
                Imports.policed(policy, NAMES),
                new Translator.WriteContext("shops", new MeshId("here"), "", "1.22.3"));

    assertThat(written.documents()).hasSize(2);
    assertThat(written.losses())
        .extracting(Loss::path)
        .containsExactly("traffic.http[0].retry.budget", "traffic.http[0].retry.backoff");
  }

  @Test
  void saysFiltersInTheFieldsOfARoute() {
    var change =
        new HeaderChange(
            new TreeMap<>(Map.of("a", "100% %REQ(x)%", "b", "%REQ(x)%")),
            new TreeMap<>(),
            new TreeSet<>(List.of("c")));
    var rule =
        filtered(
            rule(HttpMatch.ANY),
            new HttpFilter.Cors(
                List.of(TextMatch.PRESENT),
                List.of("GET", "PURGE"),
                List.of("x"),
                List.of(),
                Optional.of(Duration.ofHours(1)),
                true),
            new HttpFilter.Delay(Duration.ofSeconds(1), new BigDecimal("0.5")),
            new HttpFilter.Abort(OptionalInt.empty(), "UNAVAILABLE", BigDecimal.ONE),
            new HttpFilter.RequestHeaders(change),
            new HttpFilter.Rewrite(Optional.of("inside"), Optional.empty()),
            new HttpFilter.Mirror(BackendRef.service(CART), BigDecimal.TEN));

    var policy = http(rule);

    assertThat(new KubernetesSerialization().asYaml(routes(policy).getFirst()))
        .isEqualTo(
            """
            ---
            rewrite:
              authority: "inside"
            route:
            - destination:
                host: "web.shop.away.mesh.internal"
            fault:
              delay:
                fixedDelay: "1s"
                percentage:
                  value: 0.5
              abort:
                grpcStatus: "UNAVAILABLE"
                percentage:
                  value: 1
            mirrors:
            - destination:
                host: "cart.shop.away.mesh.internal"
              percentage:
                value: 10
            corsPolicy:
              allowOrigins:
              - exact: "*"
              allowMethods:
              - "GET"
              allowHeaders:
              - "x"
              maxAge: "1h"
              allowCredentials: true
            headers:
              request:
                set:
                  a: "100%% %%REQ(x)%%"
                  b: "%REQ(x)%"
                remove:
                - "c"
            """);
    assertThat(written(policy).losses())
        .extracting(Loss::path)
        .containsExactly("traffic.http[0].filters[0].methods");
  }

  @Test
  void leavesARuleOutThatSendsWhereTheTargetHasNothing() {
    var lost = new ServiceKey(Imports.AWAY, "shop", "lost");
    var policy =
        http(
            HttpRule.routing(
                List.of(HttpMatch.ANY.withPath(PathMatch.exact("/a"))),
                List.of(WeightedBackend.only(BackendRef.service(lost)))),
            retrying(rule(HttpMatch.ANY), Retry.NEVER, Timeouts.DEFAULT));

    assertThat(routes(policy)).hasSize(1);
    assertThat(written(policy).losses())
        .singleElement()
        .satisfies(
            loss -> {
              assertThat(loss.path()).isEqualTo("traffic.http[0].backends[0].ref");
              assertThat(loss.outcome()).isEqualTo(Outcome.DROPPED);
              assertThat(loss.reason()).contains("left out");
              assertThat(loss.advice()).contains("away/shop/lost");
            });
  }

  @Test
  void servesNothingIfNoRuleIsLeft() {
    var lost = new ServiceKey(Imports.AWAY, "shop", "lost");

    assertThat(
            routes(
                http(
                    HttpRule.routing(
                        List.of(), List.of(WeightedBackend.only(BackendRef.service(lost)))))))
        .containsExactly(Map.of("directResponse", Map.of("status", 404)));
  }

  @Test
  void refusesAnImportWhoseForbiddingRuleCannotBeSaid() {
    var twice =
        new HttpMatch(
            Optional.empty(),
            Optional.empty(),
            List.of(
                NamedMatch.is("a", TextMatch.exact("1")), NamedMatch.is("a", TextMatch.exact("2"))),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            ClientMatch.ANY);
    var policy =
        http(filtered(rule(twice), new HttpFilter.DirectResponse(403, "")), rule(HttpMatch.ANY));

    assertThat(translator.write(Imports.policed(policy, NAMES), context()))
        .isInstanceOfSatisfying(
            Translation.Refused.class,
            refused ->
                assertThat(refused.losses())
                    .extracting(Loss::path, Loss::outcome)
                    .containsExactly(
                        tuple("traffic.http[0].matches[0].headers[1]", Outcome.REFUSED)));
  }

  @Test
  void aRedirectThatKeepsPartOfThePathIsLeftOutUnlessTheVersionKnowsIt() {
    var redirect =
        new HttpFilter.Redirect(
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            Optional.of(new PathChange.Prefix("/new")),
            302);
    var rule = filtered(rule(HttpMatch.ANY.withPath(PathMatch.stringPrefix("/old"))), redirect);
    var policy = http(rule, retrying(rule(HttpMatch.ANY), Retry.NEVER, Timeouts.DEFAULT));

    assertThat(written(policy).losses())
        .extracting(Loss::path)
        .containsExactly("traffic.http[0].filters[0]");
    var newer =
        (Translation.Written)
            translator.write(
                Imports.policed(policy, NAMES),
                new Translator.WriteContext("shops", new MeshId("here"), "", "1.31.0"));
    assertThat(newer.losses()).isEmpty();
    assertThat(newer.documents().get(1).content().toString()).contains("prefixRewrite=/new");
  }

  @Test
  void aRedirectThatChangesNothingSaysSo() {
    var redirect =
        new HttpFilter.Redirect(
            Optional.empty(), Optional.empty(), OptionalInt.empty(), Optional.empty(), 302);

    assertThat(routes(http(filtered(rule(HttpMatch.ANY), redirect))))
        .extracting(r -> r.get("redirect"))
        .containsExactly(Map.of("derivePort", "FROM_REQUEST_PORT", "redirectCode", 302));
  }

  @Test
  void saysThatThePortStaysWhereTheHostIsAnotherOne() {
    assertThat(redirectTo("b.example.com", OptionalInt.empty()))
        .isEqualTo(
            Map.of(
                "authority",
                "b.example.com",
                "derivePort",
                "FROM_REQUEST_PORT",
                "redirectCode",
                302));
    assertThat(redirectTo("b.example.com", OptionalInt.of(80)))
        .isEqualTo(Map.of("authority", "b.example.com", "redirectCode", 302));
    assertThat(redirectTo("b.example.com", OptionalInt.of(8443)))
        .isEqualTo(Map.of("authority", "b.example.com", "port", 8443, "redirectCode", 302));
  }

  @Test
  void leavesThePortOutThatARequestDoesNotNameWhereTheSchemeChanges() {
    var redirect =
        new HttpFilter.Redirect(
            Optional.of("https"),
            Optional.of("b.example.com"),
            OptionalInt.empty(),
            Optional.empty(),
            302);

    assertThat(routes(http(filtered(rule(HttpMatch.ANY), redirect))))
        .extracting(r -> r.get("redirect"))
        .containsExactly(
            Map.of("authority", "b.example.com", "scheme", "https", "redirectCode", 302));
  }

  private Object redirectTo(String host, OptionalInt port) {
    var redirect =
        new HttpFilter.Redirect(Optional.empty(), Optional.of(host), port, Optional.empty(), 302);
    return routes(http(filtered(rule(HttpMatch.ANY), redirect))).getFirst().get("redirect");
  }

  @Test
  void asksForTheImportsNameWhereTheOwnerAsksForTheServices() {
    var own = matching("web.shop.svc.cluster.local");
    var other = matching("www.example.com");
    var policy = http(rule(own), rule(other));

    assertThat(routes(policy).getFirst().get("match"))
        .isEqualTo(List.of(Map.of("authority", Map.of("exact", "web.shop.away.mesh.internal"))));
    assertThat(written(policy).losses())
        .extracting(Loss::path, Loss::outcome)
        .containsExactly(tuple("traffic.http[1].matches[0].authority", Outcome.APPROXIMATED));
  }

  private static HttpMatch matching(String authority) {
    return new HttpMatch(
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.of(TextMatch.exact(authority)),
        Optional.empty(),
        OptionalInt.empty(),
        ClientMatch.ANY);
  }

  @Test
  void aRuleThatSendsNowhereAnswersWithAnError() {
    assertThat(routes(http(HttpRule.routing(List.of(), List.of()))))
        .containsExactly(Map.of("directResponse", Map.of("status", 500)));
    assertThat(
            routes(
                http(
                    HttpRule.routing(
                        List.of(), List.of(new WeightedBackend(BackendRef.SELF, 0, List.of()))))))
        .containsExactly(Map.of("directResponse", Map.of("status", 500)));
  }

  @Test
  void tellsThatNobodyLooksIntoRequestsOfATcpPort() {
    var plain = Imports.policed(http(rule(HttpMatch.ANY.withPort(80))), NAMES);
    var export = plain.export();
    var tcp =
        new Import(
            plain.name(),
            new io.meshbridge.model.Export(
                export.key(),
                List.of(
                    new io.meshbridge.model.ServicePort(
                        "db", 80, io.meshbridge.model.AppProtocol.TCP)),
                export.labels(),
                export.hostnames(),
                export.firstSeen(),
                export.path(),
                export.access(),
                export.traffic()),
            plain.endpoints(),
            plain.origin());

    var written = (Translation.Written) translator.write(tcp, context());

    assertThat(written.losses()).extracting(Loss::path).contains("traffic.http[0].matches");
    assertThat(written.documents()).hasSize(1);
  }

  @Test
  void saysHowEndpointsAreUsed() {
    var use =
        new DestinationPolicy(
            Optional.of(
                new LoadBalancing(
                    Algorithm.MAGLEV,
                    List.of(new HashKey.Header("x-user"), new HashKey.SourceIp()),
                    OptionalLong.of(1000),
                    OptionalLong.of(3),
                    Optional.of(Duration.ofMinutes(1)))),
            Optional.of(
                new OutlierDetection(
                    OptionalInt.of(5),
                    OptionalInt.empty(),
                    Optional.of(Duration.ofSeconds(10)),
                    Optional.empty(),
                    Optional.of(Duration.ofMinutes(5)),
                    OptionalInt.of(50),
                    OptionalInt.empty(),
                    OptionalInt.of(100),
                    Optional.of(new BigDecimal("0.5")))),
            new ConnectionLimits(
                OptionalInt.of(100),
                OptionalInt.empty(),
                OptionalInt.of(0),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.of(Duration.ofSeconds(2)),
                Optional.of(Duration.ofMinutes(1))),
            Optional.empty(),
            List.of(BackendRef.service(CART)),
            Sources.NONE);
    var policy =
        new TrafficPolicy(
            List.of(),
            List.of(),
            List.of(),
            use,
            new TreeMap<>(
                Map.of(
                    80,
                    new DestinationPolicy(
                        Optional.of(LoadBalancing.by(Algorithm.RANDOM)),
                        Optional.empty(),
                        ConnectionLimits.DEFAULT,
                        Optional.empty(),
                        List.of(),
                        Sources.NONE),
                    99,
                    DestinationPolicy.DEFAULT)));

    assertThat(new KubernetesSerialization().asYaml(spec(policy, "DestinationRule")))
        .isEqualTo(
            """
            ---
            host: "web.shop.away.mesh.internal"
            trafficPolicy:
              loadBalancer:
                consistentHash:
                  httpHeaderName: "x-user"
                  maglev:
                    tableSize: 65537
                warmup:
                  duration: "1m"
              connectionPool:
                tcp:
                  maxConnections: 100
                  connectTimeout: "2s"
                http:
                  idleTimeout: "1m"
              outlierDetection:
                consecutive5xxErrors: 5
                interval: "10s"
                maxEjectionPercent: 50
              portLevelSettings:
              - port:
                  number: 80
                loadBalancer:
                  simple: "RANDOM"
            """);
    assertThat(written(policy).losses())
        .extracting(Loss::path)
        .containsExactlyInAnyOrder(
            "traffic.destination.loadBalancing.hashKeys[1]",
            "traffic.destination.loadBalancing.ringSize",
            "traffic.destination.loadBalancing.choices",
            "traffic.destination.outliers.maxEjection",
            "traffic.destination.outliers.jitter",
            "traffic.destination.limits.maxRequests",
            "traffic.destination.failover",
            "traffic.ports[99]");
  }

  @Test
  void aSubsetSaysAgainWhatItSharesWithItsService() {
    var service =
        new DestinationPolicy(
            Optional.of(LoadBalancing.by(Algorithm.ROUND_ROBIN)),
            Optional.empty(),
            ConnectionLimits.DEFAULT,
            Optional.empty(),
            List.of(),
            Sources.NONE);
    var own =
        new DestinationPolicy(
            Optional.empty(),
            Optional.empty(),
            ConnectionLimits.DEFAULT,
            Optional.of(
                new io.meshbridge.model.traffic.LocalityPolicy(
                    Optional.of(false), new TreeMap<>(), new TreeMap<>(), List.of())),
            List.of(),
            Sources.NONE);
    var policy =
        new TrafficPolicy(
            List.of(),
            List.of(),
            List.of(new Subset("v1", new TreeMap<>(), own, Sources.NONE)),
            service,
            new TreeMap<>());

    assertThat(spec(policy, "DestinationRule").get("subsets"))
        .isEqualTo(
            List.of(
                Map.of(
                    "name",
                    "v1",
                    "trafficPolicy",
                    Map.of(
                        "loadBalancer",
                        Map.of(
                            "simple",
                            "ROUND_ROBIN",
                            "localityLbSetting",
                            Map.of("enabled", false))))));
  }

  @Test
  void leavesASubsetOutWhoseLabelSteersIstioAndTheRulesThatLeadThere() {
    var policy =
        new TrafficPolicy(
            List.of(
                HttpRule.routing(
                    List.of(), List.of(WeightedBackend.only(BackendRef.subset("v1"))))),
            List.of(),
            List.of(subset("v1", Map.of("security.istio.io/tlsMode", "istio"))),
            DestinationPolicy.DEFAULT,
            new TreeMap<>());

    assertThat(written(policy).losses())
        .extracting(Loss::path)
        .containsExactly("traffic.subsets[v1].labels", "traffic.http[0].backends[0].ref");
  }

  @Test
  void saysServerNamesOnlyWhereTheyAreTheServicesOwn() {
    var own =
        new L4Rule(
            List.of("web.shop.svc.cluster.local"),
            OptionalInt.of(80),
            ClientMatch.ANY,
            List.of(SELF),
            Sources.NONE);
    var foreign =
        new L4Rule(
            List.of("a.example.com"),
            OptionalInt.empty(),
            ClientMatch.ANY,
            List.of(SELF),
            Sources.NONE);
    var tcp =
        new L4Rule(
            List.of(),
            OptionalInt.empty(),
            ClientMatch.ANY,
            List.of(WeightedBackend.only(BackendRef.service(CART))),
            Sources.NONE);
    var policy =
        new TrafficPolicy(
            List.of(),
            List.of(own, foreign, tcp),
            List.of(),
            DestinationPolicy.DEFAULT,
            new TreeMap<>());

    var spec = spec(policy, "VirtualService");

    assertThat(spec.get("tls"))
        .isEqualTo(
            List.of(
                Map.of(
                    "match",
                    List.of(Map.of("port", 80, "sniHosts", List.of("web.shop.away.mesh.internal"))),
                    "route",
                    List.of(self()))));
    assertThat(spec.get("tcp"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .hasSize(1);
    assertThat(written(policy).losses())
        .extracting(Loss::path)
        .containsExactly("traffic.l4[1].serverNames[0]");
  }

  @Test
  void letsADestinationHaveTheLastWordOverItsRule() {
    var mine =
        new HttpFilter.RequestHeaders(HeaderChange.setting(new TreeMap<>(Map.of("x", "mine"))));
    var rule =
        filtered(
            HttpRule.routing(
                List.of(),
                List.of(
                    new WeightedBackend(BackendRef.SELF, 1, List.of(mine)),
                    new WeightedBackend(BackendRef.service(CART), 1, List.of()))),
            new HttpFilter.RequestHeaders(
                HeaderChange.setting(new TreeMap<>(Map.of("x", "rule", "y", "rule")))));

    var route = routes(http(rule)).getFirst();

    assertThat(route).doesNotContainKey("headers");
    assertThat(route.get("route").toString())
        .contains("{request={set={x=mine, y=rule}}}")
        .contains("{request={set={x=rule, y=rule}}}");
  }

  @Test
  void whatWasWrittenReadsBackAndIsWrittenAgainTheSame() {
    var policy =
        http(
            filtered(
                rule(
                    HttpMatch.ANY.withPath(PathMatch.segmentPrefix("/a")),
                    HttpMatch.ANY.withPath(PathMatch.regex("/b.*"))),
                new HttpFilter.Rewrite(Optional.of("h"), Optional.of(new PathChange.Prefix("/x")))),
            retrying(rule(HttpMatch.ANY), Retry.NEVER, Timeouts.DEFAULT));
    var first = written(policy);

    var documents =
        first.documents().stream()
            .map(d -> new Document(Location.of("out.yaml"), unmarked(d.content()), Map.of()))
            .toList();
    var offer = translator.read(documents, Cluster.MESH, Selection.ALL).offers().getFirst();
    var second = written(offer.traffic());

    assertThat(yaml(second, 1)).isEqualTo(yaml(first, 1));
    assertThat(second.losses()).isEmpty();
  }

  private static Map<String, Object> unmarked(Map<String, Object> content) {
    var bare = new TreeMap<>(content);
    bare.put("metadata", Map.of("name", "web", "namespace", "shop"));
    return bare;
  }

  private static Map<String, Object> self() {
    return Map.of("destination", Map.of("host", "web.shop.away.mesh.internal"));
  }

  private static Subset subset(String name, Map<String, String> labels) {
    return new Subset(name, new TreeMap<>(labels), DestinationPolicy.DEFAULT, Sources.NONE);
  }

  private static TrafficPolicy http(HttpRule... rules) {
    return new TrafficPolicy(
        List.of(rules), List.of(), List.of(), DestinationPolicy.DEFAULT, new TreeMap<>());
  }

  private static HttpRule rule(HttpMatch... matches) {
    return HttpRule.routing(List.of(matches), List.of(SELF));
  }

  private static HttpRule filtered(HttpRule rule, HttpFilter... filters) {
    return new HttpRule(
        rule.name(),
        rule.grpc(),
        rule.matches(),
        List.of(filters),
        rule.backends(),
        rule.timeouts(),
        rule.retry(),
        rule.affinity(),
        Sources.NONE);
  }

  private static HttpRule retrying(HttpRule rule, Retry retry, Timeouts timeouts) {
    return new HttpRule(
        rule.name(),
        rule.grpc(),
        rule.matches(),
        rule.filters(),
        rule.backends(),
        timeouts,
        Optional.of(retry),
        rule.affinity(),
        Sources.NONE);
  }

  private static Translator.WriteContext context() {
    return new Translator.WriteContext("shops", new MeshId("here"), "");
  }

  private Translation.Written written(TrafficPolicy policy) {
    return (Translation.Written) translator.write(Imports.policed(policy, NAMES), context());
  }

  private static String yaml(Translation.Written written, int document) {
    return new KubernetesSerialization()
        .asYaml(written.documents().get(document).content().get("spec"));
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> spec(TrafficPolicy policy, String kind) {
    return (Map<String, Object>)
        written(policy).documents().stream()
            .map(NativeDocument::content)
            .filter(content -> kind.equals(content.get("kind")))
            .findFirst()
            .orElseThrow()
            .get("spec");
  }

  @SuppressWarnings("unchecked")
  private List<Map<String, Object>> routes(TrafficPolicy policy) {
    return (List<Map<String, Object>>) spec(policy, "VirtualService").get("http");
  }
}
