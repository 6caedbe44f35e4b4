package io.meshbridge.adapter.consul;

import static io.meshbridge.adapter.consul.Imports.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Export;
import io.meshbridge.model.Health;
import io.meshbridge.model.Import;
import io.meshbridge.model.Locality;
import io.meshbridge.model.Loss;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.ServicePort;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.DestinationPolicy;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.LoadBalancing;
import io.meshbridge.model.traffic.PathMatch;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.Subset;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.model.traffic.WeightedBackend;
import io.meshbridge.spi.ApplyOutcome;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.Sink;
import io.meshbridge.spi.WritePermit;
import io.meshbridge.testkit.consul.ConsulAgent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How policies are written, against a real agent without ACLs. */
class ConsulTrafficSinkTest {
  private static final ServiceKey WEB = new ServiceKey(Imports.ISTIO, "shop", "web");
  private static final ServiceKey API = new ServiceKey(Imports.ISTIO, "shop", "api");
  private static final HttpRule REST =
      HttpRule.routing(List.of(), List.of(WeightedBackend.only(BackendRef.SELF)));

  private final List<ServiceKey> touched = new CopyOnWriteArrayList<>();
  private ConsulAgent agent;
  private MeshConnection connection;
  private Sink sink;

  @BeforeEach
  void start() throws Exception {
    agent = ConsulAgent.start();
    connect();
  }

  @AfterEach
  void stop() {
    connection.close();
    agent.close();
  }

  @Test
  void writesEntriesInAnOrderThatTheServerTakesAndTakesThemAwayAgain() throws Exception {
    // When
    var outcome = sink.apply(web(canary("v1", "v2"), "v1", "v2"), WritePermit.ALWAYS);

    // Then
    assertThat(outcome).isInstanceOf(ApplyOutcome.Applied.class);
    assertThat(names())
        .containsExactly(
            "service-defaults/web-istio-a",
            "service-defaults/web-istio-a-r1",
            "service-resolver/web-istio-a",
            "service-splitter/web-istio-a-r1",
            "service-router/web-istio-a");
    assertThat(agent.api().get("/v1/config/service-splitter/web-istio-a-r1"))
        .contains("\"Weight\":90", "\"meshbridge-origin-name\":\"web\"");
    assertThat(
            agent
                .api()
                .get(
                    "/v1/health/service/web-istio-a?filter=Service.Meta.version%20%3D%3D%20%22v1%22"))
        .contains("10.0.0.1")
        .doesNotContain("10.0.0.2");

    // When
    var chain = agent.api().get("/v1/discovery-chain/web-istio-a");

    // Then: the server itself follows the route to both subsets
    assertThat(chain)
        .contains(
            "v1.web-istio-a.default.dc1", "v2.web-istio-a.default.dc1", "\"RequestTimeout\":");

    // When, Then
    assertThat(sink.remove(WEB, WritePermit.ALWAYS)).isTrue();
    assertThat(names()).isEmpty();
    assertThat(sink.owned()).isEmpty();
  }

  @Test
  void writesNothingAfterARestart() throws Exception {
    // Given
    var web = web(canary("v1", "v2"), "v1", "v2");
    sink.apply(web, WritePermit.ALWAYS);
    var owned = sink.owned();
    var before = entries();
    connection.close();

    // When
    connect();
    var outcome = sink.apply(web, WritePermit.ALWAYS);

    // Then
    assertThat(((ApplyOutcome.Applied) outcome).written()).isFalse();
    assertThat(sink.owned()).isEqualTo(owned);
    assertThat(entries()).isEqualTo(before);
  }

  @Test
  void exchangesSubsetsUnderRoutesThatUseThem() throws Exception {
    // Given
    sink.apply(web(canary("v1", "v2"), "v1", "v2"), WritePermit.ALWAYS);

    // When: neither the resolver nor the splitter can go first
    var outcome = sink.apply(web(canary("v3", "v4"), "v3", "v4"), WritePermit.ALWAYS);

    // Then
    assertThat(outcome).isInstanceOf(ApplyOutcome.Applied.class);
    assertThat(agent.api().get("/v1/config/service-resolver/web-istio-a"))
        .contains("\"v3\"", "\"v4\"")
        .doesNotContain("\"v1\"", "\"v2\"");
    assertThat(agent.api().get("/v1/config/service-splitter/web-istio-a-r1"))
        .contains("\"v3\"")
        .doesNotContain("\"v1\"");
  }

