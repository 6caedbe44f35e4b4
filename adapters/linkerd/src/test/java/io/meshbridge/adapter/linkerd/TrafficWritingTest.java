package io.meshbridge.adapter.linkerd;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Export;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Health;
import io.meshbridge.model.Import;
import io.meshbridge.model.Locality;
import io.meshbridge.model.Loss;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.ServicePort;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.ClientMatch;
import io.meshbridge.model.traffic.ConnectionLimits;
import io.meshbridge.model.traffic.DestinationPolicy;
import io.meshbridge.model.traffic.HeaderChange;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.L4Rule;
import io.meshbridge.model.traffic.LoadBalancing;
import io.meshbridge.model.traffic.NamedMatch;
import io.meshbridge.model.traffic.OutlierDetection;
import io.meshbridge.model.traffic.PathMatch;
import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.RetryCondition;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.Subset;
import io.meshbridge.model.traffic.TextMatch;
import io.meshbridge.model.traffic.Timeouts;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.model.traffic.WeightedBackend;
import io.meshbridge.spi.NativeDocument;
import io.meshbridge.spi.Translation;
import io.meshbridge.spi.Translator;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TrafficWritingTest {
  private static final ServiceKey CART = new ServiceKey(Imports.AWAY, "shop", "cart");
  private static final List<WeightedBackend> SELF = List.of(WeightedBackend.only(BackendRef.SELF));

  private final List<Loss> losses = new ArrayList<>();

  @Test
  void aRuleThatSaysNothingNeedsNoRoute() {
    assertThat(routes(rule(List.of(), SELF))).isEmpty();
    assertThat(losses).isEmpty();
  }

  @Test
  void writesARouteForEachPortOfTheService() {
    var route =
        onlyRoute(
            rule(
                List.of(HttpMatch.ANY.withPath(PathMatch.segmentPrefix("/api"))),
                List.of(
                    new WeightedBackend(BackendRef.SELF, 9, List.of()),
                    new WeightedBackend(BackendRef.service(CART), 1, List.of()))));

    assertThat(route.content().get("apiVersion")).isEqualTo("gateway.networking.k8s.io/v1");
    assertThat(yaml(route.content().get("spec")))
        .isEqualTo(
            """
            ---
            parentRefs:
            - group: ""
              kind: "Service"
              name: "web-away"
              port: 80
            rules:
            - matches:
              - path:
                  type: "PathPrefix"
                  value: "/api"
              backendRefs:
              - group: ""
                kind: "Service"
                name: "web-away"
                port: 80
                weight: 9
              - group: ""
                kind: "Service"
                name: "cart-away"
                port: 80
                weight: 1
            """);
    assertThat(losses).isEmpty();
  }

  @Test
  void saysWhatRoutesHaveNoWordForAsExpressions() {
    var match =
        new HttpMatch(
            Optional.of(PathMatch.stringPrefix("/foo.")),
            Optional.of(TextMatch.exact("GET")),
            List.of(
                NamedMatch.is("a", TextMatch.prefix("x")),
                NamedMatch.is("b", TextMatch.PRESENT),
                NamedMatch.is("c", new TextMatch(TextMatch.Kind.EXACT, "V", true)),
                NamedMatch.is("d", TextMatch.regex("a|ab"))),
            List.of(NamedMatch.is("q", TextMatch.exact("1"))),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            ClientMatch.ANY);

    assertThat(yaml(matchesOf(onlyRoute(rule(List.of(match), SELF)))))
        .contains("value: \"/foo\\\\..*\"")
        .contains("value: \"x.*\"")
        .contains("value: \".*\"")
        .contains("value: \"(?i)V\"")
        .contains("value: \"^(?:a|ab)$\"")
        .contains("method: \"GET\"");
    assertThat(losses).isEmpty();
  }

  @Test
  void aMatchThatCannotBeSaidIsLeftOutWithItsRule() {
    var labels = new ClientMatch("", new TreeMap<>(Map.of("app", "x")));
    var said = rule(List.of(path("/ok")), SELF);
    var unsaid = rule(List.of(from(path("/a"), labels)), SELF);

    assertThat(matchesOf(onlyRoute(unsaid, said))).hasSize(1);
    assertThat(losses).extracting(Loss::path).containsExactly("traffic.http[0].matches[0].client");
  }

  @Test
  void anErrorThatCannotBeSaidRefusesTheImport() {
    var guard =
        withFilters(
            rule(
                List.of(from(HttpMatch.ANY, new ClientMatch("games", new TreeMap<>()))), List.of()),
            new HttpFilter.DirectResponse(403, ""));

    var translation = write(policy(guard, rule(List.of(), SELF)));

    assertThat(translation).isInstanceOf(Translation.Refused.class);
    assertThat(translation.losses())
        .filteredOn(loss -> loss.outcome() == Loss.Outcome.REFUSED)
        .extracting(Loss::path)
        .containsExactly("traffic.http[0]");
  }

  @Test
  void anErrorIsABackendThatIsNotThere() {
    var guard =
        withFilters(rule(List.of(path("/admin")), SELF), new HttpFilter.DirectResponse(403, ""));

    assertThat(yaml(onlyRoute(guard, rule(List.of(), SELF)).content().get("spec")))
        .contains("kind: \"Nowhere\"");
    assertThat(losses)
        .extracting(Loss::path, Loss::outcome)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "traffic.http[0].filters[0]", Loss.Outcome.APPROXIMATED));
  }

  @Test
  void neverWritesAFilterThatTheControlPlaneRefuses() {
    var rewriting =
        withFilters(
            rule(List.of(path("/a")), SELF),
            new HttpFilter.Rewrite(Optional.of("x"), Optional.empty()));
    var mirroring =
        withFilters(
            rule(List.of(path("/b")), SELF),
            new HttpFilter.Mirror(BackendRef.service(CART), BigDecimal.TEN),
            new HttpFilter.Delay(Duration.ofSeconds(1), BigDecimal.ONE));

    var route = onlyRoute(rewriting, mirroring);

    assertThat(yaml(route.content()))
        .contains("/b")
        .doesNotContain("/a\"")
        .doesNotContain("filters");
    assertThat(losses)
        .extracting(Loss::path)
        .containsExactlyInAnyOrder(
            "traffic.http[0].filters[0]",
            "traffic.http[1].filters[0]",
            "traffic.http[1].filters[1]");
  }

  @Test
  void writesHeaderChangesAndRedirects() {
    var change =
        new HeaderChange(
            new TreeMap<>(Map.of("a", "1")),
            new TreeMap<>(Map.of("b", "2", "c", "3")),
            new TreeSet<>(Set.of("c", "d")));
    var route =
        onlyRoute(
            withFilters(rule(List.of(path("/a")), SELF), new HttpFilter.RequestHeaders(change)),
            withFilters(
                rule(List.of(path("/b")), List.of()),
                new HttpFilter.Redirect(
                    Optional.of("https"),
                    Optional.of("x.y"),
                    OptionalInt.of(8443),
                    Optional.empty(),
                    308)));

    assertThat(yaml(route.content().get("spec")))
        .contains(
            """
                  set:
                  - name: "a"
                    value: "1"
                  - name: "c"
                    value: "3"
                  add:
                  - name: "b"
                    value: "2"
                  remove:
                  - "d"
            """)
        .contains("hostname: \"x.y\"")
        .contains("statusCode: 301");
    assertThat(losses).extracting(Loss::path).containsExactly("traffic.http[1].filters[0].status");
  }

  @Test
  void retriesAndIdleTimeoutsAreAnnotationsOfARouteOfTheirOwn() {
    var retry =
        new Retry(
            3,
            new TreeSet<>(Set.of(RetryCondition.GATEWAY_ERROR, RetryCondition.RESET)),
            new TreeSet<>(Set.of(500, 501, 503)),
            Optional.of(Duration.ofMillis(10)),
            Optional.empty(),
            false);
    var retried =
        timed(
            rule(List.of(path("/a")), SELF),
            new Timeouts(
                Optional.of(Duration.ofSeconds(3)),
                Optional.of(Duration.ofMillis(800)),
                Optional.of(Duration.ofMinutes(1))),
            retry);

    var routes = routes(retried, rule(List.of(), SELF));

    assertThat(routes)
        .extracting(NativeDocument::name)
        .containsExactly("httproute-web-away-80", "httproute-web-away-80-02");
    assertThat(annotationsOf(routes.getFirst()))
        .containsEntry("retry.linkerd.io/http", "gateway-error,500-501,503")
        .containsEntry("retry.linkerd.io/limit", "3")
        .containsEntry("retry.linkerd.io/timeout", "800ms")
        .containsEntry("timeout.linkerd.io/idle", "60s");
    assertThat(annotationsOf(routes.getLast())).doesNotContainKey("retry.linkerd.io/limit");
    assertThat(yaml(routes.getFirst().content())).contains("request: \"3s\"");
    assertThat(losses)
        .extracting(Loss::path)
        .containsExactlyInAnyOrder(
            "traffic.http[0].retry.conditions", "traffic.http[0].retry.backoff");
  }

  @Test
  void aDefaultOfAnotherMeshIsSaidAsFarAsItGoesAndNotMissed() {
    var istio =
        new Retry(
            2,
            new TreeSet<>(Set.of(RetryCondition.CONNECT_FAILURE, RetryCondition.REFUSED_STREAM)),
            new TreeSet<>(Set.of(503)),
            Optional.empty(),
            Optional.empty(),
            true);

    var route = onlyRoute(timed(rule(List.of(), SELF), Timeouts.DEFAULT, istio));

    assertThat(annotationsOf(route)).containsEntry("retry.linkerd.io/http", "503");
    assertThat(losses).isEmpty();
  }

  @Test
  void keepsTheOrderOfRulesByAMatchForWhatTwoAreFor() {
    var first = rule(List.of(path("/a")), List.of(WeightedBackend.only(BackendRef.service(CART))));
    var second =
        rule(
            List.of(
                new HttpMatch(
                    Optional.of(PathMatch.segmentPrefix("/")),
                    Optional.of(TextMatch.exact("GET")),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalInt.empty(),
                    ClientMatch.ANY)),
            SELF);
    var wider = rule(List.of(header("x", "1")), SELF);

    // The longer path wins over a header, although the rule for the header comes first.
    var route = onlyRoute(wider, first, second);

    assertThat(yaml(rulesOf(route).getFirst())).contains("value: \"/a\"").contains("name: \"x\"");
    assertThat(rulesOf(route)).hasSize(5);
    assertThat(losses).isEmpty();
  }

  @Test
  void tellsWhereTheOrderOfRulesCannotBeKept() {
    var regex =
        rule(
            List.of(HttpMatch.ANY.withPath(PathMatch.regex("/a[0-9]+.*"))),
            List.of(WeightedBackend.only(BackendRef.service(CART))));
    var other =
        rule(
            List.of(
                new HttpMatch(
                    Optional.of(PathMatch.regex("/a.*z")),
                    Optional.of(TextMatch.exact("GET")),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalInt.empty(),
                    ClientMatch.ANY)),
            SELF);

    onlyRoute(regex, other);

    assertThat(losses)
        .extracting(Loss::path, Loss::outcome)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "traffic.http[1].matches[0]", Loss.Outcome.APPROXIMATED));
  }

  @Test
  void whatAHeaderIsNotIsSaidByOrder() {
    var beta = new NamedMatch("beta", TextMatch.exact("on"), true);
    var stable =
        rule(
            List.of(
                new HttpMatch(
                    Optional.empty(),
                    Optional.empty(),
                    List.of(beta),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalInt.empty(),
                    ClientMatch.ANY)),
            SELF);
    var rest = rule(List.of(), List.of(WeightedBackend.only(BackendRef.service(CART))));

    var rules = rulesOf(onlyRoute(stable, rest));

    assertThat(yaml(rules.getFirst())).contains("name: \"beta\"").contains("cart-away");
    assertThat(yaml(rules.get(1))).contains("web-away").doesNotContain("beta");
    assertThat(losses).isEmpty();
  }

  @Test
  void whatIsSaidOfOneHeaderTwiceCannotBeSaid() {
    var twice =
        new HttpMatch(
            Optional.empty(),
            Optional.empty(),
            List.of(
                NamedMatch.is("x", TextMatch.prefix("a")),
                new NamedMatch("x", TextMatch.exact("ab"), true)),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            ClientMatch.ANY);

    onlyRoute(rule(List.of(twice), SELF), rule(List.of(path("/a")), SELF));

    assertThat(losses)
        .extracting(Loss::path)
        .containsExactly("traffic.http[0].matches[0].headers[1]");
  }

  @Test
  void noRouteIsLeftIfAllThatCanBeSaidHoldsWithoutIt() {
    var theirs = rule(List.of(from(path("/a"), new ClientMatch("games", new TreeMap<>()))), SELF);

    assertThat(routes(theirs, rule(List.of(), SELF))).isEmpty();
    assertThat(losses).extracting(Loss::path).containsExactly("traffic.http[0].matches[0].client");
  }

  @Test
  void aSubsetIsAServiceOfItsOwn() {
    var subset =
        new Subset(
            "v1", new TreeMap<>(Map.of("version", "v1")), DestinationPolicy.DEFAULT, Sources.NONE);
    var unused =
        new Subset(
            "v9", new TreeMap<>(Map.of("version", "v9")), DestinationPolicy.DEFAULT, Sources.NONE);
    var rules = List.of(rule(List.of(), List.of(WeightedBackend.only(BackendRef.subset("v1")))));

    var documents =
        written(
            new TrafficPolicy(
                rules,
                List.of(),
                List.of(subset, unused),
                DestinationPolicy.DEFAULT,
                new TreeMap<>()));

    assertThat(documents)
        .extracting(NativeDocument::name)
        .contains("service-web-away", "service-web-away-v1", "httproute-web-away-80")
        .doesNotContain("service-web-away-v9");
    assertThat(documents)
        .filteredOn(document -> document.name().startsWith("endpointslice-web-away-v1"))
        .singleElement()
        .satisfies(
            slice ->
                assertThat(yaml(slice.content())).contains("10.0.0.1").doesNotContain("10.0.0.2"));
    assertThat(losses).extracting(Loss::path).contains("traffic.subsets[v9].labels");
  }

  @Test
  void aBackendThatTheTargetDoesNotHaveLeavesTheRuleOut() {
    var unknown = new ServiceKey(Imports.AWAY, "shop", "unknown");

    assertThat(
            routes(
                rule(
                    List.of(path("/a")),
                    List.of(WeightedBackend.only(BackendRef.service(unknown)))),
                rule(List.of(path("/b")), SELF)))
        .hasSize(1)
        .allSatisfy(route -> assertThat(rulesOf(route)).hasSize(1));
    assertThat(losses).extracting(Loss::path).containsExactly("traffic.http[0].backends[0].ref");
  }

  @Test
  void callsOfGrpcAreAGrpcRouteWhereTheProxiesOpenThem() {
    var call = grpc(rule(List.of(HttpMatch.ANY.withPath(PathMatch.exact("/a.B/Get"))), SELF));
    var service =
        grpc(rule(List.of(HttpMatch.ANY.withPath(PathMatch.stringPrefix("/a.B/"))), SELF));

    var documents = written(policy(call, service), new ServicePort("grpc", 80, AppProtocol.GRPC));

    var route = documents.getLast();
    assertThat(route.name()).isEqualTo("grpcroute-web-away-80");
    assertThat(yaml(rulesOf(route))).contains("service: \"a.B\"").contains("method: \"Get\"");
    assertThat(yaml(documents.getFirst().content())).contains("kubernetes.io/h2c");
    assertThat(losses).extracting(Loss::path).containsExactly("ports[grpc].protocol");
  }

  @Test
  void connectionsAreToldApartByNameOrPort() {
    var tls =
        new L4Rule(
            List.of("a.example.com"),
            OptionalInt.empty(),
            ClientMatch.ANY,
            List.of(WeightedBackend.only(BackendRef.service(CART))),
            Sources.NONE);
    var tcp =
        new L4Rule(
            List.of(),
            OptionalInt.of(3306),
            ClientMatch.ANY,
            List.of(WeightedBackend.only(BackendRef.service(CART))),
            Sources.NONE);

    assertThat(
            names(
                written(
                    new TrafficPolicy(
                        List.of(),
                        List.of(tls),
                        List.of(),
                        DestinationPolicy.DEFAULT,
                        new TreeMap<>()),
                    new ServicePort("tls", 443, AppProtocol.TLS))))
        .contains("tlsroute-web-away-443-tls");
    assertThat(
            names(
                written(
                    new TrafficPolicy(
                        List.of(),
                        List.of(tcp),
                        List.of(),
                        DestinationPolicy.DEFAULT,
                        new TreeMap<>()),
                    new ServicePort("db", 3306, AppProtocol.TCP))))
        .contains("tcproute-web-away-3306-tcp");
  }

  @Test
  void outliersAreAnnotationsAndTheRestIsTold() {
    var destination =
        new DestinationPolicy(
            Optional.of(LoadBalancing.by(LoadBalancing.Algorithm.RING_HASH)),
            Optional.of(
                new OutlierDetection(
                    OptionalInt.of(4),
                    OptionalInt.empty(),
                    Optional.of(Duration.ofSeconds(10)),
                    Optional.of(Duration.ofSeconds(90)),
                    Optional.empty(),
                    OptionalInt.of(50),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    Optional.empty())),
            new ConnectionLimits(
                OptionalInt.of(5),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty()),
            Optional.empty(),
            List.of(),
            Sources.NONE);

    var service =
        written(new TrafficPolicy(List.of(), List.of(), List.of(), destination, new TreeMap<>()))
            .getFirst();

    assertThat(annotationsOf(service))
        .containsEntry("balancer.linkerd.io/failure-accrual", "consecutive")
        .containsEntry("balancer.linkerd.io/failure-accrual-consecutive-max-failures", "4")
        .containsEntry("balancer.linkerd.io/failure-accrual-consecutive-min-penalty", "90s")
        .containsEntry("balancer.linkerd.io/failure-accrual-consecutive-max-penalty", "90s");
    assertThat(losses)
        .extracting(Loss::path)
        .containsExactlyInAnyOrder(
            "traffic.destination.loadBalancing",
            "traffic.destination.outliers.interval",
            "traffic.destination.outliers.maxEjectionPercent",
            "traffic.destination.limits.maxConnections");
  }

  @Test
  void moreRulesThanARouteMayHaveAreSeveralRoutes() {
    var rules = new ArrayList<HttpRule>();
    for (int i = 0; i < 20; i++) {
      rules.add(rule(List.of(path("/p" + i)), SELF));
    }

    var routes = routes(rules.toArray(HttpRule[]::new));

    assertThat(routes).hasSize(2);
    assertThat(rulesOf(routes.getFirst())).hasSize(16);
    assertThat(losses).isEmpty();
  }

  private NativeDocument onlyRoute(HttpRule... rules) {
    var routes = routes(rules);
    assertThat(routes).hasSize(1);
    return routes.getFirst();
  }

  private List<NativeDocument> routes(HttpRule... rules) {
    return written(policy(rules)).stream()
        .filter(document -> document.name().startsWith("httproute-"))
        .toList();
  }

  private List<NativeDocument> written(TrafficPolicy policy, ServicePort... ports) {
    var translation = write(policy, ports);
    assertThat(translation).isInstanceOf(Translation.Written.class);
    translation.losses().stream()
        .filter(loss -> !loss.path().startsWith("endpoints"))
        .forEach(losses::add);
    return ((Translation.Written) translation).documents();
  }

  private static Translation write(TrafficPolicy policy, ServicePort... ports) {
    var written = ports.length == 0 ? List.of(Imports.HTTP) : List.of(ports);
    var numbers = new TreeMap<String, Integer>();
    written.forEach(port -> numbers.put(port.name(), 8080));
    var service = new ServiceKey(Imports.AWAY, "shop", "web");
    var export =
        new Export(
            service,
            written,
            new TreeMap<>(),
            List.of("web"),
            Instant.EPOCH,
            FederationPath.startingAt(Imports.AWAY),
            AccessPolicy.OPEN,
            policy);
    var imported =
        new Import(
            "web-away.shop",
            export,
            EndpointList.of(
                List.of(endpoint("10.0.0.1", "v1", numbers), endpoint("10.0.0.2", "v2", numbers))),
            new MeshDescriptor(Imports.AWAY, "istio", "", "", ""),
            new TreeMap<>(Map.of(service, "web-away.shop", CART, "cart-away.shop")));
    return new LinkerdTranslator()
        .write(imported, new Translator.WriteContext("shops", Cluster.MESH.id(), ""));
  }

  private static Endpoint endpoint(String address, String version, TreeMap<String, Integer> ports) {
    return new Endpoint(
        address,
        ports,
        Health.READY,
        1,
        Locality.UNKNOWN,
        "",
        new TreeMap<>(Map.of("version", version)),
        "");
  }

  private static TrafficPolicy policy(HttpRule... rules) {
    return new TrafficPolicy(
        List.of(rules), List.of(), List.of(), DestinationPolicy.DEFAULT, new TreeMap<>());
  }

  private static HttpRule rule(List<HttpMatch> matches, List<WeightedBackend> backends) {
    return timed(HttpRule.routing(matches, backends), Timeouts.DEFAULT, Retry.NEVER);
  }

  private static HttpRule timed(HttpRule rule, Timeouts timeouts, Retry retry) {
    return new HttpRule(
        rule.name(),
        rule.grpc(),
        rule.matches(),
        rule.filters(),
        rule.backends(),
        timeouts,
        Optional.of(retry),
        rule.affinity(),
        rule.sources());
  }

  private static HttpRule withFilters(HttpRule rule, HttpFilter... filters) {
    return new HttpRule(
        rule.name(),
        rule.grpc(),
        rule.matches(),
        List.of(filters),
        rule.backends(),
        rule.timeouts(),
        rule.retry(),
        rule.affinity(),
        rule.sources());
  }

  private static HttpRule grpc(HttpRule rule) {
    return new HttpRule(
        rule.name(),
        true,
        rule.matches(),
        rule.filters(),
        rule.backends(),
        rule.timeouts(),
        rule.retry(),
        rule.affinity(),
        rule.sources());
  }

  private static HttpMatch path(String prefix) {
    return HttpMatch.ANY.withPath(PathMatch.segmentPrefix(prefix));
  }

  private static HttpMatch header(String name, String value) {
    return new HttpMatch(
        Optional.empty(),
        Optional.empty(),
        List.of(NamedMatch.is(name, TextMatch.exact(value))),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        ClientMatch.ANY);
  }

  private static HttpMatch from(HttpMatch match, ClientMatch client) {
    return new HttpMatch(
        match.path(),
        match.method(),
        match.headers(),
        match.query(),
        match.authority(),
        match.scheme(),
        match.port(),
        client);
  }

  private static List<String> names(List<NativeDocument> documents) {
    return documents.stream().map(NativeDocument::name).toList();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> annotationsOf(NativeDocument document) {
    var metadata = (Map<String, Object>) document.content().get("metadata");
    return (Map<String, String>) metadata.get("annotations");
  }

  @SuppressWarnings("unchecked")
  private static List<Object> rulesOf(NativeDocument route) {
    return (List<Object>) ((Map<String, Object>) route.content().get("spec")).get("rules");
  }

  @SuppressWarnings("unchecked")
  private static List<Object> matchesOf(NativeDocument route) {
    return (List<Object>) ((Map<String, Object>) rulesOf(route).getFirst()).get("matches");
  }

  private static String yaml(Object content) {
    return new KubernetesSerialization().asYaml(content);
  }
}
