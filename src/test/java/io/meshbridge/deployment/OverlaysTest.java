package io.meshbridge.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshbridge.adapter.consul.ConsulAdapter;
import io.meshbridge.adapter.istio.IstioAdapter;
import io.meshbridge.adapter.linkerd.LinkerdAdapter;
import io.meshbridge.config.Adapters;
import io.meshbridge.config.BridgeConfig;
import io.meshbridge.config.ConfigFiles;
import io.meshbridge.config.ConfigLoader;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

@Execution(ExecutionMode.CONCURRENT)
class OverlaysTest {
  private static final String MOUNT = "/etc/meshbridge/config/";

  @Test
  void knowsEveryFolderThatPeopleApply() throws IOException {
    assertThat(folders())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Stream.of("base", "certificates", "kafka", "monitoring", "namespaces"),
                    Rendered.OVERLAYS.stream().map(overlay -> "overlays/" + overlay))
                .toList());
  }

  @Test
  void everyFolderBuildsAndEachOfItsObjectsHasAKindAndANameOfItsOwn() throws Exception {
    for (String folder : folders()) {
      var names = new ArrayList<String>();
      for (JsonNode object : Rendered.folder(folder)) {
        var metadata = object.path("metadata");
        assertThat(object.path("apiVersion").asText()).as(folder).isNotEmpty();
        names.add(
            "%s %s/%s"
                .formatted(
                    object.path("kind").asText(),
                    metadata.path("namespace").asText(),
                    metadata.path("name").asText()));
      }
      assertThat(names).as(folder).isNotEmpty().doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "istio, east=istio",
    "linkerd, north=linkerd",
    "consul, west=consul",
    "all-in-one, east=istio north=linkerd west=consul",
    "edge, west=consul",
    "cert-manager, east=istio"
  })
  void aBridgeTakesItsConfigurationAndServesTheMeshesOfTheOverlay(
      String overlay, String meshes, @TempDir Path folder) throws Exception {
    var config = configurationOf(Rendered.overlay(overlay), folder);

    assertThat(config.meshes())
        .extracting(mesh -> mesh.mesh().id() + "=" + mesh.mesh().kind())
        .containsExactly(meshes.split(" ", -1));
    assertThat(config.createTopics()).isFalse();
    assertThat(config.automaticMembership()).isFalse();
    assertThat(config.kafka())
        .containsEntry("security.protocol", "SSL")
        .containsEntry("bootstrap.servers", "meshbridge-kafka-bootstrap:9093");
  }

  @ParameterizedTest
  @FieldSource("io.meshbridge.deployment.Rendered#OVERLAYS")
  void everyFileThatTheConfigurationNamesIsMounted(String overlay, @TempDir Path folder)
      throws Exception {
    var objects = Rendered.overlay(overlay);
    var config = configurationOf(objects, folder);
    var named = new ArrayList<String>();
    config.kafka().values().stream()
        .map(String::valueOf)
        .filter(value -> value.startsWith("/"))
        .forEach(named::add);
    config
        .meshes()
        .forEach(
            mesh ->
                List.of("token-file", "tls.ca-file")
                    .forEach(
                        key ->
                            mesh.settings().path(key).map(Path::toString).ifPresent(named::add)));

    assertThat(named)
        .isNotEmpty()
        .allSatisfy(
            file ->
                assertThat(mountPaths(objects)).anyMatch(mount -> file.startsWith(mount + "/")));
  }

  @ParameterizedTest
  @FieldSource("io.meshbridge.deployment.Rendered#OVERLAYS")
  void aPodMayDoNoMoreThanItMust(String overlay) throws Exception {
    var objects = Rendered.overlay(overlay);
    var pod = Rendered.pod(objects);
    var security = Rendered.container(objects).path("securityContext");

    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
    assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(Rendered.texts(security.at("/capabilities/drop"))).containsExactly("ALL");
    assertThat(mountPaths(objects)).contains("/tmp");
    assertThat(pod.path("enableServiceLinks").asBoolean(true)).isFalse();
    assertThat(pod.path("automountServiceAccountToken").asBoolean())
        .as("a token of the ServiceAccount, where a role is bound to it")
        .isEqualTo(!Rendered.ofKind(objects, "ClusterRoleBinding").isEmpty());
    assertThat(Rendered.one(objects, "Deployment").at("/spec/replicas").asInt()).isEqualTo(2);
    assertThat(Rendered.one(objects, "PodDisruptionBudget").at("/spec/maxUnavailable").asInt())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @FieldSource("io.meshbridge.deployment.Rendered#OVERLAYS")
  void probesAskWhatTheApplicationServes(String overlay) throws Exception {
    var served = new Properties();
    try (var text =
        Files.newBufferedReader(Path.of("main", "resources", "application.properties"))) {
      served.load(text);
    }
    var root = "/q/" + served.getProperty("quarkus.smallrye-health.root-path") + "/";
    var live = root + served.getProperty("quarkus.smallrye-health.liveness-path");
    var ready = root + served.getProperty("quarkus.smallrye-health.readiness-path");
    var container = Rendered.container(Rendered.overlay(overlay));

    assertThat(container.at("/startupProbe/httpGet/path").asText()).isEqualTo(live);
    assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo(live);
    assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo(ready);
    assertThat(container.at("/ports/0/containerPort").asText())
        .isEqualTo(served.getProperty("quarkus.http.port"));
  }

  @ParameterizedTest
  @FieldSource("io.meshbridge.deployment.Rendered#OVERLAYS")
  void everySelectorChoosesTheBridgeAlone(String overlay) throws Exception {
    var objects = Rendered.overlay(overlay);
    var labels = Rendered.one(objects, "Deployment").at("/spec/template/metadata/labels");
    var selectors = new ArrayList<JsonNode>();
    selectors.add(Rendered.one(objects, "Deployment").at("/spec/selector/matchLabels"));
    selectors.add(Rendered.one(objects, "PodDisruptionBudget").at("/spec/selector/matchLabels"));
    selectors.add(Rendered.one(objects, "Service").at("/spec/selector"));
    Rendered.ofKind(objects, "NetworkPolicy")
        .forEach(policy -> selectors.add(policy.at("/spec/podSelector/matchLabels")));
    Rendered.pod(objects)
        .path("topologySpreadConstraints")
        .forEach(constraint -> selectors.add(constraint.at("/labelSelector/matchLabels")));

    assertThat(selectors)
        .hasSizeGreaterThan(5)
        .allSatisfy(
            selector -> {
              assertThat(selector.has("app.kubernetes.io/instance")).isTrue();
              selector
                  .properties()
                  .forEach(
                      label -> assertThat(labels.path(label.getKey())).isEqualTo(label.getValue()));
            });
  }

  private static BridgeConfig configurationOf(List<JsonNode> objects, Path folder)
      throws IOException {
    var data = Rendered.one(objects, "ConfigMap").path("data");
    var files = new ArrayList<Path>();
    for (String argument : Rendered.texts(Rendered.container(objects).path("args"))) {
      if (argument.startsWith("--config=")) {
        var name = argument.substring(("--config=" + MOUNT).length());
        files.add(Files.writeString(folder.resolve(name), data.path(name).asText()));
      }
    }
    assertThat(data).hasSameSizeAs(files);
    var config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withSources(ConfigFiles.load(files))
            .build();
    var adapters =
        new Adapters(
            List.of(new IstioAdapter(), new LinkerdAdapter(), new ConsulAdapter()), List.of());
    return new ConfigLoader(adapters.known(), "test").load(config);
  }

  private static List<String> mountPaths(List<JsonNode> objects) {
    var paths = new ArrayList<String>();
    Rendered.container(objects)
        .path("volumeMounts")
        .forEach(mount -> paths.add(mount.path("mountPath").asText()));
    return paths;
  }

  /** All that hold a Kustomization, and no Component, which is only part of one. */
  private static Set<String> folders() throws IOException {
    var folders = new TreeSet<String>();
    try (var files = Files.walk(Rendered.K8S)) {
      for (Path file : files.filter(path -> path.endsWith("kustomization.yaml")).toList()) {
        if (Files.readString(file).contains("\nkind: Kustomization\n")) {
          folders.add(Rendered.K8S.relativize(file.getParent()).toString());
        }
      }
    }
    return folders;
  }
}