  @Test
  void changesTheProtocolOfAServiceThatHasRoutes() throws Exception {
    // Given
    sink.apply(web(canary("v1", "v2"), "v1", "v2"), WritePermit.ALWAYS);

    // When
    var grpc = new ServicePort("http", 80, AppProtocol.GRPC);
    sink.apply(
        imported("web", canary("v1", "v2"), grpc, Map.of(), endpoints("v1", "v2")),
        WritePermit.ALWAYS);

    // Then
    assertThat(agent.api().get("/v1/config/service-defaults/web-istio-a-r1")).contains("\"grpc\"");
    assertThat(names()).contains("service-router/web-istio-a", "service-splitter/web-istio-a-r1");
  }

  @Test
  void takesAwayRulesThatAreNoMore() throws Exception {
    // Given
    sink.apply(web(canary("v1", "v2"), "v1", "v2"), WritePermit.ALWAYS);

    // When
    sink.apply(web(TrafficPolicy.NONE, "v1"), WritePermit.ALWAYS);

    // Then
    assertThat(names()).containsExactly("service-defaults/web-istio-a");

    // When
    sink.apply(
        imported(
            "web",
            TrafficPolicy.NONE,
            new ServicePort("tcp", 80, AppProtocol.TCP),
            Map.of(),
            endpoints()),
        WritePermit.ALWAYS);

    // Then
    assertThat(names()).isEmpty();
  }

  @Test
  void putsRightWhatSomebodyChangesOrRemoves() throws Exception {
    // Given
    var web = web(canary("v1", "v2"), "v1", "v2");
    sink.apply(web, WritePermit.ALWAYS);
    var whole = entries();

    // When: somebody changes a weight
    touched.clear();
    agent
        .api()
        .put(
            "/v1/config",
            agent
                .api()
                .get("/v1/config/service-splitter/web-istio-a-r1")
                .replace("\"Weight\":90", "\"Weight\":80")
                .replace("\"Weight\":10", "\"Weight\":20")
                .replaceAll("\"(Create|Modify)Index\":\\d+,?", "")
                .replace("},}", "}}"));
    awaitTouched(WEB);
    sink.apply(web, WritePermit.ALWAYS);

    // Then
    assertThat(withoutIndexes(entries())).isEqualTo(withoutIndexes(whole));

    // When: somebody removes the router
    touched.clear();
    agent.api().delete("/v1/config/service-router/web-istio-a");
    awaitTouched(WEB);
    sink.apply(web, WritePermit.ALWAYS);

    // Then
    assertThat(withoutIndexes(entries())).isEqualTo(withoutIndexes(whole));
  }

  @Test
  void leavesAnEntryThatSomebodyElseMade() throws Exception {
    // Given
    agent
        .api()
        .put(
            "/v1/config",
            "{\"Kind\":\"service-resolver\",\"Name\":\"web-istio-a\",\"ConnectTimeout\":\"9s\"}");
    var theirs = agent.api().get("/v1/config/service-resolver/web-istio-a");

    // When
    var outcome = sink.apply(web(canary("v1", "v2"), "v1", "v2"), WritePermit.ALWAYS);

    // Then
    assertThat(outcome)
        .isEqualTo(new ApplyOutcome.Conflict("web-istio-a", "service-resolver web-istio-a"));
    assertThat(agent.api().get("/v1/config/service-resolver/web-istio-a")).isEqualTo(theirs);
    assertThat(names()).containsExactly("service-resolver/web-istio-a");
    assertThat(agent.api().get("/v1/health/service/web-istio-a")).doesNotContain("10.0.0.1");

    // When: it goes
    touched.clear();
    agent.api().delete("/v1/config/service-resolver/web-istio-a");
    awaitTouched(WEB);

    // Then
    assertThat(sink.apply(web(canary("v1", "v2"), "v1", "v2"), WritePermit.ALWAYS))
        .isInstanceOf(ApplyOutcome.Applied.class);
  }

  @Test
  void livesWithDefaultsThatSomebodyElseKeepsForAnImport() throws Exception {
    // Given: whoever calls has said more of the service than we do
    agent
        .api()
        .put(
            "/v1/config",
            "{\"Kind\":\"service-defaults\",\"Name\":\"web-istio-a\",\"Protocol\":\"http\","
                + "\"ExternalSNI\":\"x.example\"}");
    var theirs = agent.api().get("/v1/config/service-defaults/web-istio-a");

    // When
    var outcome = sink.apply(web(REST_POLICY, "v1"), WritePermit.ALWAYS);
    sink.remove(WEB, WritePermit.ALWAYS);

    // Then
    assertThat(outcome).isInstanceOf(ApplyOutcome.Applied.class);
    assertThat(agent.api().get("/v1/config/service-defaults/web-istio-a")).isEqualTo(theirs);
    assertThat(names()).containsExactly("service-defaults/web-istio-a");
  }

