package io.meshbridge.adapter.consul.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.Listener;
import io.meshbridge.model.traffic.ListenerTls;
import io.meshbridge.model.traffic.PathMatch;
import io.meshbridge.model.traffic.TextMatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where a gateway leads, in the words of every mesh. */
class GatewayReaderTest {
  private static final String API_IS_HTTP =
      "{\"Kind\": \"service-defaults\", \"Name\": \"api\", \"Protocol\": \"http\"}";

  @Test
  void leadsItsHostsToItsServices() {
    // When
    var traffic =
        http(
            "{\"Name\":\"web\",\"Hosts\":[\"Shop.example.org\"]},{\"Name\":\"api\",\"Hosts\":[\"*\"]}");

    // Then
    assertThat(traffic.faults()).isEmpty();
    assertThat(traffic.losses()).isEmpty();
    var listener = traffic.ingress().orElseThrow().listeners().getFirst();
    assertThat(listener.withoutSources())
        .isEqualTo(
            new Listener(
                    "http-8080",
                    8080,
                    Listener.Kind.HTTP,
                    List.of("shop.example.org", "*"),
                    Optional.empty(),
                    listener.sources())
                .withoutSources());
    assertThat(traffic.policy().http())
        .extracting(rule -> rule.matches().getFirst().authority(), GatewayReaderTest::backend)
        .containsExactly(
            tuple(Optional.of(TextMatch.exact("shop.example.org")), "web"),
            tuple(Optional.empty(), "api"));
    assertThat(traffic.policy().http().getFirst().matches().getFirst().port()).hasValue(8080);
    assertThat(traffic.policy().http().getFirst().timeouts().request())
        .contains(Duration.ofSeconds(15));
  }

  @Test
  void looksForTheClosestHostFirstAsAProxyDoes() {
    // When
    var traffic =
        http(
            "{\"Name\":\"web\",\"Hosts\":[\"*\",\"*.example.org\"]},"
                + "{\"Name\":\"api\",\"Hosts\":[\"*.shop.example.org\",\"a.example.org\"]},"
                + "{\"Name\":\"db\"}");

    // Then
    assertThat(traffic.policy().http())
        .extracting(rule -> rule.matches().getFirst().authority().map(TextMatch::value).orElse("*"))
        .containsExactly("a.example.org", ".shop.example.org", ".example.org", "db.ingress.", "*");
  }

  @Test
  void followsTheRoutesOfTheServicesThatItLeadsTo() {
    // When
    var traffic =
        http(
            "{\"Name\":\"web\",\"Hosts\":[\"a.example\",\"b.example\"]}",
            "{\"Kind\":\"service-router\",\"Name\":\"web\",\"Routes\":[{\"Match\":{\"HTTP\":"
                + "{\"PathPrefix\":\"/api\"}},\"Destination\":{\"Service\":\"api\"}}]}");

    // Then
    assertThat(traffic.policy().http())
        .extracting(GatewayReaderTest::backend)
        .containsExactly("api", "web");
    var toApi = traffic.policy().http().getFirst();
    assertThat(toApi.matches())
        .extracting(HttpMatch::path, match -> match.authority().orElseThrow().value())
        .containsExactly(
            tuple(Optional.of(PathMatch.stringPrefix("/api")), "a.example"),
            tuple(Optional.of(PathMatch.stringPrefix("/api")), "b.example"));
    assertThat(toApi.sources().of("matches[1].path"))
        .containsExactly(new FieldRef("service-router web", "Routes[0].Match.HTTP.PathPrefix"));
    assertThat(toApi.sources().of("matches[1].authority"))
        .containsExactly(new FieldRef("ingress-gateway edge", "Listeners[0].Services[0].Hosts[1]"));
    assertThat(toApi.sources().of("backends[0].ref"))
        .contains(
            new FieldRef("service-router web", "Routes[0].Destination.Service"),
            new FieldRef("ingress-gateway edge", "Listeners[0].Services[0].Name"));
  }

