package io.meshbridge.adapter.linkerd;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Diagnostic.Severity;
import io.meshbridge.model.Loss;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.PathMatch;
import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.RetryCondition;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.spi.Offer;
import io.meshbridge.spi.Reading;
import io.meshbridge.spi.Translator.Selection;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrafficReadingTest {
  private static final String WEB =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: shop}
      spec: {ports: [{name: http, port: 80}]}
      """;

  @Test
  void annotationsOfARouteGoBeforeItsRulesAndThoseOfTheService() {
    var offer =
        only(
            read(
                annotated("timeout.linkerd.io/request: 9s", "retry.linkerd.io/http: 5xx"),
                route(
                    "timeout.linkerd.io/request: 2s",
                    "rules: [{timeouts: {request: 5s}, backendRefs: [{name: web, port: 80}]}]")));

    var rule = onlyRule(offer);
    assertThat(rule.timeouts().request()).contains(Duration.ofSeconds(2));
    assertThat(rule.retry().map(Retry::conditions).orElseThrow())
        .containsExactly(RetryCondition.SERVER_ERROR);
    assertThat(rule.sources().of("timeouts.request"))
        .extracting(ref -> ref.object() + " " + ref.path())
        .containsExactly("HTTPRoute shop/r metadata.annotations.timeout.linkerd.io/request");
    assertThat(rule.sources().of("retry.conditions"))
        .extracting(ref -> ref.object() + " " + ref.path())
        .containsExactly("Service shop/web metadata.annotations.retry.linkerd.io/http");
    assertThat(offer.losses()).extracting(Loss::path).contains("spec.rules[0].timeouts.request");
  }

  @Test
  void aServiceWithAnnotationsAloneHasOneRule() {
    var rule =
        onlyRule(
            only(
                read(
                    annotated(
                        "retry.linkerd.io/http: \"gateway-error,500-501\"",
                        "retry.linkerd.io/limit: \"3\"",
                        "retry.linkerd.io/timeout: 400ms",
                        "timeout.linkerd.io/idle: 1m"))));

    assertThat(rule.takesAll()).isTrue();
    assertThat(rule.backends()).extracting(b -> b.ref()).containsExactly(BackendRef.SELF);
    assertThat(rule.retry())
        .contains(
            new Retry(
                3,
                new java.util.TreeSet<>(List.of(RetryCondition.GATEWAY_ERROR)),
                new java.util.TreeSet<>(List.of(500, 501)),
                Optional.empty(),
                Optional.empty(),
                false));
    assertThat(rule.timeouts().backendRequest()).contains(Duration.ofMillis(400));
    assertThat(rule.timeouts().idle()).contains(Duration.ofMinutes(1));
  }

  @Test
  void aRuleThatSaysNothingOfRetriesNeverTriesAgain() {
    assertThat(onlyRule(only(read(WEB, route("", "rules: [{}]")))).retry()).contains(Retry.NEVER);
  }

  @Test
  void readsFailuresInARowAsOutliers() {
    var offer =
        only(
            read(
                annotated(
                    "balancer.linkerd.io/failure-accrual: consecutive",
                    "balancer.linkerd.io/failure-accrual-consecutive-max-failures: \"4\"",
                    "balancer.linkerd.io/failure-accrual-consecutive-jitter-ratio: \"0.3\"")));

    var outliers = offer.traffic().destination().outliers().orElseThrow();
    assertThat(outliers.consecutive5xx()).hasValue(4);
    assertThat(outliers.baseEjection()).contains(Duration.ofSeconds(1));
    assertThat(outliers.maxEjection()).contains(Duration.ofSeconds(60));
    assertThat(outliers.jitter()).contains(new BigDecimal("0.3"));
    assertThat(offer.losses()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "retry.linkerd.io/http, 9xx",
    "retry.linkerd.io/limit, many",
    "retry.linkerd.io/timeout, 1.5s",
    "timeout.linkerd.io/request, 5",
    "balancer.linkerd.io/failure-accrual, sometimes"
  })
  void tellsWrongAnnotations(String name, String value) {
    var reading = read(annotated(name + ": \"" + value + "\""));

    assertThat(reading.diagnostics())
        .extracting(Diagnostic::severity, Diagnostic::path)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Severity.ERROR, "metadata.annotations." + name));
  }

  @Test
  void annotationsThatNobodyKnowsAreTold() {
    assertThat(only(read(annotated("retry.linkerd.io/htpp: 5xx"))).losses())
        .extracting(Loss::path)
        .containsExactly("metadata.annotations.retry.linkerd.io/htpp");
  }

  @Test
  void aServiceProfileGoesBeforeRoutesAndAnnotations() {
    var reading =
        read(
            annotated("timeout.linkerd.io/request: 9s"),
            route("", "rules: [{backendRefs: [{name: other, port: 80}]}]"),
            """
            apiVersion: linkerd.io/v1alpha2
            kind: ServiceProfile
            metadata: {name: web.shop.svc.cluster.local, namespace: shop}
            spec:
              routes:
              - name: get
                condition: {method: GET, pathRegex: "/items/[0-9]+"}
                isRetryable: true
                timeout: 300ms
              - name: either
                condition: {any: [{pathRegex: /a}, {all: [{pathRegex: /b}, {method: PUT}]}]}
              retryBudget: {retryRatio: 0.2, minRetriesPerSecond: 5, ttl: 10s}
            """);

    var offer = only(reading);
    assertThat(offer.traffic().http())
        .extracting(HttpRule::name)
        .containsExactly("get", "either", "");
    var get = offer.traffic().http().getFirst();
    assertThat(get.matches())
        .extracting(HttpMatch::path)
        .containsExactly(Optional.of(PathMatch.regex("/items/[0-9]+")));
    assertThat(get.timeouts().request()).contains(Duration.ofMillis(300));
    assertThat(get.retry().flatMap(Retry::budget))
        .contains(
            new Retry.Budget(
                BigDecimal.valueOf(20), Optional.of(5), Optional.of(Duration.ofSeconds(10))));
    assertThat(offer.traffic().http().get(1).matches()).hasSize(2);
    assertThat(offer.traffic().http().getLast().takesAll()).isTrue();
    assertThat(reading.diagnostics())
        .extracting(Diagnostic::severity)
        .containsOnly(Severity.WARNING);
    assertThat(offer.losses())
        .extracting(Loss::path)
        .containsExactlyInAnyOrder(
            "spec",
            "spec.routes[0].isRetryable",
            "metadata.annotations.timeout.linkerd.io/request");
  }

  @Test
  void readsNegatedConditionsOfAProfileWhereTheyCanBeSaid() {
    var offer =
        only(
            read(
                WEB,
                profile(
                    """
                    routes:
                    - {name: m, condition: {not: {method: GET}}}
                    - {name: p, condition: {not: [{pathRegex: /a}]}}
                    """)));

    assertThat(offer.traffic().http()).extracting(HttpRule::name).containsExactly("m", "");
    assertThat(offer.traffic().http().getFirst().matches()).hasSize(8);
    assertThat(offer.losses())
        .extracting(Loss::path)
        .containsExactly("spec.routes[1].condition.not[0].pathRegex");
  }

  @Test
  void sharesRequestsAsTheOverridesOfAProfileSay() {
    var offer =
        only(
            read(
                WEB,
                profile(
                    """
                    dstOverrides:
                    - {authority: web.shop.svc.cluster.local:80, weight: 900m}
                    - {authority: web-v2.shop.svc.cluster.local:8080, weight: 100m}
                    """)));

    assertThat(onlyRule(offer).backends())
        .extracting(b -> b.ref().service().isPresent() + " " + b.ref().port() + " " + b.weight())
        .containsExactly("false OptionalInt.empty 9", "true OptionalInt[8080] 1");
    assertThat(onlyRule(offer).sources().of("backends[1].weight"))
        .extracting(ref -> ref.path())
        .containsExactly("spec.dstOverrides[1].weight");
  }

  @Test
  void readsATrafficSplitLikeTheOverridesOfAProfile() {
    var rule =
        onlyRule(
            only(
                read(
                    WEB,
                    """
                    apiVersion: split.smi-spec.io/v1alpha2
                    kind: TrafficSplit
                    metadata: {name: canary, namespace: shop}
                    spec:
                      service: web
                      backends: [{service: web, weight: 90}, {service: web-v2, weight: 10}]
                    """)));

    assertThat(rule.backends()).extracting(b -> b.weight()).containsExactly(9, 1);
    assertThat(rule.sources().of("backends[0].weight"))
        .extracting(ref -> ref.object() + " " + ref.path())
        .containsExactly("TrafficSplit shop/canary spec.backends[0].weight");
  }

  @Test
  void aProfileOfAnotherNamespaceIsForItsClients() {
    var profile =
        profile("routes: [{name: theirs, condition: {pathRegex: /a}}]")
            .replace("namespace: shop", "namespace: games");

    var rules = only(read(WEB, profile)).traffic().http();

    assertThat(rules)
        .extracting(
            r -> r.matches().isEmpty() ? "all" : r.matches().getFirst().client().namespace())
        .containsExactly("games", "games", "all");
  }

  @Test
  void routesOfGrpcPushThoseOfHttpAside() {
    var grpc =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: GRPCRoute
        metadata: {name: g, namespace: shop}
        spec:
          parentRefs: [{group: "", kind: Service, name: web}]
          rules: [{matches: [{method: {service: a.B}}]}]
        """;
    var http = route("", "rules: [{}]");

    assertThat(only(read(WEB, grpc, http)).traffic().http())
        .extracting(HttpRule::grpc)
        .containsExactly(true);
    var declared = WEB.replace("port: 80", "port: 80, appProtocol: http");
    assertThat(only(read(declared, grpc, http)).traffic().http())
        .extracting(HttpRule::grpc)
        .containsExactly(false);
  }

  @Test
  void aRouteOfAPortThatStaysClosedHasNoEffect() {
    var opaque =
        WEB.replace(
            "namespace: shop}",
            "namespace: shop, annotations: {config.linkerd.io/opaque-ports: \"80\"}}");

    var offer = only(read(opaque, route("", "rules: [{}]")));

    assertThat(offer.traffic()).isEqualTo(TrafficPolicy.NONE);
    assertThat(offer.losses()).extracting(Loss::path).containsExactly("spec.rules");
  }

  @Test
  void aRouteOfItsOwnGroupChangesRequestsWhereItSaysResponses() {
    var own =
        route(
                "",
                "rules: [{filters: [{type: ResponseHeaderModifier, responseHeaderModifier: {set: [{name: a, value: b}]}}]}]")
            .replace("gateway.networking.k8s.io/v1", "policy.linkerd.io/v1beta3");

    var reading = read(WEB, own);

    assertThat(onlyRule(only(reading)).filters().getFirst())
        .isInstanceOf(HttpFilter.RequestHeaders.class);
    assertThat(reading.diagnostics())
        .extracting(Diagnostic::severity)
        .containsExactly(Severity.WARNING);
  }

  @Test
  void routesOfServersAndGatewaysAreNotTraffic() {
    var inbound =
        route("", "rules: [{}]")
            .replace(
                "group: \"\", kind: Service, name: web",
                "group: policy.linkerd.io, kind: Server, name: web");

    var reading = read(WEB, inbound);

    assertThat(only(reading).traffic()).isEqualTo(TrafficPolicy.NONE);
    assertThat(reading.diagnostics().getFirst().message()).contains("inbound policy");
  }

  @Test
  void policyForAServiceThatNobodyDeclaresIsOfferedAllTheSame() {
    var reading = read(route("", "rules: [{timeouts: {request: 1s}}]"));

    var offer = only(reading);
    assertThat(offer.key()).isEqualTo(new ServiceKey(new MeshId("here"), "shop", "web"));
    assertThat(offer.ports()).extracting(p -> p.name() + p.number()).containsExactly("http80");
    assertThat(onlyRule(offer).timeouts().request()).contains(Duration.ofSeconds(1));
    assertThat(reading.diagnostics())
        .extracting(Diagnostic::severity)
        .containsExactly(Severity.WARNING);
    assertThat(
            new LinkerdTranslator()
                .read(Manifest.of(route("", "rules: [{}]")), Cluster.MESH, Selection.MARKED)
                .offers())
        .isEmpty();
  }

  @Test
  void portsThatNoRouteIsForStayAsTheyAre() {
    var two = WEB.replace("{name: http, port: 80}", "{name: http, port: 80}, {name: b, port: 81}");
    var one =
        route("", "rules: [{matches: [{path: {value: /a}}]}]")
            .replace("name: web}", "name: web, port: 80}");

    var rules = only(read(two, one)).traffic().http();

    assertThat(rules)
        .extracting(rule -> rule.matches().getFirst().port())
        .containsExactly(OptionalInt.of(80), OptionalInt.of(81));
  }

  @Test
  void aPrefixThatIsTheWholePathIsWorthAsMuchAsAnExactOne() {
    var rules =
        only(read(
                WEB,
                route(
                    "",
                    """
                        rules:
                          - {name: exact, matches: [{path: {type: Exact, value: /a}}]}
                          - {name: prefix, matches: [{path: {value: /a}, method: GET}]}
                        """)))
            .traffic()
            .http();

    assertThat(rules)
        .extracting(
            rule -> rule.name() + " " + rule.matches().getFirst().path().orElseThrow().kind())
        .containsExactly("prefix EXACT", "exact EXACT", "prefix SEGMENT_PREFIX");
  }

  @Test
  void aNameOfTheServiceItselfIsNoConditionForCallersOfItsImport() {
    var hosts = route("", "hostnames: [web.shop, \"*.example.org\"]\n  rules: [{}]");

    var offer = only(read(WEB, hosts));

    assertThat(onlyRule(offer).matches())
        .extracting(match -> match.authority().isPresent())
        .containsExactly(false, true);
    assertThat(offer.losses()).extracting(Loss::path).containsExactly("spec.hostnames[0]");
  }

  private static Reading read(String... documents) {
    return new LinkerdTranslator().read(Manifest.of(documents), Cluster.MESH, Selection.ALL);
  }

  private static Offer only(Reading reading) {
    assertThat(reading.unreadable()).isEmpty();
    assertThat(reading.offers()).hasSize(1);
    return reading.offers().getFirst();
  }

  private static HttpRule onlyRule(Offer offer) {
    assertThat(offer.traffic().http()).hasSize(1);
    return offer.traffic().http().getFirst();
  }

  private static String annotated(String... annotations) {
    return WEB.replace(
        "namespace: shop}",
        "namespace: shop, annotations: {"
            + String.join(", ", Stream.of(annotations).toList())
            + "}}");
  }

  private static String route(String annotation, String spec) {
    return """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: r, namespace: shop, annotations: {%s}}
        spec:
          parentRefs: [{group: "", kind: Service, name: web}]
          %s
        """
        .formatted(annotation, spec);
  }

  private static String profile(String spec) {
    return """
        apiVersion: linkerd.io/v1alpha2
        kind: ServiceProfile
        metadata: {name: web.shop.svc.cluster.local, namespace: shop}
        spec:
        """
        + spec.indent(2);
  }
}
