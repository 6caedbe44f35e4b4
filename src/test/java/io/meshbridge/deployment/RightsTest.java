package io.meshbridge.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What bridges may do in Kubernetes is little, and the page on installing says why each of it. */
class RightsTest {
  private static final Path PAGE = Path.of("..", "docs", "install.md");
  private static final Set<String> WRITING = Set.of("create", "patch", "delete");

  @ParameterizedTest
  @ValueSource(strings = {"istio", "linkerd"})
  void areExplainedOneByOne(String kind) throws IOException {
    var rights = new ArrayList<String>();
    for (JsonNode role : roles(kind)) {
      for (JsonNode rule : role.path("rules")) {
        rights.add("| %s | %s |".formatted(resources(rule), verbs(rule)));
      }
    }

    assertThat(rowsOf(kind)).containsExactlyElementsOf(rights);
  }

  @Test
  void toTellOwnersAreTwoAndAreExplained() throws IOException {
    var objects = Rendered.componentRights("tell-owners");
    var role = Rendered.one(objects, "ClusterRole");
    var rights = new ArrayList<String>();
    for (JsonNode rule : role.path("rules")) {
      rights.add("| %s | %s |".formatted(resources(rule), verbs(rule)));
    }

    assertThat(rights)
        .containsExactly(
            "| serviceexports/status of multicluster.x-k8s.io | patch |",
            "| events of events.k8s.io | create |");
    assertThat(rowsOf("tell-owners")).isEqualTo(rights);
    assertThat(Rendered.one(objects, "ClusterRoleBinding").at("/roleRef/name"))
        .isEqualTo(role.at("/metadata/name"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"istio", "linkerd"})
  void areForNothingThatIsSecretAndForNothingByAWildcard(String kind) throws IOException {
    for (JsonNode role : roles(kind)) {
      for (JsonNode rule : role.path("rules")) {
        assertThat(rule.toString()).doesNotContain("*");
        assertThat(Rendered.texts(rule.path("resources")))
            .isNotEmpty()
            .doesNotContain("secrets", "serviceaccounts", "roles", "clusterroles");
        assertThat(Rendered.texts(rule.path("verbs")))
            .isSubsetOf("get", "list", "watch", "create", "patch", "delete");
      }
    }
  }

  @Test
  void letNoBridgeWriteOutsideTheNamespaceOfImports() throws Exception {
    for (String overlay : Rendered.OVERLAYS) {
      var objects = Rendered.overlay(overlay);
      var bindings = new ArrayList<>(Rendered.ofKind(objects, "ClusterRoleBinding"));
      bindings.addAll(Rendered.ofKind(objects, "RoleBinding"));
      var account = Rendered.one(objects, "ServiceAccount").at("/metadata/name").asText();
      for (JsonNode binding : bindings) {
        var role = roleOf(objects, binding);
        boolean writes =
            role.path("rules").findValues("verbs").stream()
                .anyMatch(verbs -> Rendered.texts(verbs).stream().anyMatch(WRITING::contains));

        assertThat(writes)
            .as("%s: %s", overlay, binding.at("/metadata/name").asText())
            .isEqualTo(binding.at("/metadata/namespace").asText().equals("meshbridge-imports"));
        assertThat(binding.at("/subjects/0/name").asText()).isEqualTo(account);
        assertThat(binding.at("/subjects/0/namespace").asText()).isEqualTo("meshbridge");
        assertThat(binding.path("subjects")).hasSize(1);
      }
    }
  }

  private static JsonNode roleOf(List<JsonNode> objects, JsonNode binding) {
    var role = binding.path("roleRef");
    return Rendered.ofKind(objects, role.path("kind").asText()).stream()
        .filter(candidate -> candidate.at("/metadata/name").equals(role.path("name")))
        .filter(
            candidate ->
                role.path("kind").asText().equals("ClusterRole")
                    || candidate
                        .at("/metadata/namespace")
                        .equals(binding.at("/metadata/namespace")))
        .findFirst()
        .orElseThrow();
  }

  private static List<JsonNode> roles(String kind) throws IOException {
    var roles = Rendered.componentRights(kind);
    assertThat(roles).hasSize(3);
    return roles;
  }

  /** The rows of the table below the headline that names the kind, without their reasons. */
  private static List<String> rowsOf(String kind) throws IOException {
    var page = Files.readString(PAGE);
    var begin = page.indexOf("### Rights in Kubernetes: " + kind + "\n");
    assertThat(begin).isPositive();
    var end = page.indexOf("\n#", begin + 1);
    return page.substring(begin, end < 0 ? page.length() : end)
        .lines()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| resources "))
        .map(line -> line.substring(0, line.lastIndexOf(" | ") + 2))
        .toList();
  }

  private static String resources(JsonNode rule) {
    var group = rule.at("/apiGroups/0").asText();
    var names = String.join(", ", Rendered.texts(rule.path("resources")));
    var only = String.join(", ", Rendered.texts(rule.path("resourceNames")));
    return names + (group.isEmpty() ? "" : " of " + group) + (only.isEmpty() ? "" : ": " + only);
  }

  private static String verbs(JsonNode rule) {
    return String.join(", ", Rendered.texts(rule.path("verbs")));
  }
}
