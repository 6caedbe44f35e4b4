package io.meshbridge.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.status.ImportState;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ShownFederation.class)
class OpenApiTest {
  private JsonPath document;

  @BeforeEach
  void readTheDocument() {
    document = given().accept("application/json").get("/q/openapi").then().extract().jsonPath();
  }

  @Test
  void describesEveryPathAndNoOther() {
    Map<String, Object> paths = document.getMap("paths");

    assertThat(paths)
        .containsOnlyKeys(
            "/api/v1/doctor",
            "/api/v1/meshes",
            "/api/v1/meshes/{mesh}/diff",
            "/api/v1/meshes/{mesh}/imports/{origin}/{namespace}/{name}/explanation",
            "/api/v1/services",
            "/api/v1/imports",
            "/api/v1/orders",
            "/api/v1/orders/confirmations",
            "/api/v1/orders/pauses",
            "/api/v1/translate");
  }

  @Test
  void describesEveryParameterOfImports() {
    List<String> names = document.getList("paths.'/api/v1/imports'.get.parameters.name");
    List<String> texts = document.getList("paths.'/api/v1/imports'.get.parameters.description");

    assertThat(names)
        .containsExactlyInAnyOrder("mesh", "origin", "state", "namespace", "name", "limit", "page");
    assertThat(texts).hasSize(7).doesNotContainNull();
  }

  @Test
  void namesEveryStateThatAnImportCanHave() {
    List<String> documented = document.getList("components.schemas.Import.properties.state.enum");

    assertThat(documented)
        .containsAll(Arrays.stream(ImportState.values()).map(ImportState::word).toList())
        .containsExactlyInAnyOrderElementsOf(ImportFilter.STATES);
  }

  @Test
  void describesProblems() {
    assertThat(document.getString("paths.'/api/v1/imports'.get.responses.'400'.description"))
        .isNotBlank();
    assertThat(document.getMap("components.schemas.Problem.properties"))
        .containsKeys("type", "title", "status", "detail", "errors");
  }
}
