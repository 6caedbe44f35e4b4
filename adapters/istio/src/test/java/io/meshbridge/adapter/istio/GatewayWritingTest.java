package io.meshbridge.adapter.istio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Export;
import io.meshbridge.model.FederationPath;
import io.meshbridge.model.Import;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.traffic.BackendRef;
import io.meshbridge.model.traffic.ClientMatch;
import io.meshbridge.model.traffic.DestinationPolicy;
import io.meshbridge.model.traffic.HostConditions;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.Ingress;
import io.meshbridge.model.traffic.L4Rule;
import io.meshbridge.model.traffic.Listener;
import io.meshbridge.model.traffic.ListenerTls;
import io.meshbridge.model.traffic.PathMatch;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.model.traffic.WeightedBackend;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.NativeDocument;
import io.meshbridge.spi.Offer;
import io.meshbridge.spi.Translation;
import io.meshbridge.spi.Translator;
import io.meshbridge.spi.Translator.Selection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GatewayWritingTest {
  private static final MeshId AWAY = new MeshId("away");
  private static final ServiceKey WEB = new ServiceKey(AWAY, "shop", "web");
  private static final ServiceKey CART = new ServiceKey(AWAY, "shop", "cart");
  private static final Map<ServiceKey, String> NAMES =
      Map.of(WEB, "web.shop.away.mesh.internal", CART, "cart.shop.away.mesh.internal");
  private static final String SHOP = "shop.example.org";

  private final Translator translator = new IstioTranslator();

  @Test
  void writesTheGatewayThenTheRoutesThatAreBoundToIt() {
    var written =
        written(
            ingress(clear("http", 80, SHOP), secure("https", 443, SHOP)),
            http(rule(WEB, at(80, SHOP), at(443, SHOP))));

    assertThat(written.documents())
        .extracting(document -> document.content().get("kind"))
        .containsExactly("Gateway", "VirtualService");
    assertThat(yaml(written, 0))
        .isEqualTo(
            """
            ---
            selector:
              istio: "ingressgateway"
            servers:
            - port:
                number: 80
                name: "http"
                protocol: "HTTP"
              hosts:
              - "shop.example.org"
            - port:
                number: 443
                name: "https"
                protocol: "HTTPS"
              hosts:
              - "shop.example.org"
              tls:
                mode: "SIMPLE"
                credentialName: "shop-cert"
                minProtocolVersion: "TLSV1_2"
            """);
    var key = nameOf(written, 0);
    assertThat(yaml(written, 1))
        .isEqualTo(
            """
            ---
            hosts:
            - "shop.example.org"
            gateways:
            - "meshbridge-imports/%s"
            http:
            - route:
              - destination:
                  host: "web.shop.away.mesh.internal"
            """
                .formatted(key));
    assertThat(written.losses())
        .extracting(Loss::path, Loss::outcome)
        .containsExactly(tuple("ingress.listeners[1].tls.certificates", Outcome.APPROXIMATED));
    assertThat(written.callable()).isTrue();
  }

  @Test
  void namesSeveralCertificatesOnlyToAnIstioThatKnowsLists() {
    var ingress = ingress(secure("https", 443, SHOP, "shop-rsa", "shop-ecdsa"));
    var rules = http(rule(WEB, at(443, SHOP)));

    var now = written(ingress, rules, "1.27.0");
    var before = written(ingress, rules, "1.26.4");

    assertThat(yaml(now, 0)).contains("credentialNames:\n    - \"shop-rsa\"\n    - \"shop-ecdsa\"");
    assertThat(now.losses()).extracting(Loss::outcome).containsExactly(Outcome.APPROXIMATED);
    assertThat(yaml(before, 0)).contains("credentialName: \"shop-rsa\"").doesNotContain("ecdsa");
    assertThat(before.losses())
        .extracting(Loss::path, Loss::outcome)
        .contains(tuple("ingress.listeners[0].tls.certificates", Outcome.DROPPED));
  }

  @Test
  void saysPortsAndHostsOnlyWhereTheyTellRulesApart() {
    var written =
        written(
            ingress(clear("http", 80, SHOP, "cart.example.org"), clear("alt", 8080, SHOP)),
            http(rule(WEB, at(80, SHOP), at(8080, SHOP)), rule(CART, at(80, "cart.example.org"))));

    assertThat(yaml(written, 1))
        .contains(
            """
            http:
            - match:
              - authority:
                  regex: "shop\\\\.example\\\\.org(:[0-9]+)?"
              route:
            """)
        .contains(
            """
            - match:
              - authority:
                  regex: "cart\\\\.example\\\\.org(:[0-9]+)?"
            """);
  }

  @Test
  void closedTlsIsPassedOnByServerName() {
    var listener =
        new Listener("tls", 443, Listener.Kind.TLS, List.of(SHOP), Optional.empty(), Sources.NONE);
    var rule =
        new L4Rule(
            List.of(SHOP),
            OptionalInt.of(443),
            ClientMatch.ANY,
            List.of(WeightedBackend.only(BackendRef.service(WEB))),
            Sources.NONE);
    var written = written(ingress(listener), l4(rule));

    assertThat(yaml(written, 0)).contains("mode: \"PASSTHROUGH\"");
    assertThat(yaml(written, 1)).contains("sniHosts:\n    - \"shop.example.org\"");
    assertThat(written.losses()).isEmpty();
  }

  @Test
  void aRuleToAServiceThatIsNotThereIsLeftOut() {
    var unknown = new ServiceKey(AWAY, "shop", "ghost");
    var written = written(ingress(clear("http", 80, SHOP)), http(rule(unknown, at(80, SHOP))));

    assertThat(written.documents()).hasSize(1);
    assertThat(written.losses())
        .extracting(Loss::path, Loss::outcome)
        .containsExactly(tuple("traffic.http[0].backends[0].ref", Outcome.DROPPED));
  }

  @Test
  void aCertificateWithoutANameIsLookedForUnderTheNameOfTheImport() {
    var listener =
        new Listener(
            "https",
            443,
            Listener.Kind.HTTPS,
            List.of(),
            Optional.of(new ListenerTls(ListenerTls.Mode.MUTUAL, List.of(), Optional.empty())),
            Sources.NONE);
    var written = written(ingress(listener), http(rule(WEB, at(443, "*"))));

    assertThat(yaml(written, 0))
        .contains("credentialName: \"web-gateway.shop.away.mesh.internal\"")
        .contains("mode: \"MUTUAL\"")
        .contains("- \"*\"");
  }

  @Test
  void whatWasWrittenReadsAsItWas() {
    var policy =
        http(
            rule(CART, at(80, "cart.example.org").withPath(PathMatch.stringPrefix("/a"))),
            rule(WEB, at(80, SHOP), at(443, SHOP)),
            rule(WEB, at(80, "*.example.org")));
    var ingress = ingress(clear("http", 80, "*.example.org"), secure("https", 443, SHOP));

    var again = readBack(written(ingress, policy));

    assertThat(again.ingress().orElseThrow().withoutSources()).isEqualTo(ingress);
    assertThat(again.traffic().http().stream().map(rule -> rule.matches()).toList())
        .isEqualTo(policy.http().stream().map(rule -> rule.matches()).toList());
  }

  private Offer readBack(Translation.Written written) {
    var documents =
        written.documents().stream()
            .map(d -> new Document(Location.of("written"), d.content(), Map.of()))
            .map(GatewayWritingTest::marked)
            .toList();
    var elsewhere = new MeshDescriptor(new MeshId("third"), "istio", "", "", "");
    return translator.read(documents, elsewhere, Selection.MARKED).offers().getFirst();
  }

  @SuppressWarnings("unchecked")
  private static Document marked(Document document) {
    var content = new TreeMap<>(document.content());
    var metadata = new TreeMap<>((Map<String, Object>) content.get("metadata"));
    var labels = new TreeMap<>((Map<String, Object>) metadata.get("labels"));
    labels.put("meshbridge.io/export", "true");
    metadata.put("labels", labels);
    content.put("metadata", metadata);
    return new Document(document.location(), content, Map.of());
  }

  private Translation.Written written(Ingress ingress, TrafficPolicy policy) {
    return written(ingress, policy, "");
  }

  private Translation.Written written(Ingress ingress, TrafficPolicy policy, String version) {
    var key = Ingress.keyOf(AWAY, "shop", "web");
    var export =
        new Export(
            key,
            ingress.ports(),
            new TreeMap<>(),
            List.of(),
            Instant.EPOCH,
            FederationPath.startingAt(AWAY),
            AccessPolicy.OPEN,
            policy,
            Optional.of(ingress),
            List.of());
    var service =
        new Import(
            "web-gateway.shop.away.mesh.internal",
            export,
            EndpointList.EMPTY,
            new MeshDescriptor(AWAY, "consul", "", "", ""),
            new TreeMap<>(NAMES));
    return (Translation.Written)
        translator.write(
            service, new Translator.WriteContext("bookshop", new MeshId("home"), "", version));
  }

  private static Ingress ingress(Listener... listeners) {
    return new Ingress(List.of(listeners));
  }

  private static Listener clear(String name, int port, String... hosts) {
    return new Listener(
        name, port, Listener.Kind.HTTP, List.of(hosts), Optional.empty(), Sources.NONE);
  }

  private static Listener secure(String name, int port, String host) {
    return secure(name, port, host, "shop-cert");
  }

  private static Listener secure(String name, int port, String host, String... certificates) {
    var tls =
        new ListenerTls(ListenerTls.Mode.TERMINATE, List.of(certificates), Optional.of("1.2"));
    return new Listener(
        name, port, Listener.Kind.HTTPS, List.of(host), Optional.of(tls), Sources.NONE);
  }

  private static HttpMatch at(int port, String host) {
    return new HttpMatch(
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        HostConditions.of(host),
        Optional.empty(),
        OptionalInt.of(port),
        ClientMatch.ANY);
  }

  private static HttpRule rule(ServiceKey to, HttpMatch... matches) {
    return HttpRule.routing(
        Stream.of(matches).toList(), List.of(WeightedBackend.only(BackendRef.service(to))));
  }

  private static TrafficPolicy http(HttpRule... rules) {
    return new TrafficPolicy(
        List.of(rules), List.of(), List.of(), DestinationPolicy.DEFAULT, new TreeMap<>());
  }

  private static TrafficPolicy l4(L4Rule... rules) {
    return new TrafficPolicy(
        List.of(), List.of(rules), List.of(), DestinationPolicy.DEFAULT, new TreeMap<>());
  }

  private static String nameOf(Translation.Written written, int document) {
    var metadata = (Map<?, ?>) written.documents().get(document).content().get("metadata");
    return String.valueOf(metadata.get("name"));
  }

  private static String yaml(Translation.Written written, int document) {
    NativeDocument found = written.documents().get(document);
    return new KubernetesSerialization().asYaml(found.content().get("spec"));
  }
}
