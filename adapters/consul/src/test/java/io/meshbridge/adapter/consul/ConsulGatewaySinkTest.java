package io.meshbridge.adapter.consul;

import static io.meshbridge.adapter.consul.Gateways.API;
import static io.meshbridge.adapter.consul.Gateways.EDGE;
import static io.meshbridge.adapter.consul.Gateways.WEB;
import static io.meshbridge.adapter.consul.Gateways.http;
import static io.meshbridge.adapter.consul.Gateways.https;
import static io.meshbridge.adapter.consul.Gateways.service;
import static io.meshbridge.adapter.consul.Gateways.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Import;
import io.meshbridge.model.Loss;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.ApplyOutcome;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.spi.Sink;
import io.meshbridge.spi.WritePermit;
import io.meshbridge.testkit.consul.ConsulAgent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How gateways are written, against a real agent without ACLs. */
class ConsulGatewaySinkTest {
  private static final String GATEWAY = "ingress-gateway/edge-istio-a";
  private static final String SHOP = "edge-istio-a-80-shop-example";

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
  void writesAGatewayThatTheServerTakesAndTakesItAwayAgain() throws Exception {
    // Given
    sink.apply(service("web", AppProtocol.HTTP), WritePermit.ALWAYS);
    sink.apply(service("api", AppProtocol.HTTP), WritePermit.ALWAYS);

    // When
    var outcome = sink.apply(shop(), WritePermit.ALWAYS);

    // Then
    assertThat(outcome)
        .isInstanceOfSatisfying(
            ApplyOutcome.Applied.class,
            applied -> {
              assertThat(applied.written()).isTrue();
              assertThat(applied.losses()).isEmpty();
            });
    assertThat(names())
        .containsExactly(
            "service-defaults/api-istio-a",
            "service-defaults/" + SHOP,
            "service-defaults/web-istio-a",
            "service-router/" + SHOP,
            GATEWAY);
    assertThat(gateway())
        .contains(
            "\"Name\":\"" + SHOP + "\",\"Hosts\":[\"shop.example\"]",
            "\"meshbridge-origin-name\":\"edge.gateway\"");

    // Then: the server itself follows the host to both services
    assertThat(agent.api().get("/v1/discovery-chain/" + SHOP))
        .contains("api-istio-a.default.dc1", "web-istio-a.default.dc1");

    // When, Then: nobody can go to whom it leads
    assertThatThrownBy(() -> sink.remove(WEB, WritePermit.ALWAYS))
        .isInstanceOf(MeshUnavailableException.class);
    assertThat(sink.remove(EDGE, WritePermit.ALWAYS)).isTrue();
    assertThat(sink.remove(WEB, WritePermit.ALWAYS)).isTrue();
    assertThat(sink.remove(API, WritePermit.ALWAYS)).isTrue();
    assertThat(names()).isEmpty();
    assertThat(sink.owned()).isEmpty();
  }

  @Test
  void waitsForTheServicesThatItLeadsTo() throws Exception {
    // When, Then
    assertThatThrownBy(() -> sink.apply(shop(), WritePermit.ALWAYS))
        .isInstanceOf(MeshUnavailableException.class)
        .hasMessageContaining("-istio-a");

    // When
    sink.apply(service("web", AppProtocol.HTTP), WritePermit.ALWAYS);
    sink.apply(service("api", AppProtocol.HTTP), WritePermit.ALWAYS);

    // Then
    assertThat(sink.apply(shop(), WritePermit.ALWAYS)).isInstanceOf(ApplyOutcome.Applied.class);
  }

  @Test
  void writesNothingAfterARestart() throws Exception {
    // Given
    sink.apply(service("web", AppProtocol.HTTP), WritePermit.ALWAYS);
    sink.apply(service("api", AppProtocol.HTTP), WritePermit.ALWAYS);
    sink.apply(shop(), WritePermit.ALWAYS);
    var owned = sink.owned();
    var before = entries();
    connection.close();

    // When
    connect();
    var outcome = sink.apply(shop(), WritePermit.ALWAYS);

    // Then
    assertThat(((ApplyOutcome.Applied) outcome).written()).isFalse();
    assertThat(sink.owned()).isEqualTo(owned).containsKey(EDGE);
    assertThat(entries()).isEqualTo(before);
  }

