package io.meshbridge.adapter.consul.traffic;

import static io.meshbridge.adapter.consul.traffic.Entries.said;
import static io.meshbridge.adapter.consul.traffic.Policies.fields;
import static io.meshbridge.adapter.consul.traffic.Policies.path;
import static io.meshbridge.adapter.consul.traffic.Policies.policy;
import static io.meshbridge.adapter.consul.traffic.Policies.rules;
import static io.meshbridge.adapter.consul.traffic.Policies.version;
import static io.meshbridge.adapter.consul.traffic.Policies.with;
import static io.meshbridge.adapter.consul.traffic.Policies.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.ServicePort;
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
import io.meshbridge.model.traffic.LocalityPolicy;
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

class TrafficWriterTest {
  private static final String OLD = "1.8.7";
  private static final WeightedBackend SELF = WeightedBackend.only(BackendRef.SELF);

  @Test
  void saysTheProtocolOfEveryPortThatSpeaksHttp() {
    // Given
    var grpc = new ServicePort("rpc", 90, AppProtocol.GRPC);

    // When
    var written = write(Policies.web(TrafficPolicy.NONE, Policies.HTTP, grpc, Policies.TCP), "");

    // Then
    assertThat(written.entries())
        .extracting(WantedEntry::reference)
        .containsExactly("service-defaults web-http", "service-defaults web-rpc");
    assertThat(fields(written, "service-defaults web-rpc")).isEqualTo("{\"Protocol\":\"grpc\"}");
    assertThat(written.losses()).isEmpty();
  }

  @Test
  void writesRoutesWithTheSameMeaning() {
    // Given
    var match =
        new HttpMatch(
            Optional.of(PathMatch.segmentPrefix("/foo/")),
            Optional.of(TextMatch.exact("GET")),
            List.of(NamedMatch.is("x-v", TextMatch.prefix("a"))),
            List.of(NamedMatch.is("q", new TextMatch(TextMatch.Kind.CONTAINS, "a.b", false))),
            Optional.of(TextMatch.exact("shop")),
            Optional.empty(),
            OptionalInt.empty(),
            ClientMatch.ANY);

    // When
    var written =
        write(
            policy(
                List.of(
                    to(match, WeightedBackend.only(BackendRef.subset("v2"))),
                    to(HttpMatch.ANY, SELF)),
                DestinationPolicy.DEFAULT,
                version("v2")));

    // Then
    var rest =
        ",\"Header\":[{\"Name\":\":authority\",\"Exact\":\"shop\"},{\"Name\":\"x-v\",\"Prefix\":\"a\"}],"
            + "\"QueryParam\":[{\"Name\":\"q\",\"Regex\":\".*a\\\\.b.*\"}],\"Methods\":[\"GET\"]}},"
            + "\"Destination\":{\"ServiceSubset\":\"v2\",\"RequestTimeout\":\"-1s\"}}";
    assertThat(fields(written, "service-router web"))
        .isEqualTo(
            "{\"Routes\":[{\"Match\":{\"HTTP\":{\"PathExact\":\"/foo\""
                + rest
                + ",{\"Match\":{\"HTTP\":{\"PathPrefix\":\"/foo/\""
                + rest
                + ",{\"Destination\":{\"RequestTimeout\":\"-1s\"}}]}");
    assertThat(fields(written, "service-resolver web"))
        .isEqualTo("{\"Subsets\":{\"v2\":{\"Filter\":\"Service.Meta.version == \\\"v2\\\"\"}}}");
    assertThat(written.losses()).isEmpty();
  }

  @Test
  void saysAHeaderThatIsNotSuchAsAbsentOrAnother() {
    // Given
    var not = new NamedMatch("x", TextMatch.exact("a"), true);
    var open =
        new HttpMatch(
            Optional.empty(),
            Optional.empty(),
            List.of(not),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            ClientMatch.ANY);
    var there =
        new HttpMatch(
            Optional.empty(),
            Optional.empty(),
            List.of(NamedMatch.is("x", TextMatch.PRESENT), not),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            ClientMatch.ANY);

    // When
    var written = write(rules(to(open, SELF), to(there, SELF), to(HttpMatch.ANY, SELF)));

    // Then
    assertThat(fields(written, "service-router web"))
        .containsSubsequence(
            "[{\"Name\":\"x\",\"Present\":true,\"Invert\":true}]",
            "[{\"Name\":\"x\",\"Exact\":\"a\",\"Invert\":true}]",
            "[{\"Name\":\"x\",\"Exact\":\"a\",\"Invert\":true}]");
    assertThat(fields(written, "service-router web").split("\"Match\"", -1)).hasSize(4);
    assertThat(written.losses()).isEmpty();
  }