  @Test
  void waitsForTheServiceThatItsRoutesLeadTo() throws Exception {
    // Given
    var web =
        imported(
            "web",
            rules(
                HttpRule.routing(
                    List.of(HttpMatch.ANY.withPath(PathMatch.stringPrefix("/api"))),
                    List.of(WeightedBackend.only(BackendRef.service(API)))),
                REST),
            Imports.HTTP,
            Map.of(API, "api-istio-a"),
            endpoints());

    // When, Then
    assertThatThrownBy(() -> sink.apply(web, WritePermit.ALWAYS))
        .isInstanceOf(MeshUnavailableException.class)
        .hasMessageContaining("api-istio-a");
    assertThat(agent.api().get("/v1/health/service/web-istio-a")).doesNotContain("10.0.0.");

    // When
    sink.apply(
        imported("api", TrafficPolicy.NONE, Imports.HTTP, Map.of(), endpoints()),
        WritePermit.ALWAYS);
    var outcome = sink.apply(web, WritePermit.ALWAYS);

    // Then
    assertThat(outcome).isInstanceOf(ApplyOutcome.Applied.class);

    // When, Then: what routes lead to cannot go before them
    assertThatThrownBy(() -> sink.remove(API, WritePermit.ALWAYS))
        .isInstanceOf(MeshUnavailableException.class);
    sink.remove(WEB, WritePermit.ALWAYS);
    assertThat(sink.remove(API, WritePermit.ALWAYS)).isTrue();
    assertThat(names()).isEmpty();
  }

  @Test
  void deletesNothingThatSomebodyTookOverMeanwhile() throws Exception {
    // Given
    sink.apply(web(REST_POLICY, "v1"), WritePermit.ALWAYS);
    var theirs =
        "{\"Kind\":\"service-defaults\",\"Name\":\"web-istio-a\",\"Protocol\":\"http\","
            + "\"ExternalSNI\":\"x.example\"}";
    var taken = new ArrayList<String>();
    WritePermit slow =
        () -> {
          // Everything was read, and the router is the first entry to go.
          if (taken.isEmpty() && !health().contains("10.0.0.")) {
            taken.add(agent.api().put("/v1/config", theirs));
          }
        };

    // When
    sink.remove(WEB, slow);

    // Then: an old server would delete whatever stands
    assertThat(taken).containsExactly("true");
    assertThat(names()).containsExactly("service-defaults/web-istio-a");
    assertThat(agent.api().get("/v1/config/service-defaults/web-istio-a")).contains("x.example");
  }

  @Test
  void yieldsWhenSomebodyTakesARouteOver() throws Exception {
    // Given
    var web = web(REST_POLICY, "v1");
    sink.apply(web, WritePermit.ALWAYS);
    touched.clear();

    // When
    agent
        .api()
        .put("/v1/config", "{\"Kind\":\"service-router\",\"Name\":\"web-istio-a\",\"Routes\":[]}");
    awaitTouched(WEB);
    var outcome = sink.apply(web, WritePermit.ALWAYS);

    // Then: what their router cannot stand without stays
    assertThat(outcome)
        .isEqualTo(new ApplyOutcome.Conflict("web-istio-a", "service-router web-istio-a"));
    assertThat(health()).doesNotContain("10.0.0.1");
    assertThat(names())
        .containsExactly("service-defaults/web-istio-a", "service-router/web-istio-a");

    // When
    agent.api().delete("/v1/config/service-router/web-istio-a");

    // Then
    assertThat(sink.remove(WEB, WritePermit.ALWAYS)).isTrue();
    assertThat(names()).isEmpty();
  }

