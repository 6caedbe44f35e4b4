package io.meshbridge.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import io.grpc.Status;
import io.meshbridge.oidc.TestIssuer;
import io.meshbridge.oidc.Tokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(AwayIssuer.class)
class AwayIssuerTest {
  private static final String LIST = "meshbridge.v1.Meshbridge/ListImports";

  @TestHTTPResource("/")
  URI door;

  @ConfigProperty(name = AwayIssuer.ISSUER)
  URI issuer;

  @Test
  void nobodyIsLetInByItsTokensBeforeItIsThere() throws Exception {
    var key = Tokens.key("one", AlgorithmIdentifiers.RSA_USING_SHA256);
    var claims = Tokens.claims(issuer.toString(), Instant.now());
    claims.setStringListClaim("groups", List.of("mesh-operators"));
    var token = Tokens.signed(key, claims);

    // Whoever shows nothing may look, and the bridge itself lives.
    given().get("/api/v1/imports").then().statusCode(200);
    given().get("/q/health/live").then().statusCode(200);
    given()
        .header("Authorization", "Bearer " + token)
        .get("/api/v1/imports")
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .body("detail", containsString("issuer cannot be reached"));
    try (var client = new GrpcClient(door, token)) {
      assertThat(client.call(LIST, new byte[0])).isEqualTo(Status.Code.UNAVAILABLE);
    }

    try (var here = TestIssuer.at(issuer.getPort(), Tokens.published(key))) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  given()
                      .header("Authorization", "Bearer " + token)
                      .get("/api/v1/imports")
                      .then()
                      .statusCode(200));
      try (var client = new GrpcClient(door, token)) {
        assertThat(client.call(LIST, new byte[0])).isEqualTo(Status.Code.OK);
      }
      assertThat(here.asked()).isEqualTo(1);
    }
  }
}
