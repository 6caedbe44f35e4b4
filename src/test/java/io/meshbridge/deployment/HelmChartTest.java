package io.meshbridge.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The chart makes the objects of the overlays. What both write down is compared always; what the
 * chart renders only where there is a {@code helm}: on the path, or named by the environment
 * variable {@code HELM}.
 */
class HelmChartTest {
  private static final Path HELM = Rendered.K8S.resolve("helm");
  private static final Path CHART = HELM.resolve("meshbridge");
  private static final YAMLMapper YAML = new YAMLMapper();

  @ParameterizedTest
  @CsvSource({
    "istio, east",
    "linkerd, north",
    "consul, west",
    "all-in-one, all",
    "edge, edge",
    "cert-manager, east"
  })
  void rendersTheObjectsOfTheOverlay(String overlay, String release) throws Exception {
    assertThat(ComparableObjects.byName(rendered(release, overlay)))
        .isEqualTo(ComparableObjects.byName(Rendered.overlay(overlay)));
  }

  @ParameterizedTest
  @CsvSource({
    "istio, east, service-exports, serviceExports=true",
    "istio, east, tell-owners, tellOwners=true",
    "linkerd, north, linkerd-home-namespaces, linkerd.homeNamespaces=true"
  })
  void aSwitchAddsTheObjectsOfItsComponent(
      String overlay, String release, String component, String on, @TempDir Path copy)
      throws Exception {
    var objects = rendered(release, overlay, "--set", on);

    copyTo(copy);
    var folder = copy.resolve("overlays").resolve(overlay);
    var kustomization = folder.resolve("kustomization.yaml");
    Files.writeString(
        kustomization,
        Files.readString(kustomization)
            .replace("components:\n", "components:\n  - ../../components/" + component + "\n"));
    assertThat(ComparableObjects.byName(objects))
        .isEqualTo(ComparableObjects.byName(Rendered.objects(Rendered.kustomized(folder))))
        .isNotEqualTo(ComparableObjects.byName(Rendered.overlay(overlay)));
  }

  @ParameterizedTest
  @FieldSource("io.meshbridge.deployment.Rendered#OVERLAYS")
  void givesTheBridgeTheMeshesOfTheOverlay(String overlay) throws IOException {
    var values = read(HELM.resolve("values").resolve(overlay + ".yaml"));
    var folder = overlay.equals("cert-manager") ? "istio" : overlay;
    var meshes = read(Rendered.K8S.resolve("overlays").resolve(folder).resolve("meshes.yaml"));

    assertThat(values.path("meshes")).isEqualTo(meshes.at("/meshbridge/meshes"));
  }

  @Test
  void givesTheBridgeTheConfigurationOfTheBase() throws IOException {
    assertThat(read(CHART.resolve("values.yaml")).path("bridge"))
        .isEqualTo(read(Rendered.K8S.resolve("base/bridge.yaml")));
  }

  @Test
  void hasItsRightsFromTheComponents() throws IOException {
    var shared =
        Map.of(
            "istio-rbac.yaml", "istio/rbac.yaml",
            "istio-bindings.yaml", "istio/bindings.yaml",
            "linkerd-rbac.yaml", "linkerd/rbac.yaml",
            "linkerd-bindings.yaml", "linkerd/bindings.yaml",
            "linkerd-home-namespaces-rbac.yaml", "linkerd-home-namespaces/rbac.yaml",
            "service-exports-rbac.yaml", "service-exports/rbac.yaml",
            "tell-owners-rbac.yaml", "tell-owners/rbac.yaml",
            "certificates.yaml", "certificates/certificates.yaml");

    var files = new TreeMap<String, Path>();
    try (var found = Files.list(CHART.resolve("files"))) {
      found.forEach(file -> files.put(file.getFileName().toString(), file));
    }
    assertThat(files.keySet()).isEqualTo(new TreeMap<>(shared).keySet());
    for (var file : files.entrySet()) {
      var component = Rendered.K8S.resolve("components").resolve(shared.get(file.getKey()));
      assertThat(Files.readString(file.getValue()))
          .as(file.getKey())
          .isEqualTo(Files.readString(component));
    }
  }

  @Test
  void isForTheImageOfTheBase() throws Exception {
    var image = Rendered.container(Rendered.folder("base")).path("image").asText();
    var chart = read(CHART.resolve("Chart.yaml"));

    assertThat(read(CHART.resolve("values.yaml")).at("/image/repository").asText())
        .isEqualTo(image.split(":", 2)[0]);
    assertThat(chart.path("appVersion").asText()).isEqualTo(image.split(":", 2)[1]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "replica=3",
        "replicas=many",
        "native=perhaps",
        "istio.importNamespaces=shop",
        "secrets.kafka=mine",
        "meshes.East.kind=istio",
        "meshes.north.backend=file"
      })
  void refusesValuesThatAreMisspelt(String value) throws Exception {
    var refused = template("east", "istio", "--set", value);

    assertThat(refused.code()).isNotZero();
    assertThat(refused.err()).contains("values don't meet the specifications of the schema");
  }

  @Test
  void describesEveryValueThatItHas() throws IOException {
    var schema = new ObjectMapper().readTree(CHART.resolve("values.schema.json").toFile());

    assertThat(undescribed("", read(CHART.resolve("values.yaml")), schema)).isEmpty();
  }

  /** The values of which a schema says nothing; what it leaves to others it describes. */
  private static List<String> undescribed(String path, JsonNode values, JsonNode schema) {
    if (!schema.has("properties")) {
      return schema.path("type").isMissingNode() ? List.of(path) : List.of();
    }
    var undescribed = new ArrayList<String>();
    for (var value : values.properties()) {
      var described = schema.path("properties").path(value.getKey());
      undescribed.addAll(undescribed(path + "." + value.getKey(), value.getValue(), described));
    }
    return undescribed;
  }

  /** What the chart makes of an overlay's values; without a helm, the test is skipped. */
  private static List<JsonNode> rendered(String release, String overlay, String... more)
      throws Exception {
    return Rendered.objects(template(release, overlay, more).whole());
  }

  private static Program.Output template(String release, String overlay, String... more)
      throws Exception {
    var helm = helm();
    assumeThat(helm).as("helm is on the PATH or named by HELM, to render the chart").isPresent();
    var arguments = new ArrayList<String>();
    Collections.addAll(arguments, "template", release, CHART.toString());
    Collections.addAll(arguments, "--namespace", "meshbridge");
    Collections.addAll(
        arguments, "--values", HELM.resolve("values").resolve(overlay + ".yaml").toString());
    Collections.addAll(arguments, more);
    return helm.orElseThrow().run(arguments.toArray(String[]::new));
  }

  private static void copyTo(Path copy) throws IOException {
    try (var all = Files.walk(Rendered.K8S)) {
      for (Path one : all.skip(1).toList()) {
        Files.copy(one, copy.resolve(Rendered.K8S.relativize(one).toString()));
      }
    }
  }

  private static Optional<Program> helm() {
    return Optional.ofNullable(System.getenv("HELM"))
        .filter(named -> !named.isBlank())
        .map(named -> new Program(List.of(named)))
        .or(() -> Program.onPath("helm"));
  }

  private static ObjectNode read(Path file) throws IOException {
    JsonNode tree = YAML.readTree(file.toFile());
    return (ObjectNode) tree;
  }
}
