package io.meshbridge.adapter.linkerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meshbridge.model.AccessPolicy;
import io.meshbridge.model.AppProtocol;
import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Endpoint;
import io.meshbridge.model.Export;
import io.meshbridge.model.Health;
import io.meshbridge.model.Import;
import io.meshbridge.model.Locality;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.Ownership;
import io.meshbridge.model.Reachability;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.model.ServicePort;
import io.meshbridge.model.traffic.Ingress;
import io.meshbridge.model.traffic.Listener;
import io.meshbridge.model.traffic.Sources;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.NativeDocument;
import io.meshbridge.spi.Offer;
import io.meshbridge.spi.Reading;
import io.meshbridge.spi.Translation;
import io.meshbridge.spi.Translator;
import io.meshbridge.spi.Translator.Selection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkerdTranslatorTest {
  private static final String WEB =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: web, namespace: shop, labels: {app: web, meshbridge.io/export: "true"}}
      spec:
        selector: {app: web}
        ports:
        - {name: http-web, port: 80, targetPort: web, appProtocol: http}
        - {name: db, port: 3306, targetPort: 3306}
      """;
  private static final String SLICE =
      """
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
      addressType: IPv4
      ports: [{name: http-web, port: 8080}, {name: db, port: 3306}]
      endpoints:
      - {addresses: [10.0.0.1], zone: eu-1a}
      - {addresses: [10.0.0.2], conditions: {ready: false, serving: true, terminating: true}}
      """;

  private final Translator translator = new LinkerdTranslator();

  // Reading.

  @Test
  void readsServicesWithTheirSlices() {
    var offer = only(read(Selection.MARKED, WEB, SLICE));

    assertThat(offer.ports())
        .containsExactly(
            new ServicePort("http-web", 80, AppProtocol.HTTP),
            new ServicePort("db", 3306, AppProtocol.TCP));
    assertThat(offer.endpoints().endpoints())
        .extracting(e -> e.address() + " " + e.health() + " " + e.locality().zone())
        .containsExactly("10.0.0.1 READY eu-1a", "10.0.0.2 DRAINING ");
    assertThat(offer.hostnames()).contains("web.shop.svc.cluster.local");
  }

  @ParameterizedTest
  @CsvSource({
    "http, false, HTTP",
    "kubernetes.io/ws, false, HTTP",
    "kubernetes.io/h2c, false, HTTP2",
    "grpc, false, GRPC",
    "https, false, HTTPS",
    "kubernetes.io/wss, false, HTTPS",
    "tls, false, TLS",
    "linkerd.io/tcp, false, TCP",
    "linkerd.io/opaque, false, TCP",
    "mysql, false, MYSQL",
    "mysql, true, MYSQL",
    "redis, true, REDIS",
    "mongo, true, MONGO",
    "http, true, TCP",
    "'', false, TCP",
    "'', true, TCP",
    "example.com/ours, false, TCP"
  })
  void readsProtocolsAsLinkerdDoes(String word, boolean opaque, AppProtocol expected) {
    assertThat(LinkerdProtocols.of("TCP", word, opaque)).isEqualTo(expected);
    assertThat(LinkerdProtocols.of("UDP", word, opaque)).isEqualTo(AppProtocol.UDP);
  }

  @ParameterizedTest
  @EnumSource(AppProtocol.class)
  void readsBackEveryProtocolThatItWrites(AppProtocol protocol) {
    var service =
        Imports.of(
            "web-away.shop",
            List.of(new ServicePort("p", 80, protocol)),
            AccessPolicy.OPEN,
            List.of());

    var documents = written(service).documents();
    mark(documents.getFirst());

    // Linkerd has no word for gRPC but that for HTTP/2.
    var expected = protocol == AppProtocol.GRPC ? AppProtocol.HTTP2 : protocol;
    assertThat(only(readBack(documents)).ports())
        .containsExactly(new ServicePort("p", 80, expected));
  }

  @Test
  void anUnknownProtocolIsALossAndTcp() {
    var offer = only(read(Selection.MARKED, WEB.replace("appProtocol: http", "appProtocol: xmpp")));

    assertThat(offer.ports().getFirst().protocol()).isEqualTo(AppProtocol.TCP);
    assertThat(offer.losses()).extracting(Loss::path).containsExactly("spec.ports[0].appProtocol");
  }

  @ParameterizedTest
  @CsvSource({
    "'80', '', TCP",
    "'79-81,http', '', TCP",
    "' 25 , 80', '', TCP",
    "'81', '', HTTP",
    "'', '80', TCP",
    "'81', '80', HTTP",
    "'http-web', '', HTTP",
    "'99999999999,x-y,-,80-', '', HTTP"
  })
  void readsOpaquePortsOfTheServiceElseOfItsNamespace(
      String ofService, String ofNamespace, AppProtocol expected) {
    var service =
        ofService.isEmpty()
            ? WEB
            : WEB.replace(
                "labels:",
                "annotations: {config.linkerd.io/opaque-ports: \"" + ofService + "\"}, labels:");

    var offer =
        only(
            read(
                Selection.MARKED,
                service,
                namespace("config.linkerd.io/opaque-ports", ofNamespace)));

    assertThat(offer.ports().getFirst().protocol()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', PLAIN",
    "all-unauthenticated, '', PLAIN",
    "audit, '', PLAIN",
    "all-authenticated, '', MESH_IDENTITY_REQUIRED",
    "cluster-unauthenticated, '', MESH_IDENTITY_REQUIRED",
    "a-word-of-tomorrow, '', MESH_IDENTITY_REQUIRED",
    "'', deny, MESH_IDENTITY_REQUIRED",
    "all-unauthenticated, deny, PLAIN",
    "deny, all-unauthenticated, MESH_IDENTITY_REQUIRED"
  })
  void guardsByTheDefaultPolicyOfTheNamespaceElseOfTheMesh(
      String ofNamespace, String ofMesh, Reachability expected) {
    var config = config("proxy: {defaultInboundPolicy: \"" + ofMesh + "\"}");

    var access =
        only(read(
                Selection.MARKED,
                WEB,
                SLICE,
                config,
                namespace("config.linkerd.io/default-inbound-policy", ofNamespace)))
            .access();

    assertThat(access.reachability()).isEqualTo(expected);
    assertThat(access.reason().isEmpty()).isEqualTo(expected == Reachability.PLAIN);
  }

  @Test
  void aConfigurationThatCannotBeReadGuardsAndIsTold() {
    var reading = read(Selection.MARKED, WEB, SLICE, config("a text and no object"));

    assertThat(only(reading).access().reachability())
        .isEqualTo(Reachability.MESH_IDENTITY_REQUIRED);
    assertThat(reading.diagnostics()).extracting(Diagnostic::path).containsExactly("data.values");
  }

  @ParameterizedTest
  @CsvSource({
    "shop, 'podSelector: {}', 8080, deny, MESH_IDENTITY_REQUIRED",
    "shop, 'podSelector: {}', 8080, '', MESH_IDENTITY_REQUIRED",
    "shop, 'podSelector: {}', 8080, all-unauthenticated, PLAIN",
    "shop, 'podSelector: {}', 8080, audit, PLAIN",
    "other, 'podSelector: {}', 8080, deny, PLAIN",
    "shop, 'podSelector: {}', 7777, deny, PLAIN",
    "shop, 'podSelector: {}', admin, deny, MESH_IDENTITY_REQUIRED",
    "shop, 'podSelector: {matchLabels: {app: web, tier: db}}', 3306, deny, MESH_IDENTITY_REQUIRED",
    "shop, 'podSelector: {matchLabels: {app: cart}}', 8080, deny, PLAIN",
    "shop, 'podSelector: {matchExpressions: [{key: app, operator: In, values: [web, x]}]}', 8080,"
        + " deny, MESH_IDENTITY_REQUIRED",
    "shop, 'podSelector: {matchExpressions: [{key: app, operator: In, values: [x]}]}', 8080, deny,"
        + " PLAIN",
    "shop, 'podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [web]}]}', 8080,"
        + " deny, PLAIN",
    "shop, 'podSelector: {matchExpressions: [{key: app, operator: Exists}]}', 8080, deny,"
        + " MESH_IDENTITY_REQUIRED",
    "shop, 'podSelector: {matchExpressions: [{key: app, operator: DoesNotExist}]}', 8080, deny,"
        + " PLAIN",
    "shop, 'podSelector: {matchExpressions: [{key: app, operator: Later}]}', 8080, deny,"
        + " MESH_IDENTITY_REQUIRED",
    "shop, 'externalWorkloadSelector: {}', 8080, deny, MESH_IDENTITY_REQUIRED",
    "shop, 'unknownSelector: {}', 8080, deny, MESH_IDENTITY_REQUIRED"
  })
  void guardsWhatAServerMayDecideFor(
      String namespace, String selector, String port, String policy, Reachability expected) {
    var access =
        only(read(Selection.MARKED, WEB, SLICE, server(namespace, selector, port, policy)))
            .access();

    assertThat(access.reachability()).isEqualTo(expected);
    if (expected != Reachability.PLAIN) {
      assertThat(access.reason()).contains("Server " + namespace + "/guard");
    }
  }

  @Test
  void aNamedTargetPortWithoutEndpointsMayBeAnyNumber() {
    var server = server("shop", "podSelector: {}", "7777", "deny");

    assertThat(only(read(Selection.MARKED, WEB, server)).access().reachability())
        .isEqualTo(Reachability.MESH_IDENTITY_REQUIRED);
  }

  @Test
  void itsOwnerMayPublishTheRawAddressAndAServiceWithoutSelectorHasNoServer() {
    var server = server("shop", "podSelector: {}", "8080", "deny");
    var direct = WEB.replace("labels:", "annotations: {meshbridge.io/address: direct}, labels:");
    var outside = WEB.replace("  selector: {app: web}\n", "");

    assertThat(only(read(Selection.MARKED, direct, SLICE, server)).access())
        .isEqualTo(AccessPolicy.OPEN);
    assertThat(only(read(Selection.MARKED, outside, SLICE, server)).access())
        .isEqualTo(AccessPolicy.OPEN);
  }

  @Test
  void offersAnExternalServiceBehindHandMadeSlicesAsItIs() {
    var service = WEB.replace("  selector: {app: web}\n", "");
    var slice =
        SLICE
            .replace("addressType: IPv4", "addressType: FQDN")
            .replace("10.0.0.1", "db.example.com");

    assertThat(only(read(Selection.MARKED, service, slice)).endpoints().endpoints())
        .extracting(Endpoint::address)
        .containsExactly("10.0.0.2", "db.example.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mirror.linkerd.io/mirrored-service", "mirror.linkerd.io/cluster-name"})
  void neverOffersWhatLinkerdMirrored(String label) {
    var mirrored = WEB.replace("app: web, ", label + ": \"true\", ");

    assertThat(read(Selection.ALL, mirrored).offers()).isEmpty();
  }

  @Test
  void cannotOfferAnEgressNetworkAndSaysSo() {
    var network =
        """
        apiVersion: policy.linkerd.io/v1alpha1
        kind: EgressNetwork
        metadata: {name: internet, namespace: shop, labels: {meshbridge.io/export: "true"}}
        spec: {trafficPolicy: Allow}
        """;
    var unmarked = network.replace("\"true\"", "\"false\"");

    assertThat(read(Selection.MARKED, network).unreadable())
        .containsExactly(
            Map.entry(
                new ServiceKey(new MeshId("here"), "shop", "internet"),
                "an EgressNetwork names ranges, not a service"));
    assertThat(read(Selection.ALL, unmarked).diagnostics())
        .extracting(Diagnostic::severity)
        .containsExactly(Diagnostic.Severity.WARNING);
  }

  @Test
  void offersTheGatewayThatOthersServeInFrontOfIt() {
    var gateway =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: edge, namespace: shop, labels: {meshbridge.io/export: "true"}}
        spec: {listeners: [{name: http, port: 80, protocol: HTTP}]}
        """;

    var reading = read(Selection.ALL, gateway);

    assertThat(reading.offers())
        .singleElement()
        .satisfies(
            offer -> {
              assertThat(offer.key().name()).isEqualTo("edge.gateway");
              assertThat(offer.ingress()).isPresent();
            });
    assertThat(reading.diagnostics())
        .extracting(Diagnostic::message)
        .containsExactly("no route here is attached to it, so nothing is served");
  }

  @Test
  void refusesGatewaysOfOtherMeshes() {
    var listener =
        new Listener("http", 80, Listener.Kind.HTTP, List.of(), Optional.empty(), Sources.NONE);
    var plain = Imports.web();
    var export = plain.export();
    var gateway =
        new Import(
            plain.name(),
            new Export(
                Ingress.keyOf(Imports.AWAY, "shop", "edge"),
                export.ports(),
                export.labels(),
                List.of(),
                export.firstSeen(),
                export.path(),
                export.access(),
                export.traffic(),
                Optional.of(new Ingress(List.of(listener))),
                List.of()),
            plain.endpoints(),
            plain.origin());

    var written =
        new LinkerdTranslator()
            .write(gateway, new Translator.WriteContext("shops", new MeshId("here"), ""));

    assertThat(written).isInstanceOf(Translation.Refused.class);
    assertThat(written.losses())
        .extracting(Loss::path, Loss::outcome)
        .containsExactly(tuple("ingress", Loss.Outcome.REFUSED));
  }

  @Test
  void warnsOfKindsThatItDoesNotTranslateAndSaysWhereFaultsStand() {
    var profile =
        """
        apiVersion: linkerd.io/v1alpha2
        kind: Link
        metadata: {name: web.shop.svc.cluster.local, namespace: shop}
        """;

    var reading = read(Selection.MARKED, profile, WEB.replace("port: 80,", "port: eighty,"), SLICE);

    assertThat(reading.diagnostics())
        .containsExactly(
            new Diagnostic(
                Diagnostic.Severity.WARNING,
                new Location("shop.yaml", 1),
                "",
                "Link shop/web.shop.svc.cluster.local is not translated: it says nothing"
                    + " of a service's endpoints"),
            new Diagnostic(
                Diagnostic.Severity.ERROR,
                new Location("shop.yaml", 9),
                "spec.ports[0].port",
                "must be a whole number, but is 'eighty'"));
    assertThat(only(reading).ports()).extracting(ServicePort::name).containsExactly("db");
  }

  // Writing.

  @Test
  void writesAServiceAndASlice() {
    var translation =
        written(
            Imports.of(
                "web-away.shop",
                List.of(
                    Imports.HTTP,
                    new ServicePort("db", 3306, AppProtocol.MYSQL),
                    new ServicePort("raw", 900, AppProtocol.TCP),
                    new ServicePort("dns", 53, AppProtocol.UDP)),
                AccessPolicy.OPEN,
                List.of(
                    Endpoint.ready(
                        "10.0.0.1", Map.of("http", 8080, "db", 3306, "raw", 900, "dns", 5353)))));

    assertThat(translation.losses()).isEmpty();
    assertThat(translation.documents())
        .extracting(NativeDocument::name)
        .containsExactly(
            "service-web-away", "endpointslice-web-away-" + groupHash(translation) + "-1");
    assertThat(yaml(translation.documents().get(0)))
        .isEqualTo(
            """
            apiVersion: v1
            kind: Service
            metadata:
              name: web-away
              namespace: shop
              labels:
                app.kubernetes.io/managed-by: meshbridge
                meshbridge.io/federation: shops
                meshbridge.io/import-uid: UID
                meshbridge.io/origin-mesh: away
                meshbridge.io/target: here
              annotations:
                config.linkerd.io/opaque-ports: 900,3306
                meshbridge.io/content-hash: HASH
                meshbridge.io/origin-name: web
                meshbridge.io/origin-namespace: shop
                meshbridge.io/path: away
            spec:
              type: ClusterIP
              ports:
              - {name: dns, port: 53, protocol: UDP}
              - {name: http, port: 80, protocol: TCP, appProtocol: http}
              - {name: raw, port: 900, protocol: TCP, appProtocol: linkerd.io/opaque}
              - {name: db, port: 3306, protocol: TCP, appProtocol: mysql}
            """);
    assertThat(yaml(translation.documents().get(1)))
        .contains("kubernetes.io/service-name: web-away")
        .contains("endpointslice.kubernetes.io/managed-by: meshbridge.io")
        .doesNotContain("ownerReferences", "targetRef", "mirror.linkerd.io")
        .endsWith(
            """
            addressType: IPv4
            ports:
            - {name: dns, port: 5353, protocol: UDP}
            - {name: http, port: 8080, protocol: TCP, appProtocol: http}
            - {name: raw, port: 900, protocol: TCP, appProtocol: linkerd.io/opaque}
            - {name: db, port: 3306, protocol: TCP, appProtocol: mysql}
            endpoints:
            - addresses: [10.0.0.1]
              conditions: {ready: true, serving: true, terminating: false}
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "READY, 1, true, true, false, ''",
    "WARNING, 1, true, true, false, endpoints.health",
    "DRAINING, 1, false, true, true, ''",
    "NOT_READY, 1, false, false, false, ''",
    "READY, 0, false, false, false, endpoints.weight"
  })
  void saysHealthInConditions(
      Health health,
      int weight,
      boolean ready,
      boolean serving,
      boolean terminating,
      String approximated) {
    var endpoint = endpoint("10.0.0.1", health, weight, Locality.UNKNOWN, "", Map.of(), "");

    var translation = written(Imports.web(List.of(endpoint)));

    assertThat(endpoints(translation.documents().get(1)).getFirst().get("conditions"))
        .isEqualTo(Map.of("ready", ready, "serving", serving, "terminating", terminating));
    assertThat(translation.losses())
        .extracting(l -> l.path() + " " + l.outcome())
        .isEqualTo(approximated.isEmpty() ? List.of() : List.of(approximated + " APPROXIMATED"));
  }

  @Test
  void tellsEachFieldThatIsLostOnce() {
    var lossy =
        Stream.of("10.0.0.1", "10.0.0.2")
            .map(
                address ->
                    endpoint(
                        address,
                        Health.READY,
                        7,
                        new Locality("eu", "eu-1a"),
                        "west",
                        Map.of("version", "v2"),
                        "spiffe://away/ns/shop/sa/web"))
            .toList();

    var translation = written(Imports.web(lossy));

    assertThat(translation.losses())
        .extracting(l -> l.path() + " " + l.outcome())
        .containsExactlyInAnyOrder(
            "endpoints.locality.region DROPPED",
            "endpoints.weight DROPPED",
            "endpoints.labels DROPPED",
            "endpoints.network DROPPED",
            "endpoints.identity DROPPED");
    assertThat(endpoints(translation.documents().get(1)))
        .allSatisfy(e -> assertThat(e).containsEntry("zone", "eu-1a"));
    assertThat(yaml(translation.documents().get(1))).doesNotContain("mirror.linkerd.io");
  }

  @Test
  void separatesFamiliesPortsAndIdentities() {
    var translation =
        written(
            Imports.web(
                List.of(
                    Imports.endpoint("10.0.0.1", Health.READY, ""),
                    Imports.endpoint("10.0.0.2", Health.READY, "gateway.away.example"),
                    Imports.endpoint("2001:DB8:0::1", Health.READY, ""),
                    Endpoint.ready("10.0.0.3", Map.of("http", 9090)))));

    var slices = translation.documents().subList(1, translation.documents().size());
    assertThat(slices)
        .extracting(LinkerdTranslatorTest::addressesOf)
        .containsExactlyInAnyOrder(
            List.of("10.0.0.1"), List.of("10.0.0.2"), List.of("10.0.0.3"), List.of("2001:db8::1"));
    assertThat(slices)
        .filteredOn(s -> addressesOf(s).equals(List.of("10.0.0.2")))
        .singleElement()
        .satisfies(
            s ->
                assertThat(yaml(s))
                    .contains("mirror.linkerd.io/remote-gateway-identity: gateway.away.example")
                    .contains("mirror.linkerd.io/remote-svc-fq-name: web.shop.svc.cluster.local")
                    .doesNotContain("cluster-name"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "::1",
        "169.254.1.1",
        "fe80::1",
        "224.0.0.1",
        "ff02::1",
        "0.0.0.0",
        "::",
        "::ffff:127.0.0.1",
        "fd00:ec2::254",
        "db.example.com",
        "not a host"
      })
  void leavesOutWhatASliceCannotHold(String address) {
    var translation = written(Imports.web("10.0.0.1", address));

    assertThat(addressesOf(translation.documents().get(1))).containsExactly("10.0.0.1");
    assertThat(translation.losses())
        .extracting(l -> l.path() + " " + l.outcome())
        .containsExactly("endpoints[" + address + "] DROPPED");
  }

  @Test
  void saysThatFilesCannotResolveHosts() {
    assertThat(written(Imports.web("db.example.com")).losses())
        .extracting(Loss::reason)
        .containsExactly("only a live mesh resolves host names");
  }

  @Test
  void oneEndpointMoreOrLessChangesOneSliceOfMany() {
    var endpoints = new ArrayList<>(Imports.many(3000));
    var before = slices(Imports.web(endpoints));

    endpoints.add(Endpoint.ready("10.200.0.1", Map.of("http", 8080)));
    var after = slices(Imports.web(endpoints));

    assertThat(before).hasSizeGreaterThanOrEqualTo(3);
    assertThat(before.values()).allSatisfy(a -> assertThat(a).hasSizeLessThanOrEqualTo(1000));
    assertThat(before.values().stream().mapToInt(List::size).sum()).isEqualTo(3000);
    var unchanged =
        after.entrySet().stream().filter(e -> e.getValue().equals(before.get(e.getKey()))).count();
    assertThat(after.size() - unchanged).isEqualTo(1);
  }

  @Test
  void equalImportsAreEqualBytesWhateverTheOrder() {
    var endpoints = new ArrayList<>(Imports.many(2500));
    var one = written(Imports.web(endpoints));
    java.util.Collections.reverse(endpoints);

    assertThat(written(Imports.web(endpoints))).isEqualTo(one);
  }

  @Test
  void noEndpointsAreAServiceWithoutSlices() {
    assertThat(written(Imports.web()).documents())
        .extracting(NativeDocument::name)
        .containsExactly("service-web-away");
  }

  @ParameterizedTest
  @CsvSource({
    "web-away.shop, '', web-away, shop, 0",
    "9to5-away.shop, '', s-9to5-away-HASH, shop, 1",
    "web-away.shop, imports, web-away-shop-HASH, imports, 0",
    "9to5-away.shop, imports, s-9to5-away-shop-HASH-HASH, imports, 1",
    "web-away, '', web-away, shop, 0",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.shop, '',"
        + " aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, shop, 0",
    "1aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.shop, '',"
        + " s-1aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-HASH, shop, 1"
  })
  void namesObjectsWithinTheRulesOfServices(
      String name, String namespace, String expected, String home, int losses) {
    var service = Imports.of(name, List.of(Imports.HTTP), AccessPolicy.OPEN, Imports.many(1));

    var translation = written(service, namespace);

    for (NativeDocument document : translation.documents()) {
      assertThat(metadata(document)).containsEntry("namespace", home);
    }
    var written = String.valueOf(metadata(translation.documents().getFirst()).get("name"));
    assertThat(written).matches(expected.replace("HASH", "[0-9a-f]{8}")).hasSizeLessThan(64);
    assertThat(translation.losses())
        .extracting(l -> l.path() + " " + l.outcome())
        .isEqualTo(losses == 0 ? List.of() : List.of("name APPROXIMATED"));
  }

  @Test
  void refusesWhatCannotBeReachedOrHasNoPlace() {
    assertThat(
            refused(
                Imports.of("web-away.a.b", List.of(Imports.HTTP), AccessPolicy.OPEN, List.of())))
        .containsExactly("name");
    assertThat(
            refused(
                Imports.of(
                    "web-away.shop",
                    List.of(Imports.HTTP),
                    AccessPolicy.meshIdentityRequired("STRICT"),
                    List.of())))
        .containsExactly("access.reachability");
    assertThat(refused(Imports.of("web-away.shop", List.of(), AccessPolicy.OPEN, List.of())))
        .containsExactly("ports");
  }

  @Test
  void saysWhichPortsAreRenamedOrLeftOut() {
    var translation =
        written(
            Imports.of(
                "web-away.shop",
                List.of(
                    new ServicePort("Web_UI", 80, AppProtocol.HTTP),
                    new ServicePort("web", 80, AppProtocol.TCP),
                    new ServicePort("web-udp", 80, AppProtocol.UDP)),
                AccessPolicy.OPEN,
                List.of(
                    Endpoint.ready("10.0.0.1", Map.of("Web_UI", 8080)),
                    Endpoint.ready("10.0.0.2", Map.of("web", 8080)))));

    assertThat(translation.losses())
        .extracting(l -> l.path() + " " + l.outcome())
        .containsExactlyInAnyOrder(
            "ports[Web_UI].name APPROXIMATED", "ports[web] DROPPED", "endpoints[10.0.0.2] DROPPED");
    assertThat(yaml(translation.documents().get(0))).contains("name: web-udp");
    assertThat(addressesOf(translation.documents().get(1))).containsExactly("10.0.0.1");
  }

  @Test
  void knowsItsOwnObjectsByTheirMarks() {
    for (NativeDocument document : written(Imports.web("10.0.0.1")).documents()) {
      assertThat(
              translator.ownership(
                  new Document(Location.of("x.yaml"), document.content(), Map.of())))
          .map(Ownership::service)
          .contains(new ServiceKey(Imports.AWAY, "shop", "web"));
    }
  }

  @Test
  void readsBackWhatItWrote() {
    var service =
        Imports.web(
            List.of(
                Imports.endpoint("10.0.0.1", Health.READY, ""),
                Imports.endpoint("10.0.0.2", Health.DRAINING, ""),
                Imports.endpoint("10.0.0.3", Health.NOT_READY, ""),
                Imports.endpoint("2001:db8::1", Health.READY, "")));
    var documents = written(service).documents();
    mark(documents.getFirst());

    var offer = only(readBack(documents));

    assertThat(offer.endpoints()).isEqualTo(service.endpoints());
    assertThat(offer.ports()).isEqualTo(service.export().ports());
    assertThat(offer.path().toString()).isEqualTo("away,here");
  }

  private Reading read(Selection selection, String... texts) {
    return translator.read(Manifest.of(texts), Cluster.MESH, selection);
  }

  private Reading readBack(List<NativeDocument> documents) {
    return translator.read(
        documents.stream()
            .map(d -> new Document(Location.of(d.name()), d.content(), Map.of()))
            .toList(),
        Cluster.MESH,
        Selection.MARKED);
  }

  private static Offer only(Reading reading) {
    assertThat(reading.offers()).hasSize(1);
    return reading.offers().getFirst();
  }

  private Translation.Written written(Import service) {
    return written(service, "");
  }

  private Translation.Written written(Import service, String namespace) {
    return (Translation.Written)
        translator.write(
            service, new Translator.WriteContext("shops", new MeshId("here"), namespace));
  }

  private List<String> refused(Import service) {
    var translation =
        translator.write(service, new Translator.WriteContext("shops", new MeshId("here"), ""));
    assertThat(translation).isInstanceOf(Translation.Refused.class);
    return translation.losses().stream().map(Loss::path).toList();
  }

  private Map<String, List<String>> slices(Import service) {
    return written(service).documents().stream()
        .skip(1)
        .collect(Collectors.toMap(NativeDocument::name, LinkerdTranslatorTest::addressesOf));
  }

  private static List<String> addressesOf(NativeDocument slice) {
    return endpoints(slice).stream()
        .map(e -> String.valueOf(((List<?>) e.get("addresses")).getFirst()))
        .toList();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> endpoints(NativeDocument slice) {
    return (List<Map<String, Object>>) slice.content().get("endpoints");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> metadata(NativeDocument document) {
    return (Map<String, Object>) document.content().get("metadata");
  }

  /** Marks a written Service for export, as a person would. */
  private static void mark(NativeDocument service) {
    var labels = new HashMap<Object, Object>((Map<?, ?>) metadata(service).get("labels"));
    labels.put("meshbridge.io/export", "true");
    metadata(service).put("labels", labels);
  }

  private static String groupHash(Translation.Written translation) {
    return translation.documents().get(1).name().split("-", -1)[3];
  }

  /** With what differs between versions of the hash made equal, and short maps on one line. */
  private static String yaml(NativeDocument document) {
    var text = new StringBuilder();
    print("", document.content(), text);
    return text.toString()
        .replaceAll("content-hash: [0-9a-f]{64}", "content-hash: HASH")
        .replaceAll("import-uid: [0-9a-f]{32}", "import-uid: UID");
  }

  private static void print(String indent, Map<?, ?> map, StringBuilder text) {
    map.forEach(
        (key, value) -> {
          text.append(indent).append(key).append(':');
          if (value instanceof Map<?, ?> inner && isShort(key)) {
            text.append(' ').append(flow(inner)).append('\n');
          } else if (value instanceof Map<?, ?> inner) {
            text.append('\n');
            print(indent + "  ", inner, text);
          } else if (value instanceof List<?> list && key.equals("addresses")) {
            text.append(' ').append(list).append('\n');
          } else if (value instanceof List<?> list) {
            text.append('\n');
            list.forEach(item -> printItem(indent, String.valueOf(key), (Map<?, ?>) item, text));
          } else {
            text.append(' ').append(value).append('\n');
          }
        });
  }

  private static void printItem(String indent, String list, Map<?, ?> item, StringBuilder text) {
    if (list.equals("ports")) {
      text.append(indent).append("- ").append(flow(item)).append('\n');
      return;
    }
    var lines = new StringBuilder();
    print(indent + "  ", item, lines);
    text.append(indent).append("- ").append(lines.substring(indent.length() + 2));
  }

  private static boolean isShort(Object key) {
    return Set.of("conditions").contains(key);
  }

  private static String flow(Map<?, ?> map) {
    return map.entrySet().stream()
        .map(e -> e.getKey() + ": " + e.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static Endpoint endpoint(
      String address,
      Health health,
      int weight,
      Locality locality,
      String network,
      Map<String, String> labels,
      String identity) {
    return new Endpoint(
        address,
        new TreeMap<>(Map.of("http", 8080)),
        health,
        weight,
        locality,
        network,
        new TreeMap<>(labels),
        identity);
  }

  private static String namespace(String annotation, String value) {
    return """
    apiVersion: v1
    kind: Namespace
    metadata: {name: shop, annotations: {%s: "%s"}}
    """
        .formatted(annotation, value);
  }

  private static String config(String values) {
    return """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: linkerd-config, namespace: linkerd}
    data:
      values: |
        %s
    """
        .formatted(values);
  }

  private static String server(String namespace, String selector, String port, String policy) {
    return """
    apiVersion: policy.linkerd.io/v1beta3
    kind: Server
    metadata: {name: guard, namespace: %s}
    spec:
      port: %s
      %s
    """
            .formatted(namespace, port, selector)
        + (policy.isEmpty() ? "" : "  accessPolicy: " + policy + "\n");
  }
}