  @Test
  void changesHeadersAfterTheServicesOwnRoutes() {
    // When
    var traffic =
        http(
            "{\"Name\":\"web\",\"RequestHeaders\":{\"Set\":{\"x-edge\":\"1\"}},"
                + "\"ResponseHeaders\":{\"Remove\":[\"server\"]}}");

    // Then
    assertThat(traffic.policy().http().getFirst().filters())
        .hasExactlyElementsOfTypes(
            HttpFilter.RequestHeaders.class, HttpFilter.ResponseHeaders.class);
    assertThat(traffic.policy().http().getFirst().sources().of("filters[0]"))
        .containsExactly(
            new FieldRef(
                "ingress-gateway edge", "Listeners[0].Services[0].RequestHeaders.Set.x-edge"));
  }

  @Test
  void endsTlsWhereTheGatewayOrTheListenerSaysSo() {
    // When
    var traffic =
        read(
            "{\"Kind\":\"ingress-gateway\",\"Name\":\"edge\",\"TLS\":{\"TLSMinVersion\":\"TLSv1_2\"},"
                + "\"Listeners\":[{\"Port\":8443,\"Protocol\":\"http\",\"TLS\":{\"Enabled\":true,"
                + "\"SDS\":{\"ClusterName\":\"certs\",\"CertResource\":\"shop\"}},"
                + "\"Services\":[{\"Name\":\"web\"}]},"
                + "{\"Port\":8080,\"Protocol\":\"http\",\"Services\":[{\"Name\":\"web\"}]}]}");

    // Then
    var listeners = traffic.ingress().orElseThrow().listeners();
    assertThat(listeners)
        .extracting(Listener::kind)
        .containsExactly(Listener.Kind.HTTPS, Listener.Kind.HTTP);
    assertThat(listeners.getFirst().tls())
        .contains(new ListenerTls(ListenerTls.Mode.TERMINATE, List.of("shop"), Optional.of("1.2")));
    assertThat(listeners.getFirst().sources().of("tls.minVersion"))
        .containsExactly(new FieldRef("ingress-gateway edge", "TLS.TLSMinVersion"));
    assertThat(Entries.said(traffic.losses()))
        .containsExactly("DROPPED Listeners[0].TLS.SDS.ClusterName");
  }

  @Test
  void tellsWhatCountsNowhere() {
    var traffic =
        read(
            "{\"Kind\":\"ingress-gateway\",\"Name\":\"edge\",\"TLS\":{\"TLSMinVersion\":\"TLSv1_2\"},"
                + "\"Defaults\":{\"MaxConnections\":5,\"MaxPendingRequests\":0},"
                + "\"Listeners\":[{\"Port\":8080,\"Protocol\":\"http\",\"Servcies\":[],"
                + "\"Services\":[{\"Name\":\"web\"},{\"Name\":\"*\"}]}]}");

    assertThat(Entries.said(traffic.losses()))
        .containsExactlyInAnyOrder(
            "DROPPED TLS.TLSMinVersion",
            "DROPPED Defaults.MaxConnections",
            "DROPPED Listeners[0].Services[1].Name",
            "DROPPED Listeners[0].Servcies");
  }

