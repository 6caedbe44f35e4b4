package io.meshbridge.it.nativegap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RegistrationFilesTest {
  @Test
  void membersAreRegisteredAllOrByTheirNames() throws Exception {
    var registered =
        read(
            "reflect-config.json",
            """
            [{"name": "a.All", "allDeclaredMethods": true, "allDeclaredFields": false},
             {"name": "a.Some", "methods": [{"name": "run", "parameterTypes": ["int", "a.B"]}],
              "queriedMethods": [{"name": "look", "parameterTypes": []}],
              "fields": [{"name": "count"}]},
             {"name": "a.Some", "allPublicConstructors": true}]
            """);

    assertFound(registered, "use method", "a.All", "any()");
    assertMissing(registered, "use field", "a.All", "any");
    assertFound(registered, "class", "a.Some", "");
    assertMissing(registered, "class", "a.Other", "");
    assertFound(registered, "use method", "a.Some", "run(int,a.B)");
    assertMissing(registered, "use method", "a.Some", "run()");
    assertFound(registered, "lookup method", "a.Some", "look()");
    assertMissing(registered, "use method", "a.Some", "look()");
    assertFound(registered, "use field", "a.Some", "count");
    assertFound(registered, "use constructor", "a.Some", "<init>(int)");
    assertMissing(registered, "declared constructors", "a.Some", "");
    assertFound(registered, "record components", "a.All", "");
  }

  @Test
  void aProxyIsFoundByItsInterfacesInTheirOrder() throws Exception {
    for (String form : List.of("[[\"a.A\", \"a.B\"]]", "[{\"interfaces\": [\"a.A\", \"a.B\"]}]")) {
      var registered = read("proxy-config.json", form);

      assertFound(registered, "proxy", "a.A,a.B", "");
      assertMissing(registered, "proxy", "a.B,a.A", "");
    }
  }

  @Test
  void resourcesServicesAndBundlesAreFoundByPattern() throws Exception {
    var registered =
        read(
            "resource-config.json",
            """
            {"resources": {"includes": [{"pattern": "\\\\Qschemas/a.json\\\\E"},
                                        {"pattern": "java.base:META-INF/services/.*"}]},
             "bundles": [{"name": "java.base:a.Words"}]}
            """);

    assertFound(registered, "resource", "schemas/a.json", "");
    assertMissing(registered, "resource", "schemas/b.json", "");
    assertFound(registered, "service", "a.Service", "");
    assertFound(registered, "bundle", "a.Words", "");
  }

  @Test
  void theFormOfAllInOneIsReadToo() throws Exception {
    var registered =
        read(
            "reachability-metadata.json",
            """
            {"reflection": [{"type": "a.A", "allDeclaredFields": true},
                            {"type": {"proxy": ["a.B"]}}],
             "resources": [{"glob": "schemas/*.json"}, {"glob": "words/**"}],
             "serialization": [{"type": "a.C"}]}
            """);

    assertFound(registered, "use field", "a.A", "any");
    assertFound(registered, "proxy", "a.B", "");
    assertFound(registered, "resource", "schemas/a.json", "");
    assertMissing(registered, "resource", "schemas/deep/a.json", "");
    assertFound(registered, "resource", "words/deep/a.txt", "");
    assertFound(registered, "serialization", "a.C", "");
  }

  @Test
  void aFormThatNobodyKnowsIsNotPassedOver() {
    assertThatThrownBy(() -> read("other-config.json", "{}"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("other-config.json");
  }

  private static Registered read(String name, String json) throws IOException {
    return RegistrationFiles.read(name, json.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertFound(Registered registered, String kind, String name, String part) {
    assertThat(registered.covers(access(kind, name, part))).as(kind + " " + part).isTrue();
  }

  private static void assertMissing(Registered registered, String kind, String name, String part) {
    assertThat(registered.covers(access(kind, name, part))).as(kind + " " + part).isFalse();
  }

  private static Access access(String kind, String subject, String part) {
    return new Access(kind, subject, part, true, false, "a.Caller", "run()V", false, List.of());
  }
}
