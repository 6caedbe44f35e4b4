package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Services of every shape that Kubernetes knows, from an Istio and from a Linkerd, and what becomes
 * of each in the two other meshes. One federation for all: the shapes do not touch one another.
 */
final class ShapesIT {
  @RegisterExtension private static final BrokerExtension KAFKA = new BrokerExtension();

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String LONGEST = "n".repeat(63);

  private static ThreeMeshes three;
  private static BridgeProcess bridge;

  @BeforeAll
  static void startFederation() throws Exception {
    three = ThreeMeshes.start(KAFKA.broker(), "shapes");
    bridge = three.federation().startReady(three.federation().bridge("bridge"));
  }

  @AfterAll
  static void endFederation() {
    three.close();
  }

  @Test
  void threePortsTwoOfThemNamedAndDifferentPerPod() {
    offer(
        "triple",
        """
        spec:
          selector: {app: triple}
          ports:
            - {name: http, port: 80, targetPort: web, appProtocol: http}
            - {name: grpc, port: 90, targetPort: rpc, appProtocol: grpc}
            - {name: admin, port: 9901, targetPort: 9901}
        """,
        slice("IPv4", "http=8080 grpc=9090 admin=9901", ready("10.8.0.1")),
        slice("IPv4", "http=8081 grpc=9091 admin=9901", ready("10.8.0.2")));

    // Each pod with its own numbers; in a Consul a service has one port, so there are three.
    var instances = new TreeSet<String>();
    for (var origin : new String[] {"east/shop", "north/yard"}) {
      var mesh = origin.substring(0, origin.indexOf('/'));
      for (var port : new String[] {"http 8080 8081", "grpc 9090 9091", "admin 9901 9901"}) {
        var words = port.split(" ", -1);
        var name = "triple-" + mesh + "-" + words[0] + " at ";
        var owner = " passing <- " + origin + "/triple for shapes/west";
        instances.add(name + "10.8.0.1:" + words[1] + owner);
        instances.add(name + "10.8.0.2:" + words[2] + owner);
      }
    }
    awaitLines(three.consul(), "triple", instances);
    assertLosses("west", "triple", "ports[http]", "ports[grpc]", "ports[admin]");
    awaitLines(
        three.istio(),
        "triple",
        "triple.yard.north.mesh.internal 80/http/HTTP,90/grpc/GRPC,9901/admin/TCP at"
            + " [10.8.0.1 admin=9901,grpc=9090,http=8080, 10.8.0.2 admin=9901,grpc=9091,http=8081]"
            + " <- north/yard/triple for shapes/east");
    awaitLines(
        three.linkerd(),
        "triple",
        "triple-east.shop 80/http/http,90/grpc/kubernetes.io/h2c,9901/admin/linkerd.io/opaque"
            + " opaque [9901] at [10.8.0.1 admin=9901,grpc=9090,http=8080 ready,"
            + " 10.8.0.2 admin=9901,grpc=9091,http=8081 ready]"
            + " <- east/shop/triple for shapes/north");
    assertLosses("north", "triple", "ports[grpc].protocol");
  }

  @Test
  void bothAddressFamiliesOfADualStackService() {
    offer(
        "dual",
        onePort("ipFamilyPolicy: SingleStack\n  "),
        slice("IPv4", "http=8080", ready("10.8.1.1")),
        slice("IPv6", "http=8080", ready("fd00:8::1")));

    awaitLines(
        three.consul(),
        "dual",
        consul("dual", "east/shop", "10.8.1.1:8080 passing"),
        consul("dual", "east/shop", "fd00:8::1:8080 passing"),
        consul("dual", "north/yard", "10.8.1.1:8080 passing"),
        consul("dual", "north/yard", "fd00:8::1:8080 passing"));
    awaitLines(three.istio(), "dual", istio("dual", "10.8.1.1 http=8080, fd00:8::1 http=8080"));
    awaitLines(
        three.linkerd(),
        "dual",
        linkerd("dual", "10.8.1.1 http=8080 ready, fd00:8::1 http=8080 ready"));
  }

