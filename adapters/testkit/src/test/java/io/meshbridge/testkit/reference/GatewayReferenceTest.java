package io.meshbridge.testkit.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GatewayReferenceTest {
  private static final String ENTRY =
      """
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: web, namespace: shop}
      spec:
        hosts: [web.example.org]
        resolution: STATIC
        ports: [{number: 80, name: http, protocol: HTTP}]
        endpoints: [{address: 10.0.0.1}]
      ---
      apiVersion: networking.istio.io/v1
      kind: Gateway
      metadata: {name: edge, namespace: shop}
      spec:
        servers:
          - {port: {number: 80, name: http, protocol: HTTP}, hosts: ["*.example.org"]}
      """;

  @Test
  void ofHostsTheClosestOneTakesARequestAloneInIstio() {
    var mesh =
        istio(
            virtualService("wide", "*.example.org", "/"),
            virtualService("close", "a.example.org", "/a"));

    assertThat(outcome(mesh, 80, "b.example.org", "/x")).isInstanceOf(Outcome.Routed.class);
    assertThat(outcome(mesh, 80, "A.example.org:80", "/a")).isInstanceOf(Outcome.Routed.class);
    assertThat(outcome(mesh, 80, "a.example.org", "/x")).isEqualTo(new Outcome.NotFound());
    assertThat(outcome(mesh, 80, "example.org", "/x")).isEqualTo(new Outcome.NotFound());
    assertThat(outcome(mesh, 81, "b.example.org", "/x")).isEqualTo(new Outcome.NoEndpoints());
  }

  @Test
  void rulesOfHostsThatTheGatewayDoesNotTakeAreNotAskedInIstio() {
    var mesh = istio(virtualService("other", "other.net", "/"));

    assertThat(outcome(mesh, 80, "other.net", "/")).isEqualTo(new Outcome.NotFound());
  }

  @Test
  void ofHostsTheClosestOneTakesARequestAloneInConsul() {
    var mesh =
        consul(
            """
            - {Name: web, Hosts: ["*.example.org"]}
            - {Name: none, Hosts: [a.example.org]}
            - {Name: cart}
            """);

    assertThat(outcome(mesh, 80, "b.example.org", "/")).isInstanceOf(Outcome.Routed.class);
    assertThat(outcome(mesh, 80, "a.example.org", "/")).isEqualTo(new Outcome.NoEndpoints());
    assertThat(outcome(mesh, 80, "other.net", "/")).isEqualTo(new Outcome.NotFound());
    assertThat(outcome(mesh, 80, "cart.ingress.consul", "/")).isEqualTo(new Outcome.NoEndpoints());
    assertThat(outcome(mesh, 81, "b.example.org", "/")).isEqualTo(new Outcome.NoEndpoints());
  }

  @Test
  void whatConsulRefusesIsAFaultOfTheTest() {
    assertThatThrownBy(() -> consul("- {Name: web, Hosts: [a.org]}\n- {Name: web, Hosts: [b.org]}"))
        .hasMessageContaining("Consul refuses");
  }

  private static MeshReference istio(String... virtualServices) {
    return IstioGatewayReference.of(
        Yaml.documents(ENTRY + "---\n" + String.join("---\n", virtualServices)));
  }

  private static String virtualService(String name, String host, String prefix) {
    return """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: %s, namespace: shop}
        spec:
          hosts: ["%s"]
          gateways: [edge]
          http:
            - match: [{uri: {prefix: %s}}]
              route: [{destination: {host: web.example.org}}]
        """
        .formatted(name, host, prefix);
  }

  private static MeshReference consul(String services) {
    return ConsulGatewayReference.of(
        Yaml.documents(
            """
            Node: one
            Address: 10.9.0.1
            Service: {ID: web-1, Service: web, Address: 10.0.0.1, Port: 8080}
            Checks: [{Status: passing}]
            ---
            {Kind: service-defaults, Name: web, Protocol: http}
            ---
            {Kind: service-defaults, Name: none, Protocol: http}
            ---
            {Kind: service-defaults, Name: cart, Protocol: http}
            ---
            Kind: ingress-gateway
            Name: edge
            Listeners:
              - Port: 80
                Protocol: http
                Services:
            """
                + services.indent(6)));
  }

  private static Outcome outcome(MeshReference mesh, int port, String host, String path) {
    return mesh.decide(Request.get("edge", port, path).at(host)).outcome();
  }
}