  @Test
  void putsRightWhatSomebodyChangesOrRemoves() throws Exception {
    // Given
    sink.apply(service("web", AppProtocol.HTTP), WritePermit.ALWAYS);
    sink.apply(service("api", AppProtocol.HTTP), WritePermit.ALWAYS);
    sink.apply(shop(), WritePermit.ALWAYS);
    var whole = withoutIndexes(entries());

    // When: somebody opens it for every host
    agent.api().put("/v1/config", withoutIndexes(gateway()).replace("shop.example", "*"));
    awaitTouched();
    sink.apply(shop(), WritePermit.ALWAYS);

    // Then
    assertThat(withoutIndexes(entries())).isEqualTo(whole);

    // When
    touched.clear();
    agent.api().delete("/v1/config/" + GATEWAY);
    awaitTouched();
    sink.apply(shop(), WritePermit.ALWAYS);

    // Then
    assertThat(withoutIndexes(entries())).isEqualTo(whole);
  }

  @Test
  void yieldsToAGatewayThatSomebodyElseMade() throws Exception {
    // Given
    sink.apply(service("web", AppProtocol.HTTP), WritePermit.ALWAYS);
    sink.apply(service("api", AppProtocol.HTTP), WritePermit.ALWAYS);
    agent
        .api()
        .put(
            "/v1/config",
            "{\"Kind\":\"ingress-gateway\",\"Name\":\"edge-istio-a\",\"Listeners\":[{\"Port\":9000,"
                + "\"Protocol\":\"tcp\",\"Services\":[{\"Name\":\"theirs\"}]}]}");
    var theirs = gateway();

    // When, Then
    assertThat(sink.apply(shop(), WritePermit.ALWAYS))
        .isEqualTo(new ApplyOutcome.Conflict("edge-istio-a", "ingress-gateway edge-istio-a"));
    assertThat(gateway()).isEqualTo(theirs);
    assertThat(names()).doesNotContain("service-router/" + SHOP);

    // When: it goes
    touched.clear();
    agent.api().delete("/v1/config/" + GATEWAY);
    awaitTouched();

    // Then
    assertThat(sink.apply(shop(), WritePermit.ALWAYS)).isInstanceOf(ApplyOutcome.Applied.class);
  }

  @Test
  void doesNotHoldItsServicesToTheirProtocol() throws Exception {
    // Given
    sink.apply(service("web", AppProtocol.HTTP), WritePermit.ALWAYS);
    sink.apply(service("api", AppProtocol.HTTP), WritePermit.ALWAYS);
    sink.apply(shop(), WritePermit.ALWAYS);

    // When: both speak another, and each import waits for the others
    var later =
        List.of(
            service("web", AppProtocol.GRPC),
            service("api", AppProtocol.GRPC),
            shop(AppProtocol.GRPC));
    for (int round = 0; round < 3; round++) {
      for (Import each : later) {
        try {
          sink.apply(each, WritePermit.ALWAYS);
        } catch (MeshUnavailableException notYet) {
          assertThat(notYet).hasMessageContaining("does not take it yet");
        }
      }
    }

    // Then
    assertThat(gateway()).contains("\"Protocol\":\"grpc\"", SHOP);
    assertThat(agent.api().get("/v1/config/service-defaults/web-istio-a")).contains("grpc");
  }

  @Test
  void keepsWhatIsOpenWhileItWaitsForOneMoreService() throws Exception {
    // Given
    sink.apply(service("web", AppProtocol.HTTP), WritePermit.ALWAYS);
    var web = Gateways.plain(WEB, "shop.example");
    sink.apply(Gateways.edge(AppProtocol.HTTP, List.of(http(80)), web), WritePermit.ALWAYS);

    // When: the import of api is yet to come
    var more =
        Gateways.edge(AppProtocol.HTTP, List.of(http(80)), web, Gateways.plain(API, "api.example"));
    assertThatThrownBy(() -> sink.apply(more, WritePermit.ALWAYS))
        .isInstanceOf(MeshUnavailableException.class);

    // Then
    assertThat(gateway())
        .contains("\"Name\":\"web-istio-a\",\"Hosts\":[\"shop.example\"]")
        .doesNotContain("api.example");
  }

  @Test
  void letsAServiceThatItLeadsToStraightSpeakAnotherProtocol() throws Exception {
    // Given
    var rule = Gateways.plain(WEB, "a.example");
    sink.apply(service("web", AppProtocol.HTTP), WritePermit.ALWAYS);
    sink.apply(Gateways.edge(AppProtocol.HTTP, List.of(http(80)), rule), WritePermit.ALWAYS);
    var later = Gateways.edge(AppProtocol.HTTP2, List.of(http(80)), rule);

    // When: the gateway waits for its services, and they for it
    assertThatThrownBy(() -> sink.apply(service("web", AppProtocol.HTTP2), WritePermit.ALWAYS))
        .isInstanceOf(MeshUnavailableException.class);
    assertThatThrownBy(() -> sink.apply(later, WritePermit.ALWAYS))
        .isInstanceOf(MeshUnavailableException.class)
        .hasMessageContaining("does not take it yet");

    // Then: it lets them go on
    assertThat(gateway()).doesNotContain("a.example");
    sink.apply(service("web", AppProtocol.HTTP2), WritePermit.ALWAYS);
    sink.apply(later, WritePermit.ALWAYS);
    assertThat(gateway()).contains("\"Protocol\":\"http2\"", "a.example");
  }

