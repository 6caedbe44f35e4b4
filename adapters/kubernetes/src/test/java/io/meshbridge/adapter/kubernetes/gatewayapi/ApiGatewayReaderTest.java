package io.meshbridge.adapter.kubernetes.gatewayapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.meshbridge.adapter.kubernetes.KubeObject;
import io.meshbridge.adapter.kubernetes.Problems;
import io.meshbridge.adapter.kubernetes.ReadResult;
import io.meshbridge.adapter.kubernetes.ResourceKey;
import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.traffic.HostConditions;
import io.meshbridge.model.traffic.HttpMatch;
import io.meshbridge.model.traffic.HttpRule;
import io.meshbridge.model.traffic.L4Rule;
import io.meshbridge.model.traffic.Listener;
import io.meshbridge.model.traffic.ListenerTls;
import io.meshbridge.model.traffic.PathMatch;
import io.meshbridge.spi.Offer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApiGatewayReaderTest {
  private static final MeshDescriptor MESH =
      new MeshDescriptor(new MeshId("mesh"), "istio", "", "", "");

  @Test
  void aListenerIsReadWithItsHostAndItsCertificates() {
    var read =
        read(
            """
            gatewayClassName: istio
            listeners:
              - name: https
                port: 443
                protocol: HTTPS
                hostname: shop.example.org
                tls: {certificateRefs: [{name: shop-cert}]}
              - {name: http, port: 80, protocol: HTTP}
              - {name: db, port: 5432, protocol: TCP}
              - {name: closed, port: 8443, protocol: TLS, tls: {mode: Passthrough}}
            """);

    assertThat(offer(read).ingress().orElseThrow().withoutSources().listeners())
        .extracting(Listener::name, Listener::port, Listener::kind, Listener::hosts)
        .containsExactly(
            tuple("https", 443, Listener.Kind.HTTPS, List.of("shop.example.org")),
            tuple("http", 80, Listener.Kind.HTTP, List.of()),
            tuple("db", 5432, Listener.Kind.TCP, List.of()),
            tuple("closed", 8443, Listener.Kind.TLS, List.of()));
    assertThat(listener(read, 0).tls())
        .contains(
            new ListenerTls(ListenerTls.Mode.TERMINATE, List.of("shop-cert"), Optional.empty()));
    assertThat(read.losses()).extracting(Loss::path).containsExactly("spec.gatewayClassName");
    assertThat(errors(read)).isEmpty();
  }

  @Test
  void theClosestHostGoesFirstAndWhatItDoesNotTakeIsNotLeftToAWiderOne() {
    var read =
        read(
            "listeners: [{name: http, port: 80, protocol: HTTP}]",
            http("wide", "[\"*.example.org\"]", "/"),
            http("close", "[a.example.org]", "/a"));

    assertThat(read.policy().http())
        .extracting(ApiGatewayReaderTest::said)
        .containsExactly("a.example.org/a", "a.example.org", "*.example.org/");
    assertThat(read.policy().http().get(1).backends()).isEmpty();
  }

  @Test
  void hostsWithTheSameRoutesShareTheirRules() {
    var read =
        read(
            "listeners: [{name: http, port: 80, protocol: HTTP}]",
            http("both", "[a.example.org, \"*.example.com\"]", "/a"));

    assertThat(read.policy().http()).hasSize(1);
    assertThat(read.policy().http().getFirst().matches()).hasSize(2);
  }

  @Test
  void hostsOfARouteAreThoseThatItsListenersHaveToo() {
    var read =
        read(
            "listeners: [{name: http, port: 80, protocol: HTTP, hostname: \"*.example.org\"}]",
            http("web", "[a.example.org, b.example.com]", "/"));

    assertThat(read.policy().http())
        .extracting(ApiGatewayReaderTest::said)
        .containsExactly("a.example.org/");
    assertThat(read.losses())
        .anySatisfy(
            loss -> {
              assertThat(loss.path()).isEqualTo("spec.hostnames[1]");
              assertThat(loss.reason()).contains("no listener of Gateway shop/edge");
            });
  }

  @Test
  void routesOfOtherNamespacesAreKeptOutUnlessAListenerLetsThemIn() {
    var elsewhere = http("web", "[a.example.org]", "/").replace("namespace: shop", "namespace: b");
    var same = read("listeners: [{name: http, port: 80, protocol: HTTP}]", elsewhere);
    var all =
        read(
            "listeners: [{name: http, port: 80, protocol: HTTP,"
                + " allowedRoutes: {namespaces: {from: All}}}]",
            elsewhere);
    var named =
        read(
            "listeners: [{name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from:"
                + " Selector, selector: {matchLabels: {kubernetes.io/metadata.name: b}}}}}]",
            elsewhere);
    var unknown =
        read(
            "listeners: [{name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from:"
                + " Selector, selector: {matchLabels: {team: b}}}}}]",
            elsewhere);

    assertThat(same.policy().http()).isEmpty();
    assertThat(same.losses())
        .anySatisfy(loss -> assertThat(loss.reason()).contains("routes of namespace b"));
    assertThat(all.policy().http()).hasSize(1);
    assertThat(named.policy().http()).hasSize(1);
    assertThat(unknown.policy().http()).isEmpty();
    assertThat(unknown.losses())
        .anySatisfy(loss -> assertThat(loss.path()).endsWith("allowedRoutes.namespaces.selector"));
  }

  @Test
  void aSectionNameChoosesOneListener() {
    var read =
        read(
            """
            listeners:
              - {name: one, port: 80, protocol: HTTP}
              - {name: two, port: 81, protocol: HTTP}
            """,
            http("web", "[a.example.org]", "/")
                .replace("{name: edge}", "{name: edge, sectionName: two}"));

    assertThat(read.policy().http().getFirst().matches().getFirst().port()).hasValue(81);
  }

  @Test
  void ofListenersAtOnePortTheClosestHostTakesItsRequestsAlone() {
    var read =
        read(
            """
            listeners:
              - {name: wide, port: 80, protocol: HTTP}
              - {name: close, port: 80, protocol: HTTP, hostname: a.example.org}
            """,
            http("web", "[a.example.org, b.example.org]", "/")
                .replace("{name: edge}", "{name: edge, sectionName: wide}"));

    assertThat(read.policy().http())
        .extracting(ApiGatewayReaderTest::said)
        .containsExactly("b.example.org/");
  }

  @Test
  void connectionsAreToldApartByServerNamesOrPortsAlone() {
    var read =
        read(
            """
            listeners:
              - {name: closed, port: 443, protocol: TLS, tls: {mode: Passthrough}}
              - {name: db, port: 5432, protocol: TCP}
            """,
            route("TLSRoute", "tls", "hostnames: [\"*.example.org\", a.example.org]", ""),
            route("TCPRoute", "tcp", "", ""));

    assertThat(read.policy().l4())
        .extracting(L4Rule::serverNames)
        .containsExactly(List.of("a.example.org"), List.of("*.example.org"), List.of());
    assertThat(read.policy().l4()).allSatisfy(rule -> assertThat(rule.port()).isPresent());
  }

  @Test
  void clientsThatHaveToProveThemselvesDoSoElsewhere() {
    var read =
        read(
            """
            tls:
              frontend:
                default: {validation: {caCertificateRefs: [{group: "", kind: ConfigMap, name: ca}]}}
            listeners:
              - name: https
                port: 443
                protocol: HTTPS
                tls: {certificateRefs: [{name: cert}]}
            """);

    assertThat(listener(read, 0).tls().orElseThrow().mode()).isEqualTo(ListenerTls.Mode.MUTUAL);
    assertThat(read.losses())
        .extracting(Loss::path)
        .contains("spec.tls.frontend.default.validation.caCertificateRefs[0].name");
  }

  @Test
  void whatPeopleGetWrongIsToldByItsPath() {
    var read =
        read(
            """
            listeners:
              - {name: none, port: 80}
              - {name: file, port: 443, protocol: HTTPS,
                 tls: {certificateRefs: [{name: /etc/certs/tls.crt}]}}
              - {name: bare, port: 444, protocol: HTTPS}
              - {name: host, port: 81, protocol: HTTP, hostname: "*"}
              - {name: good, port: 82, protocol: HTTP}
              - {name: twice, port: 82, protocol: HTTP}
            """);

    assertThat(errors(read))
        .containsExactly(
            "spec.listeners[0].protocol",
            "spec.listeners[1].tls.certificateRefs[0].name",
            "spec.listeners[2].tls",
            "spec.listeners[3].hostname",
            "spec.listeners[5].port");
    assertThat(offer(read).ingress().orElseThrow().listeners())
        .extracting(Listener::name)
        .containsExactly("good");
  }

  @Test
  void aWaypointLetsNobodyIn() {
    var read = read("gatewayClassName: istio-waypoint\nlisteners: []");

    assertThat(read.result())
        .isInstanceOfSatisfying(
            ReadResult.Unreadable.class, no -> assertThat(no.reason()).contains("waypoint"));
  }

  private static String http(String name, String hosts, String path) {
    return route(
        "HTTPRoute",
        name,
        "hostnames: " + hosts,
        "matches: [{path: {type: PathPrefix, value: " + path + "}}], ");
  }

  private static String route(String kind, String name, String hostnames, String matches) {
    return """
        apiVersion: gateway.networking.k8s.io/v1
        kind: %s
        metadata: {name: %s, namespace: shop}
        spec:
          parentRefs: [{name: edge}]
          %s
          rules: [{%sbackendRefs: [{name: web, port: 80}]}]
        """
        .formatted(kind, name, hostnames, matches);
  }

  private static ApiGatewayReading read(String spec, String... routes) {
    var text =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: edge, namespace: shop}
        spec:
        """
            + spec.indent(2);
    var gateway = ApiGateway.of(object(text));
    var attached =
        Arrays.stream(routes)
            .map(ApiGatewayReaderTest::object)
            .map(route -> Route.of(route, RouteKind.of(route.group(), route.kind()).orElseThrow()))
            .map(ApiGatewayReaderTest::attached)
            .toList();
    return new ApiGatewayReader(
            RouteDialect.GATEWAY,
            RuleCompletion.NONE,
            NamespaceLabels.NONE,
            key -> false,
            problem -> Location.of(problem.object()))
        .read(MESH, gateway, attached);
  }

  /** Routes of other namespaces mean the same Gateway. */
  private static Route attached(Route route) {
    var parents =
        route.parents().stream()
            .map(
                parent ->
                    new Route.Parent(
                        parent.path(),
                        parent.group(),
                        parent.kind(),
                        new ResourceKey("shop", parent.key().name()),
                        parent.port(),
                        parent.section(),
                        parent.groupIsMissing()))
            .toList();
    return new Route(route.object(), route.kind(), parents);
  }

  @SuppressWarnings("unchecked")
  private static KubeObject object(String yaml) {
    var content = (Map<String, Object>) new KubernetesSerialization().unmarshal(yaml, Map.class);
    return KubeObject.of(content, Problems.NONE).orElseThrow();
  }

  private static Offer offer(ApiGatewayReading read) {
    return ((ReadResult.Readable) read.result()).offer();
  }

  private static Listener listener(ApiGatewayReading read, int index) {
    return offer(read).ingress().orElseThrow().listeners().get(index);
  }

  private static List<String> errors(ApiGatewayReading read) {
    return read.faults().stream()
        .filter(fault -> fault.severity() == Diagnostic.Severity.ERROR)
        .map(Diagnostic::path)
        .toList();
  }

  private static String said(HttpRule rule) {
    HttpMatch match = rule.matches().getFirst();
    return HostConditions.hostOf(match.authority()).orElse("?")
        + match.path().map(PathMatch::value).orElse("");
  }
}
