package io.meshbridge.adapter.consul.traffic;

import static io.meshbridge.adapter.consul.traffic.Entries.WEB_IS_HTTP;
import static io.meshbridge.adapter.consul.traffic.Entries.onlyRule;
import static io.meshbridge.adapter.consul.traffic.Entries.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.NamedMatch;
import io.meshbridge.model.traffic.PathChange;
import io.meshbridge.model.traffic.PathMatch;
import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.RetryCondition;
import io.meshbridge.model.traffic.Subset;
import io.meshbridge.model.traffic.TextMatch;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.model.traffic.WeightedBackend;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TrafficReaderTest {
  private static final String SUBSETS =
      """
      {"Kind": "service-resolver", "Name": "web", "Subsets": {
        "v1": {"Filter": "Service.Meta.version == \\"v1\\""},
        "v2": {"Filter": "Service.Meta.version == v2 and \\"blue\\" in Service.Tags"}}}
      """;

  @Test
  void saysNothingOfAServiceThatNobodyConfigures() {
    assertThat(Entries.web().policy()).isEqualTo(TrafficPolicy.NONE);
    assertThat(Entries.web(WEB_IS_HTTP).policy()).isEqualTo(TrafficPolicy.NONE);
    assertThat(Entries.web(WEB_IS_HTTP).losses()).isEmpty();
  }

  @Test
  void readsRoutesInOrderAndEndsThemAsTheServerDoes() {
    // When
    var traffic =
        Entries.web(
            WEB_IS_HTTP,
            SUBSETS,
            """
            {"Kind": "service-router", "Name": "web", "Routes": [
              {"Match": {"HTTP": {"PathExact": "/a", "Methods": ["get", "PUT"]}},
               "Destination": {"ServiceSubset": "v2", "RequestTimeout": "3s"}},
              {"Match": {"HTTP": {"PathPrefix": "/b", "CaseInsensitive": true}},
               "Destination": {"Service": "api", "PrefixRewrite": "/", "RequestTimeout": -1}},
              {"Match": {"HTTP": {"PathRegex": "/c/[0-9]+"}},
               "Destination": {"Service": "old", "Namespace": "shop", "IdleTimeout": 2000000000}}]}
            """);

    // Then
    var rules = traffic.policy().http();
    assertThat(traffic.losses()).isEmpty();
    assertThat(traffic.faults()).isEmpty();
    assertThat(rules).hasSize(4);
    assertThat(rules.get(0).matches())
        .extracting(match -> match.method().orElseThrow().value())
        .containsExactly("GET", "PUT");
    assertThat(rules.get(0).matches().get(1).path()).contains(PathMatch.exact("/a"));
    assertThat(refs(rules.get(0))).containsExactly(BackendRef.subset("v2"));
    assertThat(rules.get(0).timeouts().request()).contains(Duration.ofSeconds(3));
    assertThat(rules.get(1).matches().getFirst().path())
        .contains(new PathMatch(PathMatch.Kind.STRING_PREFIX, "/b", true));
    assertThat(rules.get(1).filters())
        .containsExactly(
            new HttpFilter.Rewrite(Optional.empty(), Optional.of(new PathChange.Prefix("/"))));
    assertThat(refs(rules.get(1))).containsExactly(service("default", "api"));
    assertThat(rules.get(1).timeouts().request()).contains(Duration.ZERO);
    assertThat(refs(rules.get(2))).containsExactly(service("shop", "old"));
    assertThat(rules.get(2).timeouts().idle()).contains(Duration.ofSeconds(2));
    assertThat(rules.get(3).takesAll()).isTrue();
    assertThat(refs(rules.get(3))).containsExactly(BackendRef.SELF);
    assertThat(rules)
        .allSatisfy(rule -> assertThat(rule.retry()).contains(Retry.NEVER))
        .filteredOn(rule -> rule.timeouts().request().equals(Optional.of(Duration.ofSeconds(15))))
        .hasSize(2);
  }

  @Test
  void readsConditionsAsTheProxyTakesThem() {
    // When
    var traffic =
        Entries.web(
            WEB_IS_HTTP,
            """
            {"kind": "service-router", "name": "web", "routes": [
              {"match": {"http": {
                "header": [
                  {"name": "X-There", "present": true},
                  {"name": "x-not", "present": true, "invert": true},
                  {"name": "x-other", "exact": "a", "invert": true},
                  {"name": "x-end", "suffix": "z"},
                  {"name": ":authority", "exact": "shop.example"}],
                "query_param": [{"name": "q", "regex": "a+"}]}}}]}
            """);

    // Then
    var match = traffic.policy().http().getFirst().matches().getFirst();
    assertThat(match.headers())
        .containsExactly(
            NamedMatch.is("x-there", TextMatch.PRESENT),
            new NamedMatch("x-not", TextMatch.PRESENT, true),
            // A proxy does not take a missing header for one of another value.
            NamedMatch.is("x-other", TextMatch.PRESENT),
            new NamedMatch("x-other", TextMatch.exact("a"), true),
            NamedMatch.is("x-end", new TextMatch(TextMatch.Kind.SUFFIX, "z", false)));
    assertThat(match.query()).containsExactly(NamedMatch.is("q", TextMatch.regex("a+")));
    assertThat(match.authority()).contains(TextMatch.exact("shop.example"));
    assertThat(traffic.policy().sourcesOf("http[0].matches[0].headers[3]"))
        .extracting(ref -> ref.path())
        .containsExactly(
            "routes[0].match.http.header[2].name",
            "routes[0].match.http.header[2].exact",
            "routes[0].match.http.header[2].invert");
  }

  @Test
  void readsRetriesAndSaysWhenTheyNeverHappen() {
    // When
    var traffic =
        Entries.web(
            WEB_IS_HTTP,
            """
            {"Kind": "service-router", "Name": "web", "Routes": [
              {"Match": {"HTTP": {"PathExact": "/a"}}, "Destination": {
                "NumRetries": 3, "RetryOn": ["5xx", "envoy-ratelimited", "unavailable"],
                "RetryOnConnectFailure": true, "RetryOnStatusCodes": [503, 302]}},
              {"Match": {"HTTP": {"PathExact": "/b"}}, "Destination": {"NumRetries": 3}},
              {"Destination": {"RetryOnStatusCodes": [500]}}]}
            """);

    // Then
    assertThat(traffic.policy().http())
        .extracting(rule -> rule.retry().orElseThrow())
        .containsExactly(
            new Retry(
                3,
                new TreeSet<>(
                    List.of(
                        RetryCondition.SERVER_ERROR,
                        RetryCondition.GRPC_UNAVAILABLE,
                        RetryCondition.CONNECT_FAILURE)),
                new TreeSet<>(List.of(503)),
                Optional.empty(),
                Optional.empty(),
                false),
            Retry.NEVER,
            new Retry(
                1,
                new TreeSet<>(),
                new TreeSet<>(List.of(500)),
                Optional.empty(),
                Optional.empty(),
                false));
    assertThat(said(traffic.losses()))
        .containsExactlyInAnyOrder(
            "DROPPED Routes[0].Destination.RetryOn[1]",
            "DROPPED Routes[0].Destination.RetryOnStatusCodes[1]",
            "DROPPED Routes[1].Destination.NumRetries");
  }

  @Test
  void multipliesTheWeightsOfSplittersThatFollowOneAnother() {
    // When
    var traffic =
        Entries.web(
            WEB_IS_HTTP,
            SUBSETS,
            """
            {"Kind": "service-splitter", "Name": "web", "Splits": [
              {"Weight": 80, "ServiceSubset": "v1",
               "RequestHeaders": {"Set": {"x-v": "1"}, "Remove": ["x-old"]}},
              {"Weight": 20, "Service": "next"}]}
            """,
            """
            {"Kind": "service-splitter", "Name": "next", "Splits": [
              {"Weight": 50, "ResponseHeaders": {"Add": {"x-next": "yes"}}},
              {"Weight": 50, "Service": "web", "ServiceSubset": "v2"}]}
            """);

    // Then
    var rule = onlyRule(traffic);
    assertThat(rule.backends())
        .extracting(WeightedBackend::ref, WeightedBackend::weight)
        .containsExactly(
            tuple(BackendRef.subset("v1"), 80),
            tuple(service("default", "next"), 10),
            tuple(BackendRef.subset("v2"), 10));
    assertThat(rule.backends())
        .extracting(backend -> backend.filters().size())
        .containsExactly(1, 1, 0);
    assertThat(traffic.policy().sourcesOf("http[0].backends[1].weight"))
        .extracting(ref -> ref.object() + " " + ref.path())
        .containsExactly(
            "service-splitter web Splits[1].Weight", "service-splitter next Splits[0].Weight");
    assertThat(traffic.losses()).isEmpty();
    assertThat(traffic.faults()).isEmpty();
  }

  @Test
  void followsRoutesThroughServicesThatAreOnlyNames() {
    // When
    var traffic =
        Entries.web(
            WEB_IS_HTTP,
            """
            {"Kind": "service-router", "Name": "web", "Routes": [
              {"Match": {"HTTP": {"PathPrefix": "/new"}}, "Destination": {"Service": "web-r1"}}]}
            """,
            """
            {"Kind": "service-splitter", "Name": "web-r1", "Splits": [
              {"Weight": 99.5, "Service": "web"}, {"Weight": 0.5, "Service": "web-r2"}]}
            """,
            """
            {"Kind": "service-resolver", "Name": "web-r2", "Redirect": {"Service": "canary"}}
            """);

    // Then
    var rule = traffic.policy().http().getFirst();
    assertThat(refs(rule)).containsExactly(BackendRef.SELF, service("default", "canary"));
    assertThat(rule.backends()).extracting(WeightedBackend::weight).containsExactly(9950, 50);
  }

  @Test
  void readsSubsetsFailoverAndHowInstancesAreChosen() {
    // When
    var traffic =
        Entries.web(
            WEB_IS_HTTP,
            """
            {"apiVersion": "consul.hashicorp.com/v1alpha1", "kind": "ServiceResolver",
             "metadata": {"name": "web", "namespace": "shop"},
             "spec": {
              "defaultSubset": "v1",
              "subsets": {"v1": {"filter": "Service.Meta.version == \\"v1\\"", "onlyPassing": true},
                          "odd": {"filter": "Service.Meta.version != \\"v1\\""}},
              "failover": {"*": {"targets": [{"service": "web-eu"}, {"datacenter": "dc2"}]},
                           "v1": {"serviceSubset": "odd"}},
              "connectTimeout": "2s", "requestTimeout": "7s",
              "loadBalancer": {"policy": "ring_hash",
                "ringHashConfig": {"minimumRingSize": 1024, "maximumRingSize": 9999},
                "hashPolicies": [{"field": "cookie", "fieldValue": "sid",
                  "cookieConfig": {"ttl": "1h", "path": "/"}}, {"sourceIP": true}]},
              "prioritizeByLocality": {"mode": "failover"}}}
            """);

    // Then
    var policy = traffic.policy();
    assertThat(policy.subsets())
        .extracting(Subset::name, Subset::labels)
        .containsExactly(tuple("v1", new TreeMap<>(Map.of("version", "v1"))));
    assertThat(refs(onlyRule(traffic))).containsExactly(BackendRef.subset("v1"));
    assertThat(onlyRule(traffic).timeouts().request()).contains(Duration.ofSeconds(7));
    assertThat(policy.destination().failover()).containsExactly(service("default", "web-eu"));
    assertThat(policy.destination().limits().connectTimeout()).contains(Duration.ofSeconds(2));
    assertThat(policy.destination().locality().orElseThrow().enabled()).contains(true);
    assertThat(policy.destination().loadBalancing().orElseThrow().ringSize()).hasValue(1024);
    assertThat(policy.sourcesOf("destination.loadBalancing.hashKeys[0]"))
        .extracting(ref -> ref.object() + " " + ref.path())
        .contains("ServiceResolver shop/web spec.loadBalancer.hashPolicies[0].cookieConfig.ttl");
    assertThat(said(traffic.losses()))
        .containsExactlyInAnyOrder(
            "DROPPED spec.subsets.v1.onlyPassing",
            "DROPPED spec.subsets.odd.filter",
            "DROPPED spec.failover.v1.serviceSubset",
            "DROPPED spec.failover.*.targets[1].datacenter",
            "DROPPED spec.loadBalancer.ringHashConfig.maximumRingSize",
            "APPROXIMATED spec.loadBalancer.hashPolicies[0].field");
  }

  @Test
  void leadsConnectionsElsewhereWhereNobodySpeaksHttp() {
    // When
    var traffic =
        Entries.web(
            "{\"Kind\": \"service-resolver\", \"Name\": \"web\", \"Redirect\": {\"Service\": \"db\"}}");

    // Then
    assertThat(traffic.policy().http()).isEmpty();
    assertThat(traffic.policy().l4())
        .singleElement()
        .satisfies(
            rule ->
                assertThat(rule.backends())
                    .extracting(WeightedBackend::ref)
                    .containsExactly(service("default", "db")));
  }

  @Test
  void tellsEveryFieldThatIsAMatterOfTheMeshItself() {
    // When
    var traffic =
        Entries.web(
            """
            {"Kind": "service-defaults", "Name": "web", "Protocol": "http", "Mode": "transparent",
             "UpstreamConfig": {"Defaults": {"Limits": {"MaxConnections": 5}},
               "Overrides": [{"Name": "db", "PassiveHealthCheck": {"MaxFailures": 3}}]},
             "MaxInboundConnections": 7, "Colour": "red", "Meta": {"team": "shop"}}
            """,
            """
            {"Kind": "proxy-defaults", "Name": "global",
             "Config": {"protocol": "tcp", "envoy_tracing_json": "{}"},
             "PrioritizeByLocality": {"Mode": "none"}, "AccessLogs": {"Enabled": true}}
            """);

    // Then
    assertThat(said(traffic.losses()))
        .containsExactlyInAnyOrder(
            "DROPPED Mode",
            "DROPPED UpstreamConfig.Defaults.Limits.MaxConnections",
            "DROPPED UpstreamConfig.Overrides[0].Name",
            "DROPPED UpstreamConfig.Overrides[0].PassiveHealthCheck.MaxFailures",
            "DROPPED MaxInboundConnections",
            "DROPPED Colour",
            "DROPPED Config.envoy_tracing_json",
            "DROPPED AccessLogs.Enabled");
    assertThat(traffic.policy().destination().locality().orElseThrow().enabled()).contains(false);
  }

  @Test
  void saysWhatIsWrongAndWhere() {
    // When
    var traffic =
        Entries.web(
            WEB_IS_HTTP,
            SUBSETS,
            """
            {"Kind": "service-router", "Name": "web", "Routes": [
              {"Match": {"HTTP": {"PathExact": "a", "PathPrefix": "/b"}}},
              {"Match": {"HTTP": {"PathRegex": "(?=x)"}}},
              {"Match": {"HTTP": {"Header": [{"Name": "h", "Exact": "1", "Regex": "2"}]}}},
              {"Match": {"HTTP": {"PathExact": "/d"}}, "Destination": {"ServiceSubset": "v9"}},
              {"Match": {"HTTP": {"PathExact": "/e"}}, "Destination": {"RequestTimeout": "5"}},
              {"Destination": {"PrefixRewrite": "/", "RetryOn": ["sometimes"]}}]}
            """,
            """
            {"Kind": "service-splitter", "Name": "web", "Splits": [
              {"Weight": 60, "ServiceSubset": "v1"}, {"Weight": "many", "ServiceSubset": "v8"},
              {"Weight": 1, "Colour": "red"}]}
            """);

    // Then
    assertThat(traffic.faults())
        .extracting(fault -> fault.severity() + " " + fault.path())
        .containsExactlyInAnyOrder(
            "ERROR Routes[0].Match.HTTP.PathPrefix",
            "ERROR Routes[0].Match.HTTP.PathExact",
            "ERROR Routes[1].Match.HTTP.PathRegex",
            "ERROR Routes[2].Match.HTTP.Header[0]",
            "ERROR Routes[3].Destination.ServiceSubset",
            "ERROR Routes[4].Destination.RequestTimeout",
            "ERROR Routes[5].Destination.PrefixRewrite",
            "ERROR Routes[5].Destination.RetryOn[0]",
            "ERROR Splits[1].Weight",
            "ERROR Splits[1].ServiceSubset",
            "ERROR Splits");
    assertThat(said(traffic.losses()))
        .containsExactlyInAnyOrder("DROPPED Splits[2].Colour", "DROPPED Routes[4].Destination");
    assertThat(onlyRule(traffic).backends()).hasSize(3);
  }

  @Test
  void refusesRoutesForAServiceThatDoesNotSpeakHttp() {
    // Given
    var router =
        """
        {"Kind": "service-router", "Name": "web", "Routes": [{"Destination": {"Service": "api"}}]}
        """;

    // When
    var tcp =
        Entries.web(
            "{\"Kind\": \"service-defaults\", \"Name\": \"web\", \"Protocol\": \"tcp\"}", router);
    var unknown = Entries.web(router);

    // Then
    assertThat(tcp.policy()).isEqualTo(TrafficPolicy.NONE);
    assertThat(tcp.firstError().orElseThrow()).contains("f1.json", "Routes", "speaks tcp");
    assertThat(unknown.needsHttp()).isTrue();
    assertThat(unknown.firstError()).isEmpty();
    assertThat(unknown.faults()).extracting(fault -> fault.path()).containsExactly("Routes");
    assertThat(refs(onlyRule(unknown))).containsExactly(service("default", "api"));
  }

  @Test
  void affectsOnlyThoseWhoseRequestsComeByAChange() {
    // Given
    var web =
        "{\"Kind\": \"service-router\", \"Name\": \"web\", \"Routes\": [{\"Destination\": {\"Service\": \"api\"}}]}";
    var api =
        "{\"Kind\": \"service-splitter\", \"Name\": \"api\", \"Splits\": [{\"Weight\": 100, \"Service\": \"db\"}]}";
    var db = "{\"Kind\": \"service-resolver\", \"Name\": \"db\", \"ConnectTimeout\": \"%s\"}";
    var other = "{\"Kind\": \"service-resolver\", \"Name\": \"other\", \"ConnectTimeout\": \"1s\"}";
    var before = Entries.of(web, api, other, db.formatted("1s"));

    // When, Then
    assertThat(Entries.of(web, api, other, db.formatted("1s")).affectedSince(before))
        .contains(Set.of());
    assertThat(Entries.of(web, api, other, db.formatted("2s")).affectedSince(before).orElseThrow())
        .extracting(ServiceName::name)
        .containsExactlyInAnyOrder("db", "api", "web");
    assertThat(Entries.of(web, api, other).affectedSince(before).orElseThrow())
        .extracting(ServiceName::name)
        .containsExactlyInAnyOrder("db", "api", "web");
    assertThat(
            Entries.of(
                    web,
                    api,
                    other,
                    db.formatted("1s"),
                    "{\"Kind\": \"proxy-defaults\", \"Name\": \"global\"}")
                .affectedSince(before))
        .isEmpty();
  }

  private static List<BackendRef> refs(HttpRule rule) {
    return rule.backends().stream().map(WeightedBackend::ref).toList();
  }

  private static BackendRef service(String namespace, String name) {
    return new BackendRef(
        Optional.of(new ServiceName(namespace, name).in(Entries.MESH)), "", OptionalInt.empty());
  }
}