  @Test
  void sharesRequestsOfARouteUnderANameOfItsOwn() {
    // Given
    var canary =
        to(
            path(PathMatch.stringPrefix("/new")),
            new WeightedBackend(BackendRef.subset("v1"), 2, List.of()),
            new WeightedBackend(
                Policies.API,
                1,
                List.of(
                    new HttpFilter.RequestHeaders(
                        HeaderChange.setting(new TreeMap<>(Map.of("x", "y")))))),
            new WeightedBackend(BackendRef.subset("v1"), 0, List.of()));

    // When
    var written =
        write(
            policy(
                List.of(canary, to(HttpMatch.ANY, SELF)),
                DestinationPolicy.DEFAULT,
                version("v1")));

    // Then
    assertThat(written.entries())
        .extracting(WantedEntry::reference)
        .containsExactly(
            "service-defaults web",
            "service-defaults web-r1",
            "service-resolver web",
            "service-splitter web-r1",
            "service-router web");
    assertThat(fields(written, "service-splitter web-r1"))
        .isEqualTo(
            "{\"Splits\":[{\"Weight\":66.67,\"Service\":\"web\",\"ServiceSubset\":\"v1\"},"
                + "{\"Weight\":33.33,\"Service\":\"api\",\"RequestHeaders\":{\"Set\":{\"x\":\"y\"}}}]}");
    assertThat(fields(written, "service-router web")).contains("\"Service\":\"web-r1\"");
    assertThat(said(written.losses()))
        .containsExactlyInAnyOrder(
            "APPROXIMATED traffic.http[0].backends[0].weight",
            "APPROXIMATED traffic.http[0].backends[1].weight",
            "APPROXIMATED traffic.http[0].backends[2].weight");
  }

  @Test
  void neverLetsAnyoneAnswerWhatNobodyShouldAnswer() {
    // When
    var written =
        write(
            rules(
                with(to(path(PathMatch.exact("/a"))), new HttpFilter.DirectResponse(403, "no")),
                with(
                    to(path(PathMatch.exact("/b")), SELF),
                    new HttpFilter.Abort(OptionalInt.of(500), "", BigDecimal.valueOf(100))),
                to(path(PathMatch.exact("/c")))));

    // Then
    assertThat(fields(written, "service-router web").split("\"Service\":\"web-none\"", -1))
        .hasSize(5);
    assertThat(fields(written, "service-defaults web-none")).isEqualTo("{\"Protocol\":\"http\"}");
    assertThat(said(written.losses()))
        .containsExactly(
            "APPROXIMATED traffic.http[0].filters[0]",
            "APPROXIMATED traffic.http[1].filters[0]",
            "APPROXIMATED traffic.http[2]",
            "APPROXIMATED traffic.http");
  }

  @Test
  void refusesWhatWouldLetInWhomARuleKeepsOut() {
    // Given
    var stranger =
        new HttpMatch(
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            new ClientMatch("strangers", new TreeMap<>()));

    // When
    var written =
        write(
            rules(
                with(to(stranger), new HttpFilter.DirectResponse(403, "no")),
                to(HttpMatch.ANY, SELF)));

    // Then
    assertThat(said(written.losses()))
        .containsExactly(
            "APPROXIMATED traffic.http[0].filters[0]",
            "DROPPED traffic.http[0].matches[0].client",
            "REFUSED traffic.http[0].filters[0]");
  }

  @Test
  void unitesRoutesThatDifferInTheMethodAlone() {
    // When
    var written =
        write(
            rules(
                HttpRule.routing(List.of(method("PUT"), method("GET")), List.of(SELF)),
                to(HttpMatch.ANY, SELF)));

    // Then
    assertThat(fields(written, "service-router web"))
        .contains("[{\"Match\":{\"HTTP\":{\"Methods\":[\"GET\",\"PUT\"]}},\"Destination\"");
  }