  @Test
  void leadsConnectionsToOneService() {
    var traffic =
        read(
            "{\"Kind\":\"ingress-gateway\",\"Name\":\"edge\","
                + "\"Listeners\":[{\"Port\":5432,\"Services\":[{\"Name\":\"db\"}]}]}");

    assertThat(traffic.policy().l4())
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.port()).hasValue(5432);
              assertThat(rule.backends().getFirst().ref())
                  .isEqualTo(BackendRef.service(ServiceName.of("", "db").in(Entries.MESH)));
            });
    assertThat(traffic.ingress().orElseThrow().listeners().getFirst().kind())
        .isEqualTo(Listener.Kind.TCP);
  }

  @Test
  void tellsAllFaultsAndReadsTheRest() {
    // When
    var traffic =
        read(
            "{\"Kind\":\"ingress-gateway\",\"Name\":\"edge\",\"Listeners\":["
                + "{\"Port\":8080,\"Protocol\":\"http\",\"Services\":[{\"Name\":\"db\"},"
                + "{\"Name\":\"web\",\"Hosts\":[\"a b\"]},{\"Name\":\"api\",\"Hosts\":[\"x.example\"]}]},"
                + "{\"Port\":8080,\"Protocol\":\"http\",\"Services\":[{\"Name\":\"web\"}]},"
                + "{\"Port\":9000,\"Protocol\":\"udp\",\"Services\":[{\"Name\":\"web\"}]},"
                + "{\"Port\":70000,\"Protocol\":\"tcp\",\"Services\":[{\"Name\":\"db\"}]},"
                + "{\"Port\":5432,\"Services\":[{\"Name\":\"db\",\"Hosts\":[\"x\"]},{\"Name\":\"\"}]}]}",
            "{\"Kind\":\"service-defaults\",\"Name\":\"db\",\"Protocol\":\"tcp\"}");

    // Then
    assertThat(traffic.faults())
        .extracting(Diagnostic::path)
        .containsExactly(
            "Listeners[0].Services[1].Hosts[0]",
            "Listeners[0].Services[0].Name",
            "Listeners[1].Port",
            "Listeners[2].Protocol",
            "Listeners[3].Port",
            "Listeners[4].Services[0].Hosts",
            "Listeners[4].Services[1].Name");
    assertThat(traffic.policy().http())
        .extracting(GatewayReaderTest::backend)
        .containsExactly("api");
    assertThat(traffic.firstError()).isPresent();
  }

  @Test
  void readsResourcesOfKubernetes() {
    var traffic =
        read(
            "{\"apiVersion\":\"consul.hashicorp.com/v1alpha1\",\"kind\":\"IngressGateway\","
                + "\"metadata\":{\"name\":\"edge\"},\"spec\":{\"tls\":{\"enabled\":true,"
                + "\"tlsMinVersion\":\"TLSv1_3\"},\"listeners\":[{\"port\":8443,\"protocol\":"
                + "\"http\",\"services\":[{\"name\":\"web\",\"hosts\":[\"a.example\"]}]}]}}");

    assertThat(traffic.losses()).isEmpty();
    var tls = traffic.ingress().orElseThrow().listeners().getFirst().tls().orElseThrow();
    assertThat(tls.minVersion()).contains("1.3");
    assertThat(traffic.policy().http().getFirst().sources().of("matches[0].authority"))
        .containsExactly(
            new FieldRef("IngressGateway edge", "spec.listeners[0].services[0].hosts[0]"));
  }

  private static GatewayTraffic http(String services, String... more) {
    return read(
        "{\"Kind\":\"ingress-gateway\",\"Name\":\"edge\",\"Listeners\":[{\"Port\":8080,"
            + "\"Protocol\":\"http\",\"Services\":["
            + services
            + "]}]}",
        more);
  }

  private static GatewayTraffic read(String gateway, String... more) {
    var texts = new ArrayList<>(List.of(gateway, Entries.WEB_IS_HTTP, API_IS_HTTP));
    if (more.length == 0) {
      texts.add(
          "{\"Kind\":\"service-defaults\",\"Name\":\"db\",\"Protocol\":\""
              + (gateway.contains("5432") ? "tcp" : "http")
              + "\"}");
    }
    texts.addAll(List.of(more));
    var entries = Entries.of(texts.toArray(new String[0]));
    return GatewayReader.read(
        Entries.MESH, entries, entries.gateways().get(ServiceName.of("", "edge")));
  }

  private static String backend(HttpRule rule) {
    return rule.backends().getFirst().ref().service().orElseThrow().name();
  }
}