  @Test
  void tellsAnOldServerNothingThatItDoesNotKnow() throws Exception {
    // Given
    var version = agent.api().get("/v1/agent/self");
    var random =
        new DestinationPolicy(
            Optional.of(LoadBalancing.by(LoadBalancing.Algorithm.RANDOM)),
            Optional.empty(),
            DestinationPolicy.DEFAULT.limits(),
            Optional.empty(),
            List.of(),
            Sources.NONE);

    // When
    var outcome =
        (ApplyOutcome.Applied)
            sink.apply(
                web(
                    new TrafficPolicy(List.of(), List.of(), List.of(), random, new TreeMap<>()),
                    "v1"),
                WritePermit.ALWAYS);

    // Then
    var lost = outcome.losses().stream().map(Loss::path).toList();
    if (version.contains("\"Version\":\"1.8.")) {
      assertThat(lost).contains("traffic.destination.loadBalancing");
    } else {
      assertThat(lost).doesNotContain("traffic.destination.loadBalancing");
    }
  }

  private static final TrafficPolicy REST_POLICY = rules(REST);

  private static TrafficPolicy rules(HttpRule... rules) {
    return new TrafficPolicy(
        List.of(rules), List.of(), List.of(), DestinationPolicy.DEFAULT, new TreeMap<>());
  }

  private static TrafficPolicy canary(String... versions) {
    var subsets =
        Arrays.stream(versions)
            .map(
                version ->
                    new Subset(
                        version,
                        new TreeMap<>(Map.of("version", version)),
                        DestinationPolicy.DEFAULT,
                        Sources.NONE))
            .toList();
    var split =
        HttpRule.routing(
            List.of(HttpMatch.ANY.withPath(PathMatch.stringPrefix("/new"))),
            List.of(
                new WeightedBackend(BackendRef.subset(versions[0]), 90, List.of()),
                new WeightedBackend(BackendRef.subset(versions[1]), 10, List.of())));
    return new TrafficPolicy(
        List.of(split, REST), List.of(), subsets, DestinationPolicy.DEFAULT, new TreeMap<>());
  }

  private static Endpoint[] endpoints(String... versions) {
    var endpoints = new ArrayList<Endpoint>();
    for (String version : versions) {
      endpoints.add(
          new Endpoint(
              "10.0.0." + (endpoints.size() + 1),
              new TreeMap<>(Map.of("http", 8080)),
              Health.READY,
              1,
              Locality.UNKNOWN,
              "",
              new TreeMap<>(Map.of("version", version)),
              ""));
    }
    return versions.length == 0
        ? new Endpoint[] {at("10.0.0.9", 8080)}
        : endpoints.toArray(new Endpoint[0]);
  }

  private static Import web(TrafficPolicy policy, String... versions) {
    return imported("web", policy, Imports.HTTP, Map.of(), endpoints(versions));
  }

  private static Import imported(
      String name,
      TrafficPolicy policy,
      ServicePort port,
      Map<ServiceKey, String> names,
      Endpoint... endpoints) {
    var plain = Imports.of(name, endpoints);
    var others = new TreeMap<ServiceKey, Export>();
    names.keySet().forEach(other -> others.put(other, Imports.of(other.name()).export()));
    var export = plain.export();
    return new Import(
        plain.name(),
        new Export(
            export.key(),
            List.of(port),
            export.labels(),
            export.hostnames(),
            export.firstSeen(),
            export.path(),
            export.access(),
            policy),
        EndpointList.of(List.of(endpoints)),
        plain.origin(),
        new TreeMap<>(names),
        others);
  }

  private String health() {
    return agent.api().get("/v1/health/service/web-istio-a");
  }

  private void connect() throws Exception {
    connection = Recorder.connect(agent.url(), Map.of());
    sink = connection.sink();
    sink.start(touched::add);
  }

  private void awaitTouched(ServiceKey service) {
    Awaitility.await("touched")
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> touched.contains(service));
  }

  /** All entries of the kinds that are written, in the order in which the server takes them. */
  private List<String> names() {
    var names = new ArrayList<String>();
    ConfigApi.KINDS.forEach(
        kind -> {
          var matcher =
              Pattern.compile("\"Name\":\"([^\"]+)\",\"")
                  .matcher(agent.api().get(CatalogApi.configPath(kind)));
          var found = new TreeSet<String>();
          while (matcher.find()) {
            found.add(kind.word() + "/" + matcher.group(1));
          }
          names.addAll(found);
        });
    return names;
  }

  private String entries() {
    return ConfigApi.KINDS.stream()
        .map(kind -> agent.api().get(CatalogApi.configPath(kind)))
        .toList()
        .toString();
  }

  private static String withoutIndexes(String entries) {
    return entries.replaceAll("\"(Create|Modify)Index\":\\d+", "");
  }
}