  @Test
  void leavesOutRulesThatItCannotSayAndDropsTheRestAlone() {
    // When
    var written =
        write(
            rules(
                with(
                    to(path(PathMatch.exact("/a"))),
                    new HttpFilter.Redirect(
                        Optional.empty(),
                        Optional.of("x"),
                        OptionalInt.empty(),
                        Optional.empty(),
                        301)),
                with(
                    to(path(PathMatch.exact("/b")), SELF),
                    new HttpFilter.Rewrite(Optional.of("h"), Optional.empty())),
                to(
                    path(PathMatch.exact("/c")),
                    WeightedBackend.only(BackendRef.service(Policies.key("gone")))),
                to(path(PathMatch.exact("/d")), WeightedBackend.only(BackendRef.subset("v9"))),
                to(path(PathMatch.regex("(?=x)")), SELF),
                with(
                    to(path(PathMatch.exact("/e")), SELF),
                    new HttpFilter.Mirror(Policies.API, BigDecimal.TEN),
                    new HttpFilter.Delay(Duration.ofSeconds(1), BigDecimal.TEN),
                    new HttpFilter.Cors(
                        List.of(), List.of(), List.of(), List.of(), Optional.empty(), false)),
                to(HttpMatch.ANY, SELF)));

    // Then
    assertThat(fields(written, "service-router web"))
        .isEqualTo(
            "{\"Routes\":[{\"Match\":{\"HTTP\":{\"PathExact\":\"/e\"}},\"Destination\":"
                + "{\"RequestTimeout\":\"-1s\"}},{\"Destination\":{\"RequestTimeout\":\"-1s\"}}]}");
    assertThat(said(written.losses()))
        .containsExactly(
            "DROPPED traffic.http[0].filters[0]",
            "DROPPED traffic.http[1].filters[0]",
            "DROPPED traffic.http[2].backends[0].ref",
            "DROPPED traffic.http[3].backends[0].ref",
            "DROPPED traffic.http[4].matches[0].path",
            "DROPPED traffic.http[5].filters[0]",
            "DROPPED traffic.http[5].filters[1]",
            "DROPPED traffic.http[5].filters[2]");
  }

  @Test
  void rewritesPathsByWhatWasMatched() {
    // When
    var written =
        write(
            rules(
                with(to(path(PathMatch.exact("/a")), SELF), rewrite(new PathChange.Whole("/x"))),
                with(
                    to(path(PathMatch.segmentPrefix("/b")), SELF),
                    rewrite(new PathChange.Prefix("/"))),
                with(
                    to(path(PathMatch.stringPrefix("/c")), SELF),
                    rewrite(new PathChange.Prefix("/y"))),
                with(
                    to(path(PathMatch.stringPrefix("/d")), SELF),
                    rewrite(new PathChange.Whole("/z"))),
                to(HttpMatch.ANY, SELF)));

    // Then
    assertThat(fields(written, "service-router web"))
        .containsSubsequence(
            "\"PathExact\":\"/a\"", "\"PrefixRewrite\":\"/x\"",
            "\"PathExact\":\"/b\"", "\"PrefixRewrite\":\"/\"",
            "\"PathPrefix\":\"/b/\"", "\"PrefixRewrite\":\"/\"",
            "\"PathPrefix\":\"/c\"", "\"PrefixRewrite\":\"/y\"")
        .doesNotContain("/d");
    assertThat(said(written.losses())).containsExactly("DROPPED traffic.http[3].filters[0]");
  }

