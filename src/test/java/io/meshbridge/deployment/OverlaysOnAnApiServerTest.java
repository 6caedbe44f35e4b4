package io.meshbridge.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks a real API server, where one is given, what it would say to what we ship. */
class OverlaysOnAnApiServerTest {
  @TempDir private Path folder;
  private static KubernetesTestApi api;

  @BeforeAll
  static void startApi() {
    api = KubernetesTestApi.startWithoutCrds();
  }

  @AfterAll
  static void stopApi() {
    api.close();
  }

  @Test
  void takesEveryObjectOfAKindThatItKnowsWithoutAWarning() throws Exception {
    assumeThat(api.isReal())
        .as(KubernetesTestApi.ASSETS + " names a folder with kube-apiserver and etcd")
        .isTrue();
    List.of("istio-system", "linkerd").forEach(api::namespace);
    // Not only tried: what comes after it lives there, and is looked at by its rules for pods.
    assertThat(kubectl("apply", "-f", file(Rendered.folder("namespaces"))).whole())
        .contains("meshbridge-imports created");

    for (String overlay : Rendered.OVERLAYS) {
      var known = Rendered.overlay(overlay).stream().filter(OverlaysOnAnApiServerTest::isKnown);
      var objects = known.toList();
      var answer =
          kubectl(
              "apply",
              "--server-side",
              "--dry-run=server",
              "--validate=strict",
              "-f",
              file(objects));

      assertThat(answer.err()).as(overlay).isEmpty();
      assertThat(answer.whole().lines()).as(overlay).hasSameSizeAs(objects);
      assertThat(objects).as(overlay).hasSizeGreaterThanOrEqualTo(7);
    }
  }

  private static boolean isKnown(JsonNode object) {
    return api.client().supports(object.path("apiVersion").asText(), object.path("kind").asText());
  }

  private String file(List<JsonNode> objects) throws IOException {
    var text = objects.stream().map(JsonNode::toString).collect(Collectors.joining("\n"));
    return Files.writeString(folder.resolve("objects.yaml"), text).toString();
  }

  private static Program.Output kubectl(String... arguments)
      throws IOException, InterruptedException {
    var all = new ArrayList<>(List.of("--kubeconfig", api.kubeconfig().toString()));
    all.addAll(List.of(arguments));
    return Rendered.kubectl().run(all.toArray(String[]::new));
  }
}
