package io.meshbridge.api;

import static io.meshbridge.api.Statuses.imported;
import static io.meshbridge.api.Statuses.key;
import static io.meshbridge.api.Statuses.mesh;
import static io.meshbridge.api.Statuses.service;
import static io.meshbridge.api.Statuses.withLoss;
import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.meshbridge.status.ImportState;
import io.meshbridge.status.ImportStatus;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(ShownFederation.class)
class FederationResourceTest {
  @Inject FakeFederation federation;

  @BeforeEach
  void forget() {
    federation.clear();
  }

  @Test
  void tellsWhatBecameOfAnImport() {
    federation.imports(
        List.of(withLoss(imported("west", key("east", "shop", "web"), ImportState.CONFLICT))));

    when()
        .get("/api/v1/imports")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("next", nullValue())
        .body("items", hasSize(1))
        .body("items[0].service.mesh", equalTo("east"))
        .body("items[0].service.namespace", equalTo("shop"))
        .body("items[0].service.name", equalTo("web"))
        .body("items[0].target", equalTo("west"))
        .body("items[0].name", equalTo("web-east"))
        .body("items[0].state", equalTo("Conflict"))
        .body("items[0].since", equalTo("2026-01-02T12:00:00Z"))
        .body("items[0].latencyMs", equalTo(42))
        .body("items[0].reason", equalTo("taken"))
        .body("items[0].losses[0].file", equalTo("Service shop/web"))
        .body("items[0].losses[0].line", equalTo(3))
        .body("items[0].losses[0].path", equalTo("spec.ports[0].protocol"))
        .body("items[0].losses[0].outcome", equalTo("dropped"))
        .body("items[0].losses[0].reason", equalTo("no such protocol there"))
        .body("items[0].losses[0].advice", equalTo("use TCP"));
  }

  @ParameterizedTest
  @CsvSource({
    "mesh=west, 2",
    "origin=east, 2",
    "state=Applied, 2",
    "namespace=shop, 2",
    "name=web, 2",
    "mesh=west&state=Applied&name=web, 1",
    "state=Held, 0"
  })
  void filtersImports(String query, int expected) {
    federation.imports(
        List.of(
            imported("north", key("east", "shop", "api"), ImportState.APPLIED),
            imported("west", key("east", "shop", "web"), ImportState.APPLIED),
            imported("west", key("south", "farm", "web"), ImportState.STALE)));

    when().get("/api/v1/imports?" + query).then().statusCode(200).body("items", hasSize(expected));
  }

