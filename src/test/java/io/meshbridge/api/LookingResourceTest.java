package io.meshbridge.api;

import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.meshbridge.config.Adapters;
import io.meshbridge.config.BridgeConfig;
import io.meshbridge.config.ConfigFiles;
import io.meshbridge.config.ConfigLoader;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@TestProfile(ShownFederation.class)
class LookingResourceTest {
  private static final String WEB =
      """
      apiVersion: v1
      kind: Service
      metadata:
        name: web
        namespace: shop
        labels: {meshbridge.io/export: "true"}
      spec:
        ports: [{name: http, port: 80}]
      ---
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata:
        name: web-1
        namespace: shop
        labels: {kubernetes.io/service-name: web}
      addressType: IPv4
      endpoints: [{addresses: [10.1.0.1], conditions: {ready: true}}]
      ports: [{name: http, port: 8080}]
      """;
  private static final String GATEWAY =
      """
      apiVersion: networking.istio.io/v1
      kind: Gateway
      metadata: {name: east-west, namespace: shop}
      spec:
        servers:
          - port: {number: 15443, name: tls, protocol: TLS}
            tls: {mode: AUTO_PASSTHROUGH}
            hosts: ["*.local"]
      """;

  @Inject FakeConfiguration configuration;
  @Inject Adapters adapters;
  @TempDir private Path folder;

  @BeforeEach
  void twoMeshesAreFolders() throws IOException {
    for (String mesh : new String[] {"east", "dc1"}) {
      Files.createDirectories(folder.resolve(mesh));
    }
    Files.writeString(folder.resolve("east/web.yaml"), WEB);
    configuration.set(Optional.of(configured()));
  }

  @Test
  void showsWhatWouldBeAddedToAMesh() {
    when()
        .get("/api/v1/meshes/dc1/diff")
        .then()
        .statusCode(200)
        .body("mesh", equalTo("dc1"))
        .body("whole", equalTo(true))
        .body("unreached", empty())
        .body("unchanged", equalTo(0))
        .body("changes.change", hasItem("added"))
        .body("changes.object", hasItem(containsString("web-east")))
        .body(
            "changes.diff",
            hasItem(
                allOf(startsWith("--- /dev/null\n+++ "), containsString("+    \"Port\": 8080"))));
  }

  @Test
  void showsNoChangeWhereNobodyExports() {
    when()
        .get("/api/v1/meshes/east/diff")
        .then()
        .statusCode(200)
        .body("changes", empty())
        .body("diagnostics", empty());
  }

  @Test
  void leavesOutAMeshThatCannotBeReadAndSaysSo() throws IOException {
    Files.delete(folder.resolve("east/web.yaml"));
    Files.delete(folder.resolve("east"));

    when()
        .get("/api/v1/meshes/dc1/diff")
        .then()
        .statusCode(200)
        .body("whole", equalTo(false))
        .body("diagnostics.message", hasSize(1));
  }

  @Test
  void namesTheMeshesThatItServes() {
    when()
        .get("/api/v1/meshes/west/diff")
        .then()
        .statusCode(404)
        .contentType(Problem.MEDIA_TYPE)
        .body("detail", equalTo("this process does not serve mesh 'west', but [dc1, east]"));
  }

  @Test
  void findsTheTrapsThatTheDoctorFinds() throws IOException {
    Files.writeString(folder.resolve("east/gateway.yaml"), GATEWAY);

    when()
        .get("/api/v1/doctor")
        .then()
        .statusCode(200)
        .body("traps.what", hasItem("a gateway with AUTO_PASSTHROUGH"))
        .body("traps.path", hasItem("spec.servers[0].tls.mode"))
        .body("traps.line", hasItem(7))
        .body("unreached", empty());
  }

  @Test
  void asksAProcessWithoutABridgeInVain() {
    configuration.set(Optional.empty());

    for (String path : new String[] {"/api/v1/doctor", "/api/v1/meshes/dc1/diff"}) {
      when().get(path).then().statusCode(503).contentType(Problem.MEDIA_TYPE);
    }
  }

  @Test
  void refusesParametersThatItDoesNotKnow() {
    when().get("/api/v1/doctor?mesh=dc1").then().statusCode(400);
  }

  private BridgeConfig configured() throws IOException {
    var file =
        Files.writeString(
            folder.resolve("meshbridge.yaml"),
            """
            meshbridge:
              federation: demo
              meshes:
                east: {kind: istio, backend: files, settings: {path: "%1$s/east"}}
                dc1: {kind: consul, backend: files, settings: {path: "%1$s/dc1"}}
            """
                .formatted(folder));
    var config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withSources(ConfigFiles.load(List.of(file)))
            .build();
    return new ConfigLoader(adapters.known(), "test").load(config);
  }
}
