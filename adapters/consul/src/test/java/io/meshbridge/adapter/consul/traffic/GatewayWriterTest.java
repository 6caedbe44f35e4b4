package io.meshbridge.adapter.consul.traffic;

import static io.meshbridge.adapter.consul.traffic.Policies.API;
import static io.meshbridge.adapter.consul.traffic.Policies.HTTP;
import static io.meshbridge.adapter.consul.traffic.Policies.TCP;
import static io.meshbridge.adapter.consul.traffic.Policies.key;
import static io.meshbridge.adapter.consul.traffic.Policies.rules;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Export;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Import;
import io.meshbridge.model.Location;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.ServicePort;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.ClientMatch;
import io.meshbridge.model.traffic.HostConditions;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.Ingress;
import io.meshbridge.model.traffic.L4Rule;
import io.meshbridge.model.traffic.Listener;
import io.meshbridge.model.traffic.Listener.Kind;
import io.meshbridge.model.traffic.ListenerTls;
import io.meshbridge.model.traffic.PathMatch;
import io.meshbridge.model.traffic.Retry;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.TextMatch;
import io.meshbridge.model.traffic.Timeouts;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.model.traffic.WeightedBackend;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Gateways as entries. */
class GatewayWriterTest {
  private static final BackendRef WEB = BackendRef.service(key("web"));
  private static final Timeouts AS_CONSUL =
      new Timeouts(Optional.of(Duration.ofSeconds(15)), Optional.empty(), Optional.empty());

  @Test
  void leadsAHostToAServiceOfWhichNothingElseIsSaid() {
    // When
    var written =
        write(
            rules(plain(WEB, "a.example"), plain(API, "*.b.example"), plain(WEB, "c.example")),
            http(80));

    // Then
    assertThat(written.losses()).isEmpty();
    assertThat(written.entries()).hasSize(1);
    assertThat(Policies.fields(written, "ingress-gateway edge"))
        .isEqualTo(
            "{\"Listeners\":[{\"Port\":80,\"Protocol\":\"http\",\"Services\":["
                + "{\"Name\":\"web\",\"Hosts\":[\"a.example\",\"c.example\"]},"
                + "{\"Name\":\"api\",\"Hosts\":[\"*.b.example\"]}]}]}");
  }

  @Test
  void givesAHostWithRulesOfItsOwnANameWithARouter() {
    // When: nobody bounds the request, where Consul would
    var unbounded = HttpRule.routing(List.of(on("a.example")), List.of(WeightedBackend.only(WEB)));
    var written = write(rules(unbounded), http(80));

    // Then
    assertThat(written.entries())
        .extracting(WantedEntry::reference)
        .containsExactly(
            "service-defaults edge-80-a-example",
            "service-router edge-80-a-example",
            "ingress-gateway edge");
    assertThat(Policies.fields(written, "service-router edge-80-a-example"))
        .isEqualTo(
            "{\"Routes\":[{\"Destination\":{\"Service\":\"web\",\"RequestTimeout\":\"-1s\"}}]}");
    assertThat(Policies.fields(written, "ingress-gateway edge"))
        .contains("{\"Name\":\"edge-80-a-example\",\"Hosts\":[\"a.example\"]}");
  }

  @Test
  void putsTheRulesOfWiderHostsBehindThoseOfCloserOnes() {
    // When
    var written =
        write(
            rules(plain(on("a.example").withPath(PathMatch.exact("/api")), API), plain(WEB, "*")),
            http(80));

    // Then: a proxy looks at one host alone
    assertThat(Policies.fields(written, "service-router edge-80-a-example"))
        .isEqualTo(
            "{\"Routes\":[{\"Match\":{\"HTTP\":{\"PathExact\":\"/api\"}},\"Destination\":"
                + "{\"Service\":\"api\"}},{\"Destination\":{\"Service\":\"web\"}}]}");
    assertThat(Policies.fields(written, "ingress-gateway edge"))
        .contains("{\"Name\":\"web\",\"Hosts\":[\"*\"]}");
    assertThat(written.losses()).isEmpty();
  }

  @Test
  void keepsARequestFromTheRulesOfHostsThatItDoesNotName() {
    // When
    var written = write(rules(plain(WEB, "a.example"), plain(API, "*.example")), http(80));

    // Then
    assertThat(Policies.fields(written, "service-router edge-80-a-example"))
        .isEqualTo(
            "{\"Routes\":[{\"Destination\":{\"Service\":\"web\"}},"
                + "{\"Destination\":{\"Service\":\"api\"}}]}");
    assertThat(Policies.fields(written, "ingress-gateway edge"))
        .contains("{\"Name\":\"api\",\"Hosts\":[\"*.example\"]}");
  }

  @Test
  void leadsOnlyTheHostsOfTheListener() {
    var written =
        write(
            rules(plain(WEB, "*"), plain(API, "c.example")),
            new Listener("a", 80, Kind.HTTP, List.of("a.example"), Optional.empty(), Sources.NONE));

    assertThat(Policies.fields(written, "ingress-gateway edge"))
        .contains("\"Hosts\":[\"a.example\"]")
        .doesNotContain("\"*\"");
    assertThat(Entries.said(written.losses())).containsExactly("DROPPED traffic.http[1]");
  }