  @Test
  void pagesThroughAllImportsWithoutGapOrDoubleWhileTheyChange() {
    var all = new ArrayList<ImportStatus>();
    IntStream.range(0, 25)
        .mapToObj(i -> key("east", "shop", "s%02d".formatted(i)))
        .forEach(key -> all.add(imported("west", key, ImportState.APPLIED)));
    federation.imports(all);
    var seen = new ArrayList<String>();

    var page = get("/api/v1/imports?limit=10");
    seen.addAll(page.getList("items.service.name", String.class));
    // What the page ended with goes away, and something appears before it.
    all.remove(9);
    all.addFirst(imported("west", key("east", "aaa", "new"), ImportState.PENDING));
    federation.imports(all);
    while (page.getString("next") != null) {
      page = get("/api/v1/imports?limit=10&page=" + page.getString("next"));
      seen.addAll(page.getList("items.service.name", String.class));
    }

    assertThat(seen).hasSize(25).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(seen)).containsExactlyElementsOf(seen);
  }

  @Test
  void tellsNoNextPageAfterOneThatIsJustFull() {
    federation.imports(List.of(imported("west", key("east", "shop", "web"), ImportState.APPLIED)));

    when()
        .get("/api/v1/imports?limit=1")
        .then()
        .body("next", nullValue())
        .body("items", hasSize(1));
  }

  @ParameterizedTest
  @CsvSource({
    "imports?limit=0, limit, 0",
    "imports?limit=1001, limit, 1001",
    "imports?limit=many, limit, many",
    "imports?state=applied, state, applied",
    "imports?mesh=No_Mesh, mesh, No_Mesh",
    "imports?page=bm9uZQ, page, bm9uZQ",
    "imports?page=%25%25, page, %%",
    "imports?orgin=east, orgin, east",
    "services?state=Applied, state, Applied",
    "services?limit=-1, limit, -1",
    "meshes?limit=1, limit, 1"
  })
  void namesTheParameterThatIsWrong(String path, String parameter, String value) {
    given()
        .urlEncodingEnabled(false)
        .when()
        .get("/api/v1/" + path)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("status", equalTo(400))
        .body("title", equalTo("Bad Request"))
        .body("errors", hasSize(1))
        .body("errors[0].parameter", equalTo(parameter))
        .body("errors[0].value", equalTo(value))
        .body("detail", containsString(parameter));
  }

  @Test
  void namesAllParametersThatAreWrong() {
    when()
        .get("/api/v1/imports?limit=0&state=x&colour=red")
        .then()
        .statusCode(400)
        .body("errors.parameter", contains("colour", "state", "limit"));
  }

  @Test
  void refusesThePageOfAnotherList() {
    federation.services(
        List.of(service(key("east", "shop", "api")), service(key("east", "shop", "web"))));
    var next = get("/api/v1/services?limit=1").getString("next");

    when().get("/api/v1/imports?page=" + next).then().statusCode(400);
  }

  @Test
  void tellsServicesAndPagesThroughThem() {
    federation.services(
        List.of(
            service(key("east", "shop", "api")),
            service(key("east", "shop", "web")),
            service(key("west", "shop", "web"))));

    var first = get("/api/v1/services?mesh=east&limit=1");
    var second = get("/api/v1/services?mesh=east&limit=1&page=" + first.getString("next"));

    assertThat(first.getString("items[0].service.name")).isEqualTo("api");
    assertThat(first.getString("items[0].ports[0].protocol")).isEqualTo("http");
    assertThat(first.getString("items[0].reachability")).isEqualTo("plain");
    assertThat(first.getInt("items[0].endpoints")).isEqualTo(3);
    assertThat(first.getInt("items[0].takingTraffic")).isEqualTo(2);
    assertThat(second.getString("items[0].service.name")).isEqualTo("web");
    assertThat(second.getString("next")).isNull();
  }

  @Test
  void tellsMeshes() {
    federation.meshes(List.of(mesh("east")));

    when()
        .get("/api/v1/meshes")
        .then()
        .statusCode(200)
        .body("items[0].id", equalTo("east"))
        .body("items[0].role", equalTo("leader"))
        .body("items[0].source", equalTo("live"))
        .body("items[0].heartbeatAgeMs", equalTo(2000))
        .body("items[0].imports.Applied", equalTo(3));
  }

  @Test
  void answersUnknownPathsWithAProblem() {
    when()
        .get("/api/v1/import")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("detail", containsString("api/v1/import"));
    when().get("/api/v2/imports").then().statusCode(404).contentType("application/problem+json");
    when().get("/api").then().statusCode(404).contentType("application/problem+json");
  }

  @Test
  void refusesToBeWrittenTo() {
    given()
        .body("{}")
        .contentType("application/json")
        .when()
        .post("/api/v1/imports")
        .then()
        .statusCode(405)
        .contentType("application/problem+json");
  }

  @Test
  void isLiveAtOnceAndReadyWhenTheLogWasRead() {
    when().get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
    when().get("/q/health/ready").then().statusCode(503).body("status", equalTo("DOWN"));

    federation.caughtUp(true);

    when()
        .get("/q/health/ready")
        .then()
        .statusCode(200)
        .body("checks.name", contains("log-caught-up"));
  }

  @Test
  void showsMetrics() {
    when().get("/q/metrics").then().statusCode(200).body(containsString("jvm_"));
  }

  @Test
  void answersAnEmptyFederationWithEmptyLists() {
    when().get("/api/v1/imports").then().statusCode(200).body("items", empty());
  }

  private static JsonPath get(String path) {
    return when().get(path).then().statusCode(200).extract().jsonPath();
  }
}