  @Test
  void saysTimeoutsAndRetriesAsTheServersVersionCan() {
    // Given
    var retry =
        new Retry(
            2,
            new TreeSet<>(
                List.of(
                    RetryCondition.CONNECT_FAILURE,
                    RetryCondition.GATEWAY_ERROR,
                    RetryCondition.REFUSED_STREAM)),
            new TreeSet<>(List.of(409)),
            Optional.of(Duration.ofMillis(25)),
            Optional.empty(),
            false);
    var rule =
        with(
            to(HttpMatch.ANY, SELF),
            new Timeouts(
                Optional.empty(),
                Optional.of(Duration.ofSeconds(2)),
                Optional.of(Duration.ofSeconds(90))),
            Optional.of(retry));

    // When
    var now = write(rules(rule));
    var before = write(Policies.web(rules(rule)), OLD);

    // Then
    assertThat(fields(now, "service-router web"))
        .isEqualTo(
            "{\"Routes\":[{\"Destination\":{\"RequestTimeout\":\"-1s\",\"IdleTimeout\":\"1m30s\","
                + "\"NumRetries\":2,\"RetryOnConnectFailure\":true,\"RetryOn\":[\"gateway-error\","
                + "\"refused-stream\"],\"RetryOnStatusCodes\":[409]}}]}");
    assertThat(said(now.losses()))
        .containsExactly(
            "DROPPED traffic.http[0].timeouts.backendRequest",
            "DROPPED traffic.http[0].retry.backoff");
    assertThat(fields(before, "service-router web"))
        .isEqualTo(
            "{\"Routes\":[{\"Destination\":{\"RequestTimeout\":\"8760h0m0s\",\"NumRetries\":2,"
                + "\"RetryOnConnectFailure\":true,\"RetryOnStatusCodes\":[409,502,503,504]}}]}");
    assertThat(said(before.losses()))
        .containsExactly(
            "DROPPED traffic.http[0].timeouts.backendRequest",
            "DROPPED traffic.http[0].timeouts.idle",
            "DROPPED traffic.http[0].retry.backoff",
            "DROPPED traffic.http[0].retry.conditions");
  }

  @Test
  void takesTheTimeOfTheOnlyTryForThatOfTheRequest() {
    // Given
    var rule =
        with(
            to(HttpMatch.ANY, SELF),
            new Timeouts(
                Optional.of(Duration.ofSeconds(9)),
                Optional.of(Duration.ofSeconds(2)),
                Optional.empty()),
            Optional.of(Retry.NEVER));

    // When, Then
    assertThat(fields(write(rules(rule)), "service-router web"))
        .contains("\"RequestTimeout\":\"2s\"");
    assertThat(write(rules(rule)).losses()).isEmpty();
  }

  @Test
  void writesNoRouterForWhatConsulDoesAnyway() {
    // Given
    var rule =
        with(
            to(HttpMatch.ANY, SELF),
            new Timeouts(Optional.of(Duration.ofSeconds(15)), Optional.empty(), Optional.empty()),
            Optional.of(Retry.NEVER));

    // When, Then
    assertThat(write(rules(rule)).entries())
        .extracting(WantedEntry::reference)
        .containsExactly("service-defaults web");
  }

  @Test
  void losesNothingThatItsOwnerNeverSaid() {
    // Given
    var implied =
        new Retry(
            2,
            new TreeSet<>(List.of(RetryCondition.CONNECT_FAILURE, RetryCondition.GRPC_CANCELLED)),
            new TreeSet<>(List.of(503)),
            Optional.empty(),
            Optional.empty(),
            true);

    // When
    var written =
        write(
            Policies.web(
                rules(with(to(HttpMatch.ANY, SELF), Timeouts.DEFAULT, Optional.of(implied)))),
            OLD);

    // Then
    assertThat(fields(written, "service-router web"))
        .contains("\"NumRetries\":2,\"RetryOnConnectFailure\":true,\"RetryOnStatusCodes\":[503]");
    assertThat(written.losses()).isEmpty();
  }