  @Test
  void tellsHostsInAnExpressionApartByRoutes() {
    // When
    var expression = new TextMatch(TextMatch.Kind.REGEX, "[ab]\\.example", false);
    var written = write(rules(plain(match(Optional.of(expression)), WEB)), http(80));

    // Then
    assertThat(Policies.fields(written, "service-router edge-80-any"))
        .isEqualTo(
            "{\"Routes\":[{\"Match\":{\"HTTP\":{\"Header\":[{\"Name\":\":authority\",\"Regex\":"
                + "\"(?i:(?:[ab]\\\\.example)(:[0-9]+)?)\"}]}},"
                + "\"Destination\":{\"Service\":\"web\"}}]}");
    assertThat(Entries.said(written.losses())).containsExactly("APPROXIMATED traffic.http");
  }

  @Test
  void leavesARuleOutThatLeadsToNoImport() {
    // When
    var elsewhere = BackendRef.service(key("elsewhere"));
    var written = write(rules(plain(elsewhere, "a.example"), plain(WEB, "b.example")), http(80));

    // Then
    assertThat(Entries.said(written.losses()))
        .containsExactly("DROPPED traffic.http[0].backends[0].ref");
    assertThat(Policies.fields(written, "ingress-gateway edge"))
        .contains("b.example")
        .doesNotContain("a.example");
  }

  @Test
  void refusesAGatewayThatLeadsNowhere() {
    var elsewhere = BackendRef.service(key("elsewhere"));
    var written = write(rules(plain(elsewhere, "a.example")), http(80));

    assertThat(Entries.said(written.losses()))
        .containsExactly(
            "DROPPED traffic.http[0].backends[0].ref",
            "DROPPED ingress.listeners[0]",
            "REFUSED ingress");
  }

  @Test
  void refusesToOpenWhatARuleKeepsClosedAndCannotBeToldApart() {
    // When: only callers over https are kept out
    var closed =
        new HttpMatch(
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            HostConditions.of("a.example"),
            Optional.of(TextMatch.exact("https")),
            OptionalInt.empty(),
            ClientMatch.ANY);
    var lock =
        Policies.with(
            HttpRule.routing(List.of(closed), List.of()), new HttpFilter.DirectResponse(403, ""));
    var written = write(rules(lock, plain(WEB, "a.example")), http(80));

    // Then
    assertThat(Entries.said(written.losses())).contains("REFUSED traffic.http[0].filters[0]");
  }

  @Test
  void leadsRequestsThatAreToBeRefusedToNoInstance() {
    var lock =
        Policies.with(
            HttpRule.routing(
                List.of(on("a.example").withPath(PathMatch.stringPrefix("/admin"))), List.of()),
            new HttpFilter.DirectResponse(403, ""));
    var written = write(rules(lock, plain(WEB, "a.example")), http(80));

    assertThat(Policies.fields(written, "service-router edge-80-a-example"))
        .isEqualTo(
            "{\"Routes\":[{\"Match\":{\"HTTP\":{\"PathPrefix\":\"/admin\"}},\"Destination\":"
                + "{\"Service\":\"edge-80-a-example\"}},{\"Destination\":{\"Service\":\"web\"}}]}");
  }

  @Test
  void endsTlsAtSingleListenersWhereTheServerCan() {
    // When
    var written = write(rules(plain(WEB, "a.example")), https(443, "1.2"), http(80));

    // Then
    assertThat(Policies.fields(written, "ingress-gateway edge"))
        .contains(
            "{\"Port\":443,\"Protocol\":\"http\",\"TLS\":{\"Enabled\":true,"
                + "\"TLSMinVersion\":\"TLSv1_2\"},",
            "{\"Port\":80,\"Protocol\":\"http\",\"Services\":");
    assertThat(Entries.said(written.losses()))
        .containsExactly("APPROXIMATED ingress.listeners[0].tls.certificates");
  }

  @Test
  void opensNothingInClearThatHasTlsAtItsOrigin() {
    // When: an old server has TLS for all or for none
    var written =
        write(gateway(rules(plain(WEB, "a.example")), https(443, "1.2"), http(80)), "1.8.7");

    // Then
    assertThat(Policies.fields(written, "ingress-gateway edge"))
        .contains("\"Port\":80")
        .doesNotContain("TLS", "443");
    assertThat(Entries.said(written.losses()))
        .containsExactly("DROPPED ingress.listeners[0].tls.mode");
  }

  @Test
  void endsTlsForAWholeGatewayAtAnOldServer() {
    // When
    var written =
        write(
            gateway(
                rules(plain(WEB, "a.example"), plain(API, "*")),
                https(443, "1.2"),
                https(8443, "")),
            "1.8.7");

    // Then: it has no certificate for hosts without a name
    assertThat(Policies.fields(written, "ingress-gateway edge"))
        .startsWith("{\"TLS\":{\"Enabled\":true},")
        .contains("443", "8443")
        .doesNotContain("\"*\"");
    assertThat(Entries.said(written.losses()))
        .containsExactlyInAnyOrder(
            "APPROXIMATED ingress.listeners[0].tls.certificates",
            "DROPPED ingress.listeners[0].tls.minVersion",
            "APPROXIMATED ingress.listeners[1].tls.certificates",
            "DROPPED traffic.http[1].matches");
  }

