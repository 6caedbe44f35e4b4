package io.meshbridge.adapter.istio;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.Health;
import io.meshbridge.model.Import;
import io.meshbridge.model.Locality;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.Reachability;
import io.meshbridge.model.ServicePort;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.Offer;
import io.meshbridge.spi.Reading;
import io.meshbridge.spi.Translation;
import io.meshbridge.spi.Translator;
import io.meshbridge.spi.Translator.Selection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IstioTranslatorTest {
  private static final String WEB =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: shop, labels: {app: web, meshbridge.io/export: "true"}}
      spec:
        selector: {app: web}
        ports:
        - {name: http-web, port: 80, targetPort: web}
        - {name: admin, port: 81, targetPort: 9000, appProtocol: grpc}
      """;
  private static final String SLICE_1 =
      """
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
      addressType: IPv4
      ports: [{name: http-web, port: 8080}, {name: admin, port: 9000}]
      endpoints:
      - {addresses: [10.0.0.1], zone: eu-1a}
      - {addresses: [10.0.0.2], conditions: {ready: false, serving: true, terminating: true}}
      - {addresses: [10.0.0.3], conditions: {ready: false}}
      - {addresses: []}
      """;
  private static final String SLICE_2 =
      """
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {name: web-2, namespace: shop, labels: {kubernetes.io/service-name: web}}
      addressType: IPv6
      ports: [{name: http-web, port: 8081}, {name: admin, port: 9000}]
      endpoints: [{addresses: ["2001:db8::1"], conditions: {ready: true}}]
      """;

  private final Translator translator = new IstioTranslator();

  @Test
  void readsHealthZonesAndThePortsOfEachSlice() {
    var offer = only(read(Selection.MARKED, WEB, SLICE_1, SLICE_2));

    assertThat(offer.endpoints().endpoints())
        .extracting(e -> e.address() + " " + e.health() + " " + e.ports().get("http-web"))
        .containsExactly(
            "10.0.0.1 READY 8080",
            "10.0.0.2 DRAINING 8080",
            "10.0.0.3 NOT_READY 8080",
            "2001:db8::1 READY 8081");
    assertThat(offer.endpoints().endpoints().getFirst().locality())
        .isEqualTo(new Locality("", "eu-1a"));
    assertThat(offer.ports())
        .containsExactly(
            new ServicePort("http-web", 80, AppProtocol.HTTP),
            new ServicePort("admin", 81, AppProtocol.GRPC));
    assertThat(offer.labels()).isEqualTo(Map.of("app", "web"));
  }

  @Test
  void anEndpointWithoutAddressCostsThatEndpointAlone() {
    var reading = read(Selection.MARKED, WEB, SLICE_1);

    assertThat(only(reading).endpoints().size()).isEqualTo(3);
    assertThat(reading.diagnostics())
        .extracting(Diagnostic::path)
        .containsExactly("endpoints[3].addresses");
  }

  @Test
  void aMalformedFieldIsToldWithItsLineAndTheRestIsRead() {
    var reading = read(Selection.MARKED, WEB.replace("port: 80,", "port: eighty,"), SLICE_1);

    assertThat(reading.diagnostics().getFirst())
        .isEqualTo(
            new Diagnostic(
                Diagnostic.Severity.ERROR,
                new Location("shop.yaml", 9),
                "spec.ports[0].port",
                "must be a whole number, but is 'eighty'"));
    assertThat(only(reading).ports()).extracting(ServicePort::name).containsExactly("admin");
  }

  @ParameterizedTest
  @CsvSource({
    "http-web, '', TCP, HTTP",
    "grpc, '', TCP, GRPC",
    "http2-x, '', TCP, HTTP2",
    "https, '', TCP, HTTPS",
    "tls-x, '', TCP, TLS",
    "mongo, '', TCP, MONGO",
    "mysql-db, '', TCP, MYSQL",
    "redis, '', TCP, REDIS",
    "web, '', TCP, TCP",
    "web, kubernetes.io/h2c, TCP, HTTP2",
    "http-web, tcp, TCP, TCP",
    "http-web, '', UDP, UDP"
  })
  void readsProtocolsAsIstioDoes(
      String name, String appProtocol, String transport, AppProtocol expected) {
    assertThat(IstioProtocols.ofService(transport, appProtocol, name)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "istio-system, '{}', STRICT, '', MESH_IDENTITY_REQUIRED",
    "shop, '{}', STRICT, '', MESH_IDENTITY_REQUIRED",
    "other, '{}', STRICT, '', PLAIN",
    "shop, '{}', PERMISSIVE, '', PLAIN",
    "shop, '{matchLabels: {app: web}}', STRICT, '', MESH_IDENTITY_REQUIRED",
    "shop, '{matchLabels: {app: cart}}', STRICT, '', PLAIN",
    "shop, '{matchLabels: {app: web, version: v2}}', STRICT, '', MESH_IDENTITY_REQUIRED",
    "shop, '{matchLabels: {app: web}}', PERMISSIVE, '8080', MESH_IDENTITY_REQUIRED",
    "shop, '{matchLabels: {app: web}}', PERMISSIVE, '7777', PLAIN"
  })
  void guardsWhatIsStrict(
      String namespace, String selector, String mode, String strictPort, Reachability expected) {
    var ports =
        strictPort.isEmpty() ? "" : "\n  portLevelMtls: {\"" + strictPort + "\": {mode: STRICT}}";
    var policy =
        """
        apiVersion: security.istio.io/v1
        kind: PeerAuthentication
        metadata: {name: mtls, namespace: %s}
        spec:
          selector: %s
          mtls: {mode: %s}%s
        """
            .formatted(namespace, selector, mode, ports);

    var access = only(read(Selection.MARKED, WEB, SLICE_1, policy)).access();

    assertThat(access.reachability()).isEqualTo(expected);
    if (expected != Reachability.PLAIN) {
      assertThat(access.reason()).contains(namespace + "/mtls");
    }
  }

  @Test
  void itsOwnerMayPublishTheRawAddressOfAGuardedService() {
    var policy =
        """
        apiVersion: security.istio.io/v1
        kind: PeerAuthentication
        metadata: {name: mtls, namespace: shop}
        spec: {mtls: {mode: STRICT}}
        """;
    var direct = WEB.replace("labels:", "annotations: {meshbridge.io/address: direct}, labels:");

    assertThat(only(read(Selection.MARKED, direct, policy)).access()).isEqualTo(AccessPolicy.OPEN);
  }

  @Test
  void neverOffersWhatAnotherToolMirrored() {
    var mirrored = WEB.replace("app: web, ", "mirror.linkerd.io/mirrored-service: \"true\", ");

    assertThat(read(Selection.ALL, mirrored).offers()).isEmpty();
  }

  @Test
  void warnsOfKindsThatItDoesNotTranslate() {
    var reading =
        read(
            Selection.ALL,
            """
            apiVersion: networking.istio.io/v1
            kind: Sidecar
            metadata: {name: web, namespace: shop}
            """);

    assertThat(reading.diagnostics())
        .extracting(Diagnostic::severity)
        .containsExactly(Diagnostic.Severity.WARNING);
  }

  @Test
  void readsTheItemsOfAList() {
    var list = "apiVersion: v1\nkind: List\nitems:\n- " + WEB.strip().replace("\n", "\n  ");

    assertThat(only(read(Selection.MARKED, list)).key().name()).isEqualTo("web");
  }

  @Test
  void refusesAnExternalNameOfTheClusterItself() {
    var service =
        """
        apiVersion: v1
        kind: Service
        metadata: {name: alias, namespace: shop}
        spec: {type: ExternalName, externalName: keys.vault.svc.cluster.local, ports: [{port: 80}]}
        """;

    assertThat(read(Selection.ALL, service).unreadable().values())
        .singleElement()
        .asString()
        .contains("keys.vault.svc.cluster.local");
  }

  @Test
  void writesTheCanonicalEntry() {
    var service =
        Imports.of(
            "web",
            List.of(new ServicePort("http", 80, AppProtocol.HTTP)),
            AccessPolicy.OPEN,
            List.of(
                endpoint("10.0.0.2", Health.READY, 3, new Locality("eu", "eu-1a")),
                endpoint("10.0.0.1", Health.WARNING, 1, new Locality("eu", "")),
                endpoint("10.0.0.3", Health.NOT_READY, 1, Locality.UNKNOWN)));

    var written = written(service);

    var spec = written.documents().getFirst().content().get("spec");
    assertThat(new KubernetesSerialization().asYaml(spec))
        .isEqualTo(
            """
            ---
            hosts:
            - "web.shop.away.mesh.internal"
            location: "MESH_EXTERNAL"
            ports:
            - number: 80
              name: "http"
              protocol: "HTTP"
            resolution: "STATIC"
            endpoints:
            - address: "10.0.0.1"
              ports:
                http: 8080
              weight: 1
              locality: "eu"
            - address: "10.0.0.2"
              ports:
                http: 8080
              weight: 3
              locality: "eu/eu-1a"
            """);
    // An entry has no word for what warns and for what gets no traffic.
    assertThat(written.losses())
        .extracting(Loss::path, Loss::outcome)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("endpoints.health", Loss.Outcome.APPROXIMATED));
  }

  @Test
  void knowsItsOwnAgainByTheMarks() {
    var written = written(Imports.of("web", "10.0.0.1"));

    var document =
        new Document(Location.of("out.yaml"), written.documents().getFirst().content(), Map.of());

    assertThat(translator.ownership(document))
        .hasValueSatisfying(o -> assertThat(o.service()).isEqualTo(Imports.of("web").service()));
  }

  @Test
  void resolvesHostNamesByDnsAndNeverTheHostItself() {
    assertThat(spec(Imports.of("web", "lb.example.com", "10.0.0.1")))
        .containsEntry("resolution", "DNS");
    assertThat(spec(Imports.of("web")))
        .containsEntry("resolution", "STATIC")
        .doesNotContainKey("endpoints");
  }

  @Test
  void dropsUdpAndSaysSoAndRefusesWhatHasNothingElse() {
    var udp = new ServicePort("dns", 53, AppProtocol.UDP);
    var redis = new ServicePort("redis", 6379, AppProtocol.REDIS);

    var both = written(Imports.of("web", List.of(udp, redis), AccessPolicy.OPEN, List.of()));
    var alone = write(Imports.of("web", List.of(udp), AccessPolicy.OPEN, List.of()));

    assertThat(both.losses())
        .extracting(Loss::path, Loss::outcome)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("ports[dns]", Loss.Outcome.DROPPED),
            org.assertj.core.groups.Tuple.tuple(
                "ports[redis].protocol", Loss.Outcome.APPROXIMATED));
    assertThat(alone).isInstanceOf(Translation.Refused.class);
  }

  @ParameterizedTest
  @CsvSource({"web.shop.svc.cluster.local", "web.shop.svc", "web.service.consul", "web"})
  void neverWritesANameThatBelongsToTheTarget(String host) {
    var service =
        Imports.named(
            host,
            "web",
            List.of(new ServicePort("http", 80, AppProtocol.HTTP)),
            AccessPolicy.OPEN,
            List.of());

    assertThat(write(service)).isInstanceOf(Translation.Refused.class);
  }

  @Test
  void refusesAServiceThatAdmitsOnlyItsOwnMesh() {
    var guarded =
        Imports.of(
            "web",
            List.of(new ServicePort("http", 80, AppProtocol.HTTP)),
            AccessPolicy.meshIdentityRequired("STRICT"),
            List.of());

    assertThat(write(guarded)).isInstanceOf(Translation.Refused.class);
  }

  @Test
  void neverPassesOnALabelThatSteersTheClientsProxies() {
    var labels = new TreeMap<>(Map.of("security.istio.io/tlsMode", "istio", "version", "v1"));
    var endpoint =
        new Endpoint(
            "10.0.0.1",
            new TreeMap<>(Map.of("http", 8080)),
            Health.READY,
            1,
            Locality.UNKNOWN,
            "",
            labels,
            "");

    var written =
        written(
            Imports.of(
                "web",
                List.of(new ServicePort("http", 80, AppProtocol.HTTP)),
                AccessPolicy.OPEN,
                List.of(endpoint)));

    assertThat(written.documents().getFirst().content().toString())
        .contains("version=v1")
        .doesNotContain("tlsMode");
    assertThat(written.losses())
        .extracting(Loss::path)
        .containsExactly("endpoints.labels[security.istio.io/tlsMode]");
  }

  private static Endpoint endpoint(String address, Health health, int weight, Locality locality) {
    return new Endpoint(
        address,
        new TreeMap<>(Map.of("http", 8080)),
        health,
        weight,
        locality,
        "",
        new TreeMap<>(),
        "");
  }

  private Reading read(Selection selection, String... texts) {
    return translator.read(Manifest.of(texts), Cluster.MESH, selection);
  }

  private static Offer only(Reading reading) {
    assertThat(reading.offers()).hasSize(1);
    return reading.offers().getFirst();
  }

  private Translation write(Import service) {
    return translator.write(service, new Translator.WriteContext("shops", new MeshId("here"), ""));
  }

  private Translation.Written written(Import service) {
    return (Translation.Written) write(service);
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> spec(Import service) {
    return (Map<String, Object>) written(service).documents().getFirst().content().get("spec");
  }
}