  @Test
  void writesHowInstancesAreUsedAndWhoseMatterTheRestIs() {
    // Given
    var destination =
        new DestinationPolicy(
            Optional.of(
                new LoadBalancing(
                    Algorithm.RING_HASH,
                    List.of(
                        new HashKey.Header("x-user"),
                        new HashKey.Cookie("sid", Optional.of(Duration.ZERO), "/")),
                    OptionalLong.of(2048),
                    OptionalLong.empty(),
                    Optional.empty())),
            Optional.of(
                new OutlierDetection(
                    OptionalInt.of(5),
                    OptionalInt.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    Optional.empty())),
            new ConnectionLimits(
                OptionalInt.of(10),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.of(1),
                OptionalInt.empty(),
                Optional.of(Duration.ofSeconds(3)),
                Optional.empty()),
            Optional.of(
                new LocalityPolicy(Optional.of(true), new TreeMap<>(), new TreeMap<>(), List.of())),
            List.of(Policies.API, BackendRef.service(Policies.key("gone"))),
            Sources.NONE);
    var policy = policy(List.of(), destination);

    // When
    var now = write(policy);
    var enterprise = write(Policies.web(policy), "1.17.0+ent");
    var before = write(Policies.web(policy), OLD);

    // Then
    assertThat(fields(now, "service-resolver web"))
        .isEqualTo(
            "{\"ConnectTimeout\":\"3s\",\"LoadBalancer\":{\"Policy\":\"ring_hash\",\"RingHashConfig\":"
                + "{\"MinimumRingSize\":2048},\"HashPolicies\":[{\"Field\":\"header\",\"FieldValue\":"
                + "\"x-user\",\"Terminal\":true},{\"Field\":\"cookie\",\"FieldValue\":\"sid\","
                + "\"CookieConfig\":{\"Session\":true,\"Path\":\"/\"}}]},\"Failover\":{\"*\":"
                + "{\"Targets\":[{\"Service\":\"api\"}]}}}");
    assertThat(said(now.losses()))
        .containsExactlyInAnyOrder(
            "DROPPED traffic.destination.failover[1]",
            "DROPPED traffic.destination.locality.enabled",
            "DROPPED traffic.destination.outliers",
            "DROPPED traffic.destination.limits.maxConnections",
            "DROPPED traffic.destination.limits.maxRequestsPerConnection");
    assertThat(now.losses())
        .filteredOn(loss -> loss.path().endsWith("maxConnections"))
        .extracting(loss -> loss.advice())
        .containsExactly("set UpstreamConfig.Overrides[Name=web].Limits.MaxConnections there");
    assertThat(fields(enterprise, "service-resolver web"))
        .contains("\"PrioritizeByLocality\":{\"Mode\":\"failover\"}");
    assertThat(fields(before, "service-resolver web"))
        .isEqualTo("{\"ConnectTimeout\":\"3s\",\"Failover\":{\"*\":{\"Service\":\"api\"}}}");
    assertThat(said(before.losses())).contains("DROPPED traffic.destination.loadBalancing");
  }

  @Test
  void tellsSubsetsApartByKeysThatConsulTakes() {
    // Given
    var odd =
        new Subset(
            "v1",
            new TreeMap<>(Map.of("app.kubernetes.io/version", "1", "version", "v1")),
            DestinationPolicy.DEFAULT,
            Sources.NONE);
    var all = new Subset("all", new TreeMap<>(), DestinationPolicy.DEFAULT, Sources.NONE);
    var unsayable =
        new Subset(
            "quoted",
            new TreeMap<>(Map.of("version", "\"")),
            DestinationPolicy.DEFAULT,
            Sources.NONE);

    // When
    var written = write(policy(List.of(), DestinationPolicy.DEFAULT, odd, all, unsayable));

    // Then
    assertThat(fields(written, "service-resolver web"))
        .isEqualTo(
            "{\"Subsets\":{\"all\":{},\"v1\":{\"Filter\":\"Service.Meta.label_app_kubernetes_io_version =="
                + " \\\"1\\\" and Service.Meta.version == \\\"v1\\\"\"}}}");
    assertThat(said(written.losses()))
        .containsExactly(
            "DROPPED traffic.subsets[quoted].labels", "APPROXIMATED traffic.subsets[v1].labels");
  }