  @Test
  void leavesListenersOutThatAskMoreOfTheirClients() {
    // When
    var mutual =
        new Listener(
            "mutual",
            443,
            Kind.HTTPS,
            List.of(),
            Optional.of(new ListenerTls(ListenerTls.Mode.MUTUAL, List.of(), Optional.empty())),
            Sources.NONE);
    var passed = new Listener("tls", 8443, Kind.TLS, List.of(), Optional.empty(), Sources.NONE);
    var written = write(rules(plain(WEB, "a.example")), mutual, passed, http(80));

    // Then
    assertThat(Entries.said(written.losses()))
        .containsExactly(
            "DROPPED ingress.listeners[0].tls.mode", "DROPPED ingress.listeners[1].kind");
    assertThat(Policies.fields(written, "ingress-gateway edge")).doesNotContain("443");
  }

  @Test
  void leadsConnectionsToAService() {
    // When
    var db = BackendRef.service(key("db"));
    var policy =
        Policies.l4(
            new L4Rule(
                List.of(),
                OptionalInt.of(5432),
                ClientMatch.ANY,
                List.of(WeightedBackend.only(db)),
                Sources.NONE));
    var written =
        write(
            policy, new Listener("db", 5432, Kind.TCP, List.of(), Optional.empty(), Sources.NONE));

    // Then
    assertThat(written.losses()).isEmpty();
    assertThat(Policies.fields(written, "ingress-gateway edge"))
        .isEqualTo(
            "{\"Listeners\":[{\"Port\":5432,\"Protocol\":\"tcp\",\"Services\":[{\"Name\":\"db\"}]}]}");
  }

  @Test
  void speaksWhatItsServicesSpeak() {
    var grpc = BackendRef.service(key("grpc"));
    var written = write(rules(plain(grpc, "a.example")), http(80));

    assertThat(Policies.fields(written, "ingress-gateway edge")).contains("\"Protocol\":\"grpc\"");
  }

  private static HttpMatch on(String host) {
    return match(HostConditions.of(host));
  }

  private static HttpMatch match(Optional<TextMatch> authority) {
    return new HttpMatch(
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        authority,
        Optional.empty(),
        OptionalInt.empty(),
        ClientMatch.ANY);
  }

  /** What Consul does if nobody says anything. */
  private static HttpRule plain(BackendRef there, String host) {
    return plain(on(host), there);
  }

  private static HttpRule plain(HttpMatch match, BackendRef there) {
    var rule = HttpRule.routing(List.of(match), List.of(WeightedBackend.only(there)));
    var isGrpc = there.service().orElseThrow().name().equals("grpc");
    return new HttpRule(
        "",
        isGrpc,
        rule.matches(),
        List.of(),
        rule.backends(),
        AS_CONSUL,
        Optional.of(Retry.NEVER),
        Optional.empty(),
        Sources.NONE);
  }

  private static Listener http(int port) {
    return new Listener("http-" + port, port, Kind.HTTP, List.of(), Optional.empty(), Sources.NONE);
  }

  private static Listener https(int port, String minVersion) {
    return new Listener(
        "https-" + port,
        port,
        Kind.HTTPS,
        List.of("*"),
        Optional.of(
            new ListenerTls(
                ListenerTls.Mode.TERMINATE,
                List.of("shop-cert"),
                Optional.of(minVersion).filter(version -> !version.isEmpty()))),
        Sources.NONE);
  }

  private static TrafficWriter.Written write(TrafficPolicy policy, Listener... listeners) {
    return write(gateway(policy, listeners), "");
  }

  private static TrafficWriter.Written write(Import gateway, String version) {
    return GatewayWriter.write(gateway, ServerVersion.parse(version), Location.of("edge"));
  }

  private static Import gateway(TrafficPolicy policy, Listener... listeners) {
    var names = new TreeMap<ServiceKey, String>();
    var others = new TreeMap<ServiceKey, Export>();
    Map.of(
            "web", HTTP,
            "api", HTTP,
            "db", TCP,
            "grpc", new ServicePort("grpc", 80, AppProtocol.GRPC))
        .forEach(
            (name, port) -> {
              names.put(key(name), name);
              others.put(key(name), Policies.export(name, rules(), port));
            });
    var ingress = new Ingress(List.of(listeners));
    return new Import(
        "edge",
        new Export(
            Ingress.keyOf(Policies.ISTIO, "shop", "edge"),
            ingress.ports(),
            new TreeMap<>(),
            List.of(),
            Instant.EPOCH,
            FederationPath.startingAt(Policies.ISTIO),
            AccessPolicy.OPEN,
            policy,
            Optional.of(ingress),
            List.of()),
        EndpointList.EMPTY,
        new MeshDescriptor(Policies.ISTIO, "istio", "", "", ""),
        names,
        others);
  }
}