  @Test
  void tellsHostsApartByRoutesWhereAnOldServerTakesOneServiceAlone() throws Exception {
    // Given
    sink.apply(service("web", AppProtocol.GRPC), WritePermit.ALWAYS);
    sink.apply(service("api", AppProtocol.GRPC), WritePermit.ALWAYS);

    // When
    var outcome =
        sink.apply(
            Gateways.edge(
                AppProtocol.GRPC,
                List.of(http(80)),
                Gateways.plain(WEB, "a.example"),
                Gateways.plain(API, "*.b.example")),
            WritePermit.ALWAYS);

    // Then
    assertThat(outcome).isInstanceOf(ApplyOutcome.Applied.class);
    assertThat(gateway())
        .contains("{\"Name\":\"edge-istio-a-80-any\",\"Hosts\":[\"a.example\",\"*.b.example\"]}");
    assertThat(agent.api().get("/v1/config/service-router/edge-istio-a-80-any"))
        .contains("(?i:(?:a\\\\.example)(:[0-9]+)?)", "(?i:(?:[^:]+\\\\.b\\\\.example)(:[0-9]+)?)");
  }

  @Test
  void opensAnOldServersGatewayWithTlsForAllOfItOrNotInClear() throws Exception {
    // Given
    sink.apply(service("web", AppProtocol.HTTP), WritePermit.ALWAYS);
    var rule = to(WEB, "shop.example", "/");

    // When
    var all = Gateways.edge(AppProtocol.HTTP, List.of(https(443), https(8443)), rule);
    assertThat(sink.apply(all, WritePermit.ALWAYS)).isInstanceOf(ApplyOutcome.Applied.class);

    // Then
    assertThat(gateway()).contains("\"Enabled\":true", "8443");

    // When
    var mixed = Gateways.edge(AppProtocol.HTTP, List.of(https(443), http(80)), rule);
    var outcome = sink.apply(mixed, WritePermit.ALWAYS);

    // Then
    assertThat(((ApplyOutcome.Applied) outcome).losses())
        .extracting(Loss::path)
        .containsExactly("ingress.listeners[0].tls.mode");
    assertThat(gateway()).contains("\"Enabled\":false", "\"Port\":80").doesNotContain("443");
  }

  @Test
  void takesAGatewayAwayThatIsToBeRefused() throws Exception {
    // Given
    sink.apply(service("web", AppProtocol.HTTP), WritePermit.ALWAYS);
    sink.apply(
        Gateways.edge(AppProtocol.HTTP, List.of(http(80)), to(WEB, "shop.example", "/")),
        WritePermit.ALWAYS);

    // When
    var outcome =
        sink.apply(Gateways.edge(AppProtocol.HTTP, List.of(http(80))), WritePermit.ALWAYS);

    // Then
    assertThat(outcome).isInstanceOf(ApplyOutcome.Refused.class);
    assertThat(names()).containsExactly("service-defaults/web-istio-a");
  }

  private static Import shop() {
    return shop(AppProtocol.HTTP);
  }

  private static Import shop(AppProtocol protocol) {
    return Gateways.edge(
        protocol, List.of(http(80)), to(API, "shop.example", "/api"), to(WEB, "shop.example", "/"));
  }

  private String gateway() {
    return agent.api().get("/v1/config/" + GATEWAY);
  }

  private void connect() throws Exception {
    connection = Recorder.connect(agent.url(), Map.of());
    sink = connection.sink();
    sink.start(touched::add);
  }

  private void awaitTouched() {
    Awaitility.await("touched")
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> touched.contains(EDGE));
  }

  /** All entries of the kinds that are written, in the order in which the server takes them. */
  private List<String> names() {
    var names = new ArrayList<String>();
    ConfigApi.KINDS.forEach(
        kind -> {
          var matcher =
              Pattern.compile("\"Kind\":\"[^\"]+\",\"Name\":\"([^\"]+)\"")
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
    return entries.replaceAll(",\"(Create|Modify)Index\":\\d+", "");
  }
}
