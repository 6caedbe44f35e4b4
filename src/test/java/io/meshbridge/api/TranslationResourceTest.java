package io.meshbridge.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(ShownFederation.class)
class TranslationResourceTest {
  private static final String SERVICES =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: reviews, namespace: shop}
      spec: {ports: [{name: http, port: 80, targetPort: 8080}]}
      ---
      apiVersion: discovery.k8s.io/v1
      kind: EndpointSlice
      metadata:
        name: reviews-a
        namespace: shop
        labels: {kubernetes.io/service-name: reviews}
      addressType: IPv4
      ports: [{name: http, port: 8080, protocol: TCP}]
      endpoints: [{addresses: [10.1.0.1], conditions: {ready: true}}]
      """;

  @TestHTTPResource("/api/v1/translate")
  URI endpoint;

  @Test
  void translatesDocuments() {
    post(body("istio", "linkerd", SERVICES))
        .statusCode(200)
        .contentType("application/json")
        .body("documents.format", equalTo("yaml"))
        .body("documents.count", equalTo(2))
        .body("documents.text", startsWith("apiVersion: v1\nkind: Service\n"))
        .body("documents.text", containsString("name: reviews-istio"))
        .body("services", equalTo(1))
        .body("diagnostics", empty());
  }

  @Test
  void tellsWhatIsLostAndWhere() {
    post(body("istio", "consul", SERVICES))
        .statusCode(200)
        .body("documents.format", equalTo("json"))
        .body("losses[0].file", equalTo("shop.yaml"))
        .body("losses[0].line", equalTo(3))
        .body("losses[0].path", equalTo("ports[http]"))
        .body("losses[0].outcome", equalTo("approximated"));
  }

  @Test
  void obeysTheOptions() {
    var body =
        Map.of(
            "from",
            "istio",
            "to",
            "linkerd",
            "documents",
            List.of(Map.of("text", SERVICES)),
            "options",
            Map.of("mesh", "east", "namespace", "imports", "federation", "fed"));

    post(body)
        .statusCode(200)
        .body("documents.text", containsString("name: reviews-east"))
        .body("documents.text", containsString("namespace: imports"))
        .body("documents.text", containsString("meshbridge.io/federation: fed"));
  }

  @Test
  void translatesTheRestOfWhatCannotBeRead() {
    post(body("istio", "linkerd", "kind: [\n---\n" + SERVICES))
        .statusCode(200)
        .body("services", equalTo(1))
        .body("diagnostics", hasSize(1))
        .body("diagnostics[0].severity", equalTo("error"))
        .body("diagnostics[0].file", equalTo("shop.yaml"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"text\"",
        "17",
        "{",
        "{\"from\": }",
        "{} {}",
        "\u0000",
        "{\"a\":\u0001}"
      })
  void answersWhatIsNoObjectWithAProblem(String body) {
    given()
        .contentType("application/json")
        .body(body)
        .when()
        .post("/api/v1/translate")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("status", equalTo(400))
        .body("detail", startsWith("the body is no"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"from\":17,\"to\":\"consul\",\"documents\":[{\"text\":\"a: b\"}]}; from",
        "{\"from\":\"istio\",\"to\":\"consul\"}; documents",
        "{\"from\":\"istio\",\"to\":\"consul\",\"documents\":\"a: b\"}; documents",
        "{\"from\":\"istio\",\"to\":\"consul\",\"documents\":[]}; documents",
        "{\"from\":\"istio\",\"to\":\"consul\",\"documents\":[3]}; documents[0]",
        "{\"from\":\"istio\",\"to\":\"consul\",\"documents\":[{\"name\":\"x\"}]}; documents[0].text",
        "{\"form\":\"istio\",\"to\":\"consul\",\"documents\":[{\"text\":\"\"}]}; form",
        "{\"from\":\"istio\",\"to\":\"consul\",\"documents\":[{\"text\":\"\"}],\"options\":[]}; options",
        "{\"from\":\"istio\",\"to\":\"glass\",\"documents\":[{\"text\":\"\"}]}; to",
        "{\"from\":\"istio\",\"to\":\"istio\",\"documents\":[{\"text\":\"\"}]}; 'mesh,targetMesh'"
      })
  void namesTheFieldThatIsWrong(String body, String field) {
    given()
        .contentType("application/json")
        .body(body)
        .when()
        .post("/api/v1/translate")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("errors.parameter", hasItem(field));
  }

  @Test
  void namesAllThatIsWrongAtOnce() {
    var body =
        Map.of(
            "from",
            "glass",
            "to",
            "consul",
            "documents",
            List.of(Map.of("text", "")),
            "options",
            Map.of("mesh", "E", "namespace", "No Name", "targetVersion", "new"));

    post(body)
        .statusCode(400)
        .body("errors.parameter", contains("from", "mesh", "namespace", "targetVersion"));
  }

  @Test
  void refusesABodyThatIsTooLarge() {
    post(body("istio", "consul", "#".repeat(BodyReader.MAX_BYTES)))
        .statusCode(413)
        .contentType("application/problem+json")
        .body("detail", containsString("a body must not be larger than 4194304 bytes"));
  }

  @Test
  void refusesOtherMediaTypesAndMethods() {
    given()
        .contentType("text/plain")
        .body(SERVICES)
        .when()
        .post("/api/v1/translate")
        .then()
        .statusCode(415)
        .contentType("application/problem+json");
    given()
        .when()
        .get("/api/v1/translate")
        .then()
        .statusCode(405)
        .contentType("application/problem+json");
  }

  @Test
  void survivesADeepDocument() {
    post(body("istio", "consul", "[".repeat(20_000)))
        .statusCode(200)
        .body("diagnostics[0].message", containsString("nested more than 100 levels deep"));
  }

  @Test
  void survivesADocumentThatUnfoldsWithoutEnd() {
    var bomb =
        "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
            + "c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c]\n"
            + "e: &e [*d, *d, *d, *d, *d, *d, *d]\nf: &f [*e, *e, *e, *e, *e, *e, *e]\n"
            + "g: [*f, *f, *f, *f, *f, *f, *f]\n";

    post(body("istio", "consul", bomb))
        .statusCode(200)
        .body("diagnostics[0].message", containsString("aliases expanded"));
  }

  /** Another client, since that of the other tests takes minutes to look at such a body. */
  @Test
  void survivesADeepBody() throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(endpoint)
              .header("content-type", "application/json")
              .timeout(Duration.ofSeconds(20))
              .POST(HttpRequest.BodyPublishers.ofString("[".repeat(100_000)))
              .build();

      var response = client.send(request, HttpResponse.BodyHandlers.ofString());

      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.body()).contains("the body is not JSON");
    }
  }

  private static Map<String, Object> body(String from, String to, String text) {
    return Map.of(
        "from", from, "to", to, "documents", List.of(Map.of("name", "shop.yaml", "text", text)));
  }

  private static ValidatableResponse post(Object body) {
    return given()
        .contentType("application/json")
        .body(body)
        .when()
        .post("/api/v1/translate")
        .then();
  }
}