  @Test
  void aHeadlessServiceWithItsPods() {
    offer(
        "headless", onePort("clusterIP: None\n  "), slice("IPv4", "http=8080", ready("10.8.2.1")));

    awaitLines(
        three.consul(),
        "headless",
        consul("headless", "east/shop", "10.8.2.1:8080 passing"),
        consul("headless", "north/yard", "10.8.2.1:8080 passing"));
    awaitLines(three.istio(), "headless", istio("headless", "10.8.2.1 http=8080"));
    awaitLines(three.linkerd(), "headless", linkerd("headless", "10.8.2.1 http=8080 ready"));
  }

  @Test
  void anExternalNameAsThatNameWhereNamesCanStand() {
    // A name that nobody resolves (RFC 6761): slices hold addresses, so there it is a stated loss.
    offer("outside", onePort("type: ExternalName\n  externalName: db.invalid\n  "));

    awaitLines(
        three.consul(),
        "outside",
        consul("outside", "east/shop", "db.invalid:80 passing"),
        consul("outside", "north/yard", "db.invalid:80 passing"));
    awaitLines(three.istio(), "outside", istio("outside", "db.invalid http=80"));
    awaitLines(three.linkerd(), "outside", linkerd("outside", ""));
    assertState("north", "outside", "Degraded");
    assertLosses("north", "outside", "endpoints[db.invalid]");
  }

  @Test
  void aServiceWithoutEndpointsIsThereAndTakesNoTraffic() {
    offer("empty", onePort(""));

    awaitLines(three.istio(), "empty", istio("empty", ""));
    awaitLines(three.linkerd(), "empty", linkerd("empty", ""));
    assertState("west", "empty", "Degraded");
    assertState("north", "empty", "Degraded");
    assertState("east", "empty", "Degraded");
    assertThat(three.consul().api().get("/v1/catalog/service/empty-east").strip()).isEqualTo("[]");
  }

  @Test
  void threeThousandEndpoints() {
    var addresses =
        IntStream.range(0, 3_000).mapToObj(i -> "10.80." + i / 250 + "." + (i % 250 + 1)).toList();
    var slices =
        IntStream.range(0, 30)
            .mapToObj(
                i ->
                    slice(
                        "IPv4",
                        "http=8080",
                        addresses.subList(i * 100, i * 100 + 100).stream()
                            .map(ShapesIT::ready)
                            .collect(Collectors.joining())))
            .toArray(String[]::new);

    offer("many", onePort(""), slices);

    awaitLines(
        three.istio(),
        "many",
        istio("many", sorted(addresses.stream().map(a -> a + " http=8080").toList())));
    awaitLines(
        three.linkerd(),
        "many",
        linkerd("many", sorted(addresses.stream().map(a -> a + " http=8080 ready").toList())));
    var instances = new TreeSet<String>();
    addresses.forEach(a -> instances.add(consul("many", "east/shop", a + ":8080 passing")));
    addresses.forEach(a -> instances.add(consul("many", "north/yard", a + ":8080 passing")));
    awaitLines(three.consul(), "many", instances);
  }

  @Test
  void anEndpointThatFinishesWhatItHasGetsNothingNew() {
    offer(
        "leaving",
        onePort(""),
        slice(
            "IPv4",
            "http=8080",
            ready("10.8.3.1")
                + endpoint("10.8.3.2", "{ready: false, serving: true, terminating: true}")));

    awaitLines(
        three.consul(),
        "leaving",
        consul("leaving", "east/shop", "10.8.3.1:8080 passing"),
        consul("leaving", "east/shop", "10.8.3.2:8080 critical"),
        consul("leaving", "north/yard", "10.8.3.1:8080 passing"),
        consul("leaving", "north/yard", "10.8.3.2:8080 critical"));
    awaitLines(three.istio(), "leaving", istio("leaving", "10.8.3.1 http=8080"));
    awaitLines(
        three.linkerd(),
        "leaving",
        linkerd("leaving", "10.8.3.1 http=8080 ready, 10.8.3.2 http=8080 not ready"));
  }

  @Test
  void theLongestNameIsShortenedWhereTheMeshMustAddToIt() throws Exception {
    offer(LONGEST, onePort(""), slice("IPv4", "http=8080", ready("10.8.4.1")));

    // A host has room for it; one label has not, and gets a hash instead of the rest.
    awaitLines(three.istio(), LONGEST, istio(LONGEST, "10.8.4.1 http=8080"));
    for (String target : new String[] {"west", "north"}) {
      assertState(target, LONGEST, "Applied");
      assertThat(bridge.rest().imports("mesh=" + target + "&name=" + LONGEST))
          .allSatisfy(
              entry ->
                  assertThat(entry.path("name").asText()).matches("n{54}-[0-9a-f]{8}(\\.shop)?"));
    }
  }

