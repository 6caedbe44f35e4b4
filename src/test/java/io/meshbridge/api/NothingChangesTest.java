package io.meshbridge.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.meshbridge.config.Adapters;
import io.meshbridge.grpc.v1.MeshbridgeGrpc;
import io.meshbridge.grpc.v1.OrdersGrpc;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without credentials nothing can be changed, whatever is asked, and whoever claims to ask. */
@QuarkusTest
@TestProfile(ShownFederation.class)
class NothingChangesTest {
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");
  private static final List<String> LOOKING = List.of("GET", "HEAD", "OPTIONS");
  private static final String ORDER =
      "{\"origin\":\"east\",\"target\":\"west\",\"why\":\"because\"}";

  /** What a proxy, or somebody who would like to be one, says about a caller. */
  private static final Map<String, String> CLAIMS =
      Map.of(
          "X-Forwarded-For", "127.0.0.1",
          "X-Forwarded-User", "admin",
          "Forwarded", "for=127.0.0.1",
          "X-Forwarded-Client-Cert", "URI=spiffe://east/ns/ops/sa/operator",
          "X-Remote-User", "operator",
          "meshbridge-caller", "operator",
          "Authorization", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJvcGVyYXRvciJ9.");

  @TestHTTPResource("/")
  URI door;

  @Inject FakeDesk desk;
  @Inject FakeConfiguration configuration;
  @Inject Adapters adapters;
  @TempDir private Path folder;

  @BeforeEach
  void aBridgeThatCouldGiveOrders() {
    desk.clear();
    configuration.set(Optional.of(Configured.in(folder, adapters)));
  }

  @Test
  void noPathAndMethodOfRestChangesAnything() {
    var changing = new ArrayList<String>();
    for (String path : paths()) {
      for (String method : METHODS) {
        var response = ask(method, path);
        var asked = method + " " + path + " -> " + response.statusCode();
        assertThat(response.statusCode()).as(asked).isNotIn(500, 501, 502);
        boolean mayAnswer = LOOKING.contains(method) || path.endsWith("/translate");
        if (!mayAnswer) {
          assertThat(response.statusCode()).as(asked).isIn(403, 404, 405);
        }
        if (response.statusCode() == 403) {
          changing.add(method + " " + path);
          assertThat(response.jsonPath().getString("detail"))
              .contains("meshbridge.api.operator-token-file", "docs/api.md");
        }
      }
    }

    assertThat(changing)
        .containsExactlyInAnyOrder(
            "POST /api/v1/orders/confirmations",
            "POST /api/v1/orders/pauses",
            "DELETE /api/v1/orders/pauses");
    assertThat(desk.acts()).isEmpty();
  }

  @Test
  void noMethodOfGrpcChangesAnything() {
    try (var client = new GrpcClient(door, "operator")) {
      for (var service :
          List.of(MeshbridgeGrpc.getServiceDescriptor(), OrdersGrpc.getServiceDescriptor())) {
        for (var method : service.getMethods()) {
          var name = method.getFullMethodName();
          var outcome = client.outcome(name, new byte[0]);
          boolean changes =
              name.startsWith("meshbridge.v1.Orders/") && !name.endsWith("/ListOrders");
          assertThat(outcome.getCode())
              .as(name)
              .isNotIn(Status.Code.UNKNOWN, Status.Code.INTERNAL, Status.Code.UNIMPLEMENTED);
          assertThat(outcome.getCode() == Status.Code.PERMISSION_DENIED)
              .as(name)
              .isEqualTo(changes);
          if (changes) {
            assertThat(outcome.getDescription())
                .contains("meshbridge.api.operator-token-file", "docs/api.md");
          }
        }
      }
    }

    assertThat(desk.acts()).isEmpty();
  }

  @Test
  void pathsThatOnlyLookOtherwiseAreGuardedToo() {
    for (String path :
        List.of(
            "//api/v1/orders/pauses",
            "/api//v1/orders/pauses",
            "/x/../api/v1/orders/pauses",
            "/api/v1/orders/%70auses",
            "/api/v1/orders/pauses/",
            "/api/v1/orders/pauses;x=y")) {
      assertThat(ask("POST", path).statusCode()).as(path).isIn(400, 403, 404, 405);
    }

    assertThat(desk.acts()).isEmpty();
  }

  private static List<String> paths() {
    Map<String, Object> paths =
        given()
            .accept("application/json")
            .get("/q/openapi")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath()
            .getMap("paths");
    return paths.keySet().stream().map(path -> path.replaceAll("\\{[^}]*}", "east")).toList();
  }

  private static Response ask(String method, String path) {
    var request = given().urlEncodingEnabled(false).headers(CLAIMS);
    return (LOOKING.contains(method)
            ? request
            : request.contentType("application/json").body(ORDER))
        .request(method, path);
  }
}
