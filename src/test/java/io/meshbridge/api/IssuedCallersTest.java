package io.meshbridge.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.grpc.Status;
import io.meshbridge.config.Adapters;
import io.meshbridge.grpc.v1.PauseRequest;
import io.meshbridge.oidc.Tokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Callers with access tokens of an issuer, by both interfaces. */
@QuarkusTest
@TestProfile(KnownCallers.class)
class IssuedCallersTest {
  private static final String PAUSE = "{\"target\":\"west\",\"why\":\"the sale\"}";
  private static final String PAUSES = "/api/v1/orders/pauses";
  private static final String LIST = "meshbridge.v1.Meshbridge/ListImports";

  @TestHTTPResource("/")
  URI door;

  @Inject FakeDesk desk;
  @Inject FakeConfiguration configuration;
  @Inject Adapters adapters;
  @TempDir private Path folder;

  @BeforeEach
  void aBridgeThatGivesOrders() {
    desk.clear();
    configuration.set(Optional.of(Configured.in(folder, adapters)));
  }

  @ParameterizedTest
  @CsvSource({
    // group, may look, may give orders
    "mesh-operators, 200, OK, 200, OK",
    "mesh-viewers, 200, OK, 403, PERMISSION_DENIED",
    "mesh-operators-not, 403, PERMISSION_DENIED, 403, PERMISSION_DENIED",
    "operator, 403, PERMISSION_DENIED, 403, PERMISSION_DENIED"
  })
  void mayDoWhatTheirGroupsMay(
      String group, int looks, Status.Code looksByGrpc, int orders, Status.Code ordersByGrpc)
      throws Exception {
    var token = token(group, claims -> {});
    var pause = PauseRequest.newBuilder().setTarget("west").setWhy("by gRPC").build();

    as(token).get("/api/v1/imports").then().statusCode(looks);
    as(token).contentType("application/json").body(PAUSE).post(PAUSES).then().statusCode(orders);
    try (var client = new GrpcClient(door, token)) {
      assertThat(client.call(LIST, new byte[0])).isEqualTo(looksByGrpc);
      assertThat(client.call("meshbridge.v1.Meshbridge/Watch", new byte[0])).isEqualTo(looksByGrpc);
      assertThat(client.call("meshbridge.v1.Orders/Pause", pause.toByteArray()))
          .isEqualTo(ordersByGrpc);
    }

    assertThat(desk.acts())
        .isEqualTo(
            orders == 200
                ? List.of("give oidc:anna the sale", "give oidc:anna by gRPC")
                : List.of());
  }

  @Test
  void areToldWhichRoleTheyLack() throws Exception {
    as(token("others", claims -> {}))
        .get("/api/v1/imports")
        .then()
        .statusCode(403)
        .body("detail", equalTo("this needs the role viewer, and 'oidc:anna' has none"));
  }

  @Test
  void haveRolesByClaimsInClaimsToo() throws Exception {
    var token =
        token(
            "others",
            claims -> claims.setClaim("realm_access", Map.of("roles", List.of("mesh-viewers"))));

    as(token).get("/api/v1/imports").then().statusCode(200);
  }

  @Test
  void cannotPassForSomebodyElse() throws Exception {
    var token = token("mesh-operators", claims -> claims.setSubject("operator (token)"));

    as(token)
        .contentType("application/json")
        .body(PAUSE)
        .post(PAUSES)
        .then()
        .statusCode(200)
        .body("by", equalTo("oidc:operator (token)"));
  }

  @Test
  void areRefusedWithATokenThatDoesNotCountAndNotToldWhy() throws Exception {
    var right = token("mesh-operators", claims -> {});
    var expired =
        token(
            "mesh-operators",
            claims -> claims.setExpirationTime(NumericDate.fromSeconds(1_000_000)));
    for (String wrong :
        List.of(
            expired,
            token("mesh-operators", claims -> claims.setAudience("other")),
            token("mesh-operators", claims -> claims.setIssuer("https://other.example")),
            right.substring(0, right.lastIndexOf('.') + 1),
            Tokens.parts(
                Map.of("alg", "none"), KnownCallers.claims("mesh-operators").toJson(), new byte[0]),
            "x.y.z",
            "x")) {
      var detail =
          as(wrong)
              .contentType("application/json")
              .body(PAUSE)
              .post(PAUSES)
              .then()
              .statusCode(401)
              .header("WWW-Authenticate", "Bearer error=\"invalid_token\"")
              .contentType("application/problem+json")
              .extract()
              .jsonPath()
              .getString("detail");
      assertThat(detail).isEqualTo(IssuedTokens.WRONG.detail());
      try (var client = new GrpcClient(door, wrong)) {
        var outcome = client.outcome(LIST, new byte[0]);
        assertThat(outcome.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(outcome.getDescription()).isEqualTo(IssuedTokens.WRONG.detail());
      }
      // Probes may show whatever they like.
      as(wrong).get("/q/health/live").then().statusCode(200);
    }

    assertThat(desk.acts()).isEmpty();
  }

  @Test
  void areRefusedWithATokenBeyondAllMeasure() throws Exception {
    var large = token("mesh-operators", claims -> claims.setStringClaim("x", "y".repeat(17_000)));
    assertThat(large.length()).isGreaterThan(20_000);

    as(large).get("/api/v1/imports").then().statusCode(431);

    var long16K = token("mesh-operators", c -> c.setStringClaim("x", "y".repeat(12_500)));
    as(long16K).get("/api/v1/imports").then().statusCode(401);
  }

  private static RequestSpecification as(String token) {
    return given().header("Authorization", "Bearer " + token);
  }

  private static String token(String group, Consumer<JwtClaims> change) throws Exception {
    var claims = KnownCallers.claims(group);
    change.accept(claims);
    return Tokens.signed(KnownCallers.issuerKey(), claims);
  }
}