  /** The service in the Istio and in the Linkerd, with these slices. */
  private static void offer(String name, String spec, String... slices) {
    for (MeshRig mesh : new MeshRig[] {three.istio(), three.linkerd()}) {
      var api = mesh.equals(three.istio()) ? three.istio().api() : three.linkerd().api();
      var namespace = mesh.origin().namespace();
      for (int i = 0; i < slices.length; i++) {
        var metadata = metadata("s" + i + "-" + name.substring(0, Math.min(name.length(), 40)));
        create(
            api,
            namespace,
            "apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\n"
                + metadata
                + "    kubernetes.io/service-name: "
                + name
                + "\n"
                + slices[i]);
      }
      create(
          api,
          namespace,
          "apiVersion: v1\nkind: Service\n"
              + metadata(name)
              + "    meshbridge.io/export: \"true\"\n"
              + spec);
    }
  }

  private static void create(KubernetesTestApi api, String namespace, String yaml) {
    HasMetadata object = api.client().resource(yaml).item();
    object.getMetadata().setNamespace(namespace);
    api.client().resource(object).create();
  }

  private static String metadata(String name) {
    return "metadata:\n  name: " + name + "\n  labels:\n    app: shapes\n";
  }

  private static String onePort(String more) {
    return "spec:\n  " + more + "ports: [{name: http, port: 80, appProtocol: http}]\n";
  }

  /** A slice of this family, with ports such as {@code http=8080}. */
  private static String slice(String family, String ports, String endpoints) {
    var list = new StringBuilder();
    for (String port : ports.split(" ", -1)) {
      var word = port.split("=", -1);
      list.append("  - {name: ").append(word[0]).append(", port: ").append(word[1]).append("}\n");
    }
    return "addressType: " + family + "\nports:\n" + list + "endpoints:\n" + endpoints;
  }

  private static String ready(String address) {
    return endpoint(address, "{ready: true}");
  }

  private static String endpoint(String address, String conditions) {
    return "  - {addresses: [\"" + address + "\"], conditions: " + conditions + "}\n";
  }

  private static String consul(String name, String origin, String rest) {
    var mesh = origin.substring(0, origin.indexOf('/'));
    return name + "-" + mesh + " at " + rest + " <- " + origin + "/" + name + " for shapes/west";
  }

  private static String istio(String name, String endpoints) {
    return name
        + ".yard.north.mesh.internal 80/http/HTTP at ["
        + endpoints
        + "] <- north/yard/"
        + name
        + " for shapes/east";
  }

  private static String linkerd(String name, String endpoints) {
    return name
        + "-east.shop 80/http/http opaque [] at ["
        + endpoints
        + "] <- east/shop/"
        + name
        + " for shapes/north";
  }

  private static String sorted(Collection<String> endpoints) {
    return String.join(", ", new TreeSet<>(endpoints));
  }

  private static void awaitLines(MeshRig target, String service, String... lines) {
    awaitLines(target, service, new TreeSet<>(List.of(lines)));
  }

  /** All that stands in the target for services of this name, and nothing else. */
  private static void awaitLines(MeshRig target, String service, Collection<String> lines) {
    await(service + " in " + target.id())
        .atMost(LIMIT)
        .untilAsserted(
            () -> assertThat(linesOf(target, service)).containsExactlyInAnyOrderElementsOf(lines));
  }

  private static Collection<String> linesOf(MeshRig target, String service) throws IOException {
    return target.imports().stream()
        .filter(line -> line.contains("/" + service + " for "))
        .toList();
  }

  private static void assertState(String target, String service, String state) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(bridge.rest().imports("mesh=" + target + "&name=" + service))
                    .isNotEmpty()
                    .allSatisfy(
                        entry -> assertThat(entry.path("state").asText()).isEqualTo(state)));
  }

  private static void assertLosses(String target, String service, String... paths) {
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(bridge.rest().imports("mesh=" + target + "&name=" + service))
                    .isNotEmpty()
                    .allSatisfy(
                        entry ->
                            assertThat(entry.path("losses"))
                                .extracting(loss -> loss.path("path").asText())
                                .contains(paths)));
  }
}
