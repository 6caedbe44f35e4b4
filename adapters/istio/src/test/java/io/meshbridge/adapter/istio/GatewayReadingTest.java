package io.meshbridge.adapter.istio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Loss;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.model.traffic.HostConditions;
import io.meshbridge.model.traffic.HttpFilter;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.L4Rule;
import io.meshbridge.model.traffic.Listener;
import io.meshbridge.model.traffic.ListenerTls;
import io.meshbridge.spi.Offer;
import io.meshbridge.spi.Reading;
import io.meshbridge.spi.Translator.Selection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayReadingTest {
  private static final MeshDescriptor MESH =
      new MeshDescriptor(new MeshId("home"), "istio", "", "", "");
  private static final String CLEAR =
      "{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.org]}";
  private static final String TLS =
      "{port: {number: 443, name: https, protocol: HTTPS}, hosts: [shop.example.org],"
          + " tls: {mode: SIMPLE, credentialName: shop-cert, minProtocolVersion: TLSV1_2}}";

  @Test
  void aGatewayIsAServiceOfItsMeshWithThePortsOfItsServers() {
    var offer =
        gatewayOf(gateway(CLEAR, TLS), route("web", "- route: [{destination: {host: web}}]"));

    assertThat(offer.key()).isEqualTo(new ServiceKey(new MeshId("home"), "shop", "web.gateway"));
    assertThat(offer.endpoints().endpoints()).isEmpty();
    assertThat(offer.ports()).extracting(port -> port.number()).containsExactly(80, 443);
    assertThat(offer.ingress().orElseThrow().listeners())
        .extracting(Listener::name, Listener::kind, Listener::hosts)
        .containsExactly(
            tuple("http", Listener.Kind.HTTP, List.of("shop.example.org")),
            tuple("https", Listener.Kind.HTTPS, List.of("shop.example.org")));
    assertThat(offer.ingress().orElseThrow().listeners().getLast().tls())
        .contains(
            new ListenerTls(ListenerTls.Mode.TERMINATE, List.of("shop-cert"), Optional.of("1.2")));
  }

  @Test
  void itsRulesCarryThePortsOfTheListenersAndTheHosts() {
    var offer =
        gatewayOf(
            gateway(CLEAR, TLS),
            route("web", "- {match: [{uri: {prefix: /a}}], route: [{destination: {host: web}}]}"));

    var rule = offer.traffic().http().getFirst();
    assertThat(rule.matches())
        .extracting(HttpMatch::port, HttpMatch::authority)
        .containsExactly(
            tuple(OptionalInt.of(80), HostConditions.of("shop.example.org")),
            tuple(OptionalInt.of(443), HostConditions.of("shop.example.org")));
    assertThat(rule.matches()).allSatisfy(match -> assertThat(match.path()).isPresent());
    assertThat(rule.backends().getFirst().ref().service())
        .contains(new ServiceKey(new MeshId("home"), "shop", "web"));
  }

  @Test
  void knowsWhereListenersAndConditionsWereDeclared() {
    var offer = gatewayOf(gateway(CLEAR), route("web", "- route: [{destination: {host: web}}]"));

    assertThat(offer.ingress().orElseThrow().sourcesOf("listeners[0].port"))
        .containsExactly(new FieldRef("Gateway shop/web", "spec.servers[0].port.number"));
    assertThat(offer.traffic().sourcesOf("http[0].matches[0].authority"))
        .containsExactly(
            new FieldRef("VirtualService shop/web", "spec.hosts[0]"),
            new FieldRef("Gateway shop/web", "spec.servers[0].hosts[0]"));
  }

  @Test
  void theMostSpecificHostGoesFirstAndKeepsWhatItDoesNotTake() {
    var offer =
        gatewayOf(
            gateway("{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*.example.org']}"),
            bound("all", "['*.example.org']", "- route: [{destination: {host: web}}]"),
            bound(
                "one",
                "[shop.example.org]",
                "- {match: [{uri: {exact: /a}}], route: [{destination: {host: cart}}]}"));

    assertThat(offer.traffic().http())
        .extracting(GatewayReadingTest::hostOf, rule -> rule.backends().isEmpty())
        .containsExactly(
            tuple("shop.example.org", false),
            tuple("shop.example.org", true),
            tuple("*.example.org", false));
    assertThat(offer.traffic().http().get(1).filters())
        .containsExactly(new HttpFilter.DirectResponse(404, ""));
  }

  @Test
  void hostsAreThoseThatServerAndRouteHaveInCommon() {
    var offer =
        gatewayOf(
            gateway(
                "{port: {number: 80, name: http, protocol: HTTP}, hosts: ['other/a.org', 'b.org',"
                    + " './*.c.org']}"),
            bound("web", "[a.org, b.org, x.c.org]", "- route: [{destination: {host: web}}]"));

    assertThat(offer.traffic().http().getFirst().matches())
        .extracting(match -> HostConditions.hostOf(match.authority()).orElseThrow())
        .containsExactly("b.org", "x.c.org");
  }

  @Test
  void anHttpsRedirectAnswersEveryRequestInClear() {
    var server =
        "{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.org],"
            + " tls: {httpsRedirect: true}}";
    var offer =
        gatewayOf(gateway(server, TLS), route("web", "- route: [{destination: {host: web}}]"));

    assertThat(offer.traffic().http().getFirst().filters().getFirst())
        .isInstanceOfSatisfying(
            HttpFilter.Redirect.class, redirect -> assertThat(redirect.scheme()).contains("https"));
    assertThat(offer.traffic().http().getLast().matches())
        .extracting(HttpMatch::port)
        .containsExactly(OptionalInt.of(443));
  }

  @Test
  void closedTlsIsToldApartByServerNamesAndTcpByItsPort() {
    var offer =
        gatewayOf(
            gateway(
                "{port: {number: 443, name: tls, protocol: TLS}, hosts: ['*.example.org'],"
                    + " tls: {mode: PASSTHROUGH}}",
                "{port: {number: 9000, name: tcp, protocol: TCP}, hosts: ['*']}"),
            """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: web, namespace: shop}
            spec:
              hosts: ['*.example.org']
              gateways: [web]
              tls:
              - match: [{sniHosts: [db.example.org]}]
                route: [{destination: {host: db}}]
              tcp:
              - match: [{port: 9000}]
                route: [{destination: {host: queue}}]
            """);

    assertThat(offer.traffic().l4())
        .extracting(L4Rule::serverNames, L4Rule::port)
        .containsExactly(
            tuple(List.of("db.example.org"), OptionalInt.of(443)),
            tuple(List.of(), OptionalInt.of(9000)));
  }

  @Test
  void rulesForTheMeshAreKeptApartFromThoseForTheGateway() {
    var reading =
        read(
            gateway(CLEAR),
            """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: web, namespace: shop}
            spec:
              hosts: [web.shop.svc.cluster.local, shop.example.org]
              gateways: [mesh, shop/web]
              http:
              - match: [{gateways: [web], uri: {prefix: /in}}]
                route: [{destination: {host: web}}]
              - match: [{gateways: [mesh], uri: {prefix: /own}}]
                route: [{destination: {host: cart}}]
            """,
            """
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec: {ports: [{name: http, port: 80}]}
            """);

    assertThat(pathsOf(reading, "web.gateway")).containsExactly("/in");
    assertThat(pathsOf(reading, "web")).containsExactly("/own");
    assertThat(reading.offers())
        .allSatisfy(
            offer ->
                assertThat(offer.losses()).noneMatch(loss -> loss.path().contains("gateways")));
  }

  @Test
  void whatChoosesPodsAtHomeIsTold() {
    var offer = gatewayOf(gateway(CLEAR), route("web", "- route: [{destination: {host: web}}]"));

    assertThat(offer.losses())
        .extracting(Loss::path, Loss::outcome)
        .containsExactly(tuple("spec.selector.istio", Loss.Outcome.DROPPED));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{port: {number: 80, name: a, protocol: SMTP}, hosts: ['*']} | spec.servers[0].port.protocol",
        "{port: {number: 443, name: a, protocol: HTTPS}, hosts: ['*'], tls: {mode: SIMPLE}}"
            + " | spec.servers[0].tls.credentialName",
        "{port: {number: 443, name: a, protocol: HTTPS}, hosts: ['*']} | spec.servers[0].tls",
        "{port: {number: 443, name: a, protocol: HTTPS}, hosts: ['*'], tls: {mode: SIMPLE,"
            + " serverCertificate: cert, privateKey: /k}} | spec.servers[0].tls.serverCertificate",
        "{port: {number: 70000, name: a, protocol: HTTP}, hosts: ['*']}"
            + " | spec.servers[0].port.number",
        "{port: {number: 80, name: a, protocol: HTTP}} | spec.servers[0].hosts",
        "{port: {number: 80, name: a, protocol: HTTP}, hosts: ['a.*.b']} | spec.servers[0].hosts[0]",
      })
  void tellsWhatIsWrongAndReadsTheRest(String wrong, String path) {
    var reading =
        read(gateway(wrong, CLEAR), route("web", "- route: [{destination: {host: web}}]"));

    assertThat(reading.diagnostics())
        .filteredOn(fault -> fault.severity() == Diagnostic.Severity.ERROR)
        .extracting(Diagnostic::path)
        .contains(path);
    assertThat(ingressOf(reading).ingress().orElseThrow().listeners())
        .extracting(Listener::port)
        .contains(80);
  }

  @Test
  void aServerThatAdmitsOnlySomeClientsIsLeftOut() {
    var offer =
        gatewayOf(
            gateway(
                CLEAR,
                "{port: {number: 443, name: s, protocol: HTTPS}, hosts: ['*'], tls: {mode: MUTUAL,"
                    + " credentialName: c, subjectAltNames: [spiffe://a/b]}}"),
            route("web", "- route: [{destination: {host: web}}]"));

    assertThat(offer.ingress().orElseThrow().listeners()).hasSize(1);
    assertThat(offer.losses())
        .extracting(Loss::path)
        .contains("spec.servers[1].tls.subjectAltNames[0]");
  }

  @Test
  void onlyMarkedGatewaysAreReadFromAFederation() {
    var documents = List.of(gateway(CLEAR), route("web", "- route: [{destination: {host: web}}]"));
    var reading = read(Selection.MARKED, documents);

    assertThat(reading.offers()).isEmpty();
  }

  private static String gateway(String... servers) {
    return """
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata: {name: web, namespace: shop}
        spec:
          selector: {istio: ingressgateway}
          servers: [%s]
        """
        .formatted(String.join(", ", servers));
  }

  private static String route(String name, String rules) {
    return bound(name, "[shop.example.org]", rules);
  }

  private static String bound(String name, String hosts, String rules) {
    return """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: %s, namespace: shop}
        spec:
          hosts: %s
          gateways: [web]
          http:
        %s
        """
        .formatted(name, hosts, rules.indent(2));
  }

  private static String hostOf(HttpRule rule) {
    return HostConditions.hostOf(rule.matches().getFirst().authority()).orElseThrow();
  }

  private static List<String> pathsOf(Reading reading, String service) {
    return reading.offers().stream()
        .filter(offer -> offer.key().name().equals(service))
        .flatMap(offer -> offer.traffic().http().stream())
        .flatMap(rule -> rule.matches().stream())
        .map(match -> match.path().orElseThrow().value())
        .toList();
  }

  private static Offer gatewayOf(String... documents) {
    return ingressOf(read(documents));
  }

  private static Offer ingressOf(Reading reading) {
    return reading.offers().stream()
        .filter(offer -> offer.ingress().isPresent())
        .findFirst()
        .orElseThrow();
  }

  private static Reading read(String... documents) {
    return read(Selection.ALL, List.of(documents));
  }

  private static Reading read(Selection selection, List<String> documents) {
    var parsed = Manifest.of(documents.toArray(String[]::new));
    return new IstioTranslator().read(parsed, MESH, selection);
  }
}