  @Test
  void neverRoutesRequestsOfAServiceThatDoesNotSpeakHttp() {
    // Given
    var policy =
        policy(
            List.of(to(HttpMatch.ANY, WeightedBackend.only(BackendRef.subset("v1")))),
            DestinationPolicy.DEFAULT,
            version("v1"));

    // When
    var tcp = write(Policies.web(policy, Policies.TCP), "");
    var mixed =
        write(
            Policies.web(
                rules(to(HttpMatch.ANY, WeightedBackend.only(Policies.API))),
                new ServicePort("h2", 80, AppProtocol.HTTP2)),
            "");

    // Then
    assertThat(tcp.entries())
        .extracting(WantedEntry::reference)
        .containsExactly("service-resolver web");
    assertThat(said(tcp.losses())).containsExactly("DROPPED traffic.http[0]");
    assertThat(fields(mixed, "service-router web")).doesNotContain("\"api\"");
    assertThat(said(mixed.losses())).containsExactly("DROPPED traffic.http[0].backends[0].ref");
    assertThat(mixed.losses().getFirst().reason())
        .contains("routes only among services of one protocol");
  }

  @Test
  void leadsConnectionsAsAWholeOrNotAtAll() {
    // Given
    var plain =
        new L4Rule(
            List.of(),
            OptionalInt.of(5432),
            ClientMatch.ANY,
            List.of(WeightedBackend.only(BackendRef.subset("v1"))),
            Sources.NONE);
    var tls =
        new L4Rule(
            List.of("a.example"),
            OptionalInt.empty(),
            ClientMatch.ANY,
            plain.backends(),
            Sources.NONE);
    var split =
        new L4Rule(
            List.of(), OptionalInt.empty(), ClientMatch.ANY, List.of(SELF, SELF), Sources.NONE);
    var policy =
        new TrafficPolicy(
            List.of(),
            List.of(tls, split, plain),
            List.of(version("v1")),
            DestinationPolicy.DEFAULT,
            new TreeMap<>());

    // When
    var written = write(Policies.web(policy, Policies.TCP), "");

    // Then
    assertThat(fields(written, "service-resolver web")).contains("\"DefaultSubset\":\"v1\"");
    assertThat(said(written.losses()))
        .containsExactly("DROPPED traffic.l4[0].serverNames", "DROPPED traffic.l4[1].backends");
  }

  @Test
  void writesForEachPortWhatIsSaidOfIt() {
    // Given
    var other = new ServicePort("admin", 81, AppProtocol.HTTP);
    var policy =
        rules(
            to(HttpMatch.ANY.withPort(81), WeightedBackend.only(Policies.API)),
            to(HttpMatch.ANY, SELF));

    // When
    var written = write(Policies.web(policy, Policies.HTTP, other), "");

    // Then
    assertThat(fields(written, "service-router web-http")).doesNotContain("api");
    assertThat(fields(written, "service-router web-admin")).contains("\"Service\":\"api\"");
    assertThat(written.losses()).isEmpty();
  }

  @Test
  void readsBackWhatItWrote() {
    // Given
    var rule =
        with(
            to(
                path(PathMatch.stringPrefix("/a")),
                new WeightedBackend(BackendRef.subset("v1"), 90, List.of()),
                new WeightedBackend(BackendRef.subset("v2"), 10, List.of())),
            new Timeouts(Optional.of(Duration.ofMillis(1500)), Optional.empty(), Optional.empty()),
            Optional.of(Retry.NEVER));
    var rest =
        with(
            to(HttpMatch.ANY, SELF),
            new Timeouts(Optional.of(Duration.ZERO), Optional.empty(), Optional.empty()),
            Optional.of(Retry.NEVER));
    var policy =
        policy(
            List.of(rule, rest.withMatches(List.of())),
            DestinationPolicy.DEFAULT,
            version("v1"),
            version("v2"));
    var entries =
        write(policy).entries().stream()
            .map(entry -> Policies.json(entry.content()))
            .toArray(String[]::new);

    // When
    var read = Entries.web(entries);

    // Then
    assertThat(read.policy().withoutSources()).isEqualTo(policy);
    assertThat(read.losses()).isEmpty();
    assertThat(read.faults()).isEmpty();
  }

  private static HttpMatch method(String method) {
    return new HttpMatch(
        Optional.empty(),
        Optional.of(TextMatch.exact(method)),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        ClientMatch.ANY);
  }

  private static HttpFilter rewrite(PathChange change) {
    return new HttpFilter.Rewrite(Optional.empty(), Optional.of(change));
  }

  private static HttpRule to(HttpMatch match, WeightedBackend... backends) {
    return Policies.to(match, backends);
  }
}
