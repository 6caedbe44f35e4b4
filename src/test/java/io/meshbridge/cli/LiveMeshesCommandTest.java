package io.meshbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.meshbridge.adapter.consul.ConsulAdapter;
import io.meshbridge.adapter.files.FilesBackend;
import io.meshbridge.adapter.istio.IstioAdapter;
import io.meshbridge.adapter.linkerd.LinkerdAdapter;
import io.meshbridge.config.Adapters;
import io.meshbridge.config.BridgeConfig;
import io.meshbridge.config.ConfigFiles;
import io.meshbridge.config.ConfigLoader;
import io.meshbridge.testkit.consul.ConsulAgent;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The commands that look into meshes, against an API in memory and a real agent. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveMeshesCommandTest {
  private static final Adapters ADAPTERS =
      new Adapters(
          List.of(new IstioAdapter(), new LinkerdAdapter(), new ConsulAdapter()),
          new FilesBackend().settings());
  private static final String REVIEWS =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: reviews, namespace: shop, labels: {meshbridge.io/export: "true"}}
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
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: reviews, namespace: shop}
      spec:
        hosts: [reviews]
        http:
          - match: [{uri: {prefix: /v2}}]
            timeout: 3s
            mirror: {host: shadow}
            route: [{destination: {host: reviews}}]
          - route: [{destination: {host: reviews}}]
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: istio, namespace: istio-system}
      data:
        mesh: |
          trustDomain: east.example
          configSources: [{address: "xds://127.0.0.1:15051"}]
      """;
  private static final String STOCK =
      """
      {"Node": "people", "Address": "10.255.0.1",
       "Service": {"ID": "stock-1", "Service": "stock", "Address": "10.2.0.1", "Port": 7070,
                   "Meta": {"meshbridge-export": "true", "meshbridge-exported": "true"}},
       "Check": {"CheckID": "stock", "Name": "stock", "Status": "passing", "ServiceID": "stock-1"}}
      """;

  @TempDir private Path folder;
  private final ObjectMapper json = new ObjectMapper();
  private KubernetesTestApi east;
  private KubernetesTestApi north;
  private ConsulAgent dc1;

  @BeforeAll
  void startTheMeshes() {
    east = KubernetesTestApi.start();
    north = KubernetesTestApi.start();
    dc1 = ConsulAgent.start();
    east.namespace("shop");
    east.namespace("istio-system");
    north.namespace("shop");
    north.namespace("default");
    create(east, REVIEWS);
    dc1.api().put("/v1/catalog/register", STOCK);
  }

  @AfterAll
  void stop() {
    dc1.close();
    north.close();
    east.close();
  }

  @Test
  void whatDiffShowsIsWhatIsMissing() throws IOException {
    var before = diff("dc1");

    assertThat(before.code()).as(before.err()).isEqualTo(ExitCode.PARTLY);
    assertThat(before.out()).contains("+    \"Address\": \"10.1.0.1\"");
    assertThat(before.err()).contains("VirtualService shop/reviews: spec.http[0].mirror");

    documents(before).forEach(this::write);
    var after = diff("dc1");

    assertThat(after.out()).isEmpty();
    assertThat(after.err()).contains("unchanged.");
    assertThat(after.code()).isZero();
    clearConsul(before);
  }

  @Test
  void whatStandsInAClusterIsComparedFieldByField() throws IOException {
    for (var target : List.of(east, north)) {
      var id = target == east ? "east" : "north";
      var before = diff(id);
      assertThat(before.code()).as(before.err()).isEqualTo(ExitCode.PARTLY);

      create(target, added(before));
      var after = diff(id);

      assertThat(after.out()).isEmpty();
      assertThat(after.code()).isZero();
    }
  }

  @Test
  void nothingGoesWhileTheMeshThatItCameFromCannotBeReached() throws IOException {
    var before = diff("dc1");
    documents(before).forEach(this::write);
    var lost = configuration().replace(east.kubeconfig().toString(), "/nowhere/kubeconfig");

    var typed = run(this::diffCommand, lost, "--mesh", "dc1");

    assertThat(typed.code()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(typed.out()).isEmpty();
    assertThat(typed.err())
        .contains("mesh east cannot be read")
        .contains("what was imported from it is left as it is")
        .contains("0 to be removed")
        .contains("Some meshes cannot be reached: this is not all.");
    clearConsul(before);
  }

  @Test
  void aTargetThatCannotBeReachedIsSaidInOneLine() throws IOException {
    var lost = configuration().replace(dc1.url().toString(), "http://127.0.0.1:1");

    var typed = run(this::diffCommand, lost, "--mesh", "dc1");

    assertThat(typed.code()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(typed.err().lines()).hasSize(1);
    assertThat(typed.err())
        .startsWith("mesh dc1 cannot be read: ")
        .contains("see the settings of meshbridge.meshes.dc1");
  }

  @Test
  void explainsAServiceOfALiveMesh() throws IOException {
    var typed =
        run(
            terminal -> new ExplainCommand(ADAPTERS, new ManifestFiles(), this::load, terminal),
            configuration(),
            "east/shop/reviews",
            "--to",
            "dc1");

    assertThat(typed.code()).as(typed.err()).isZero();
    assertThat(typed.out())
        .contains("east/shop/reviews in dc1 is called reviews-east: Translated")
        .containsPattern("spec.http\\[0\\].timeout +VirtualService shop/reviews .*kept")
        .containsPattern("spec.http\\[0\\].mirror.host .*dropped");
  }

  @Test
  void looksForTrapsInLiveMeshes() throws IOException {
    var typed =
        run(
            terminal -> new DoctorCommand(ADAPTERS, new ManifestFiles(), this::load, terminal),
            configuration());

    assertThat(typed.code()).isEqualTo(ExitCode.PARTLY);
    assertThat(typed.out())
        .contains("ConfigMap istio-system/istio: data.mesh: ")
        .contains("service stock (id stock-1) on node people: Service.Meta.meshbridge-exported");
  }

  private String configuration() {
    return """
        kafka: {bootstrap: {servers: "localhost:9092"}}
        meshbridge:
          federation: bookshop
          meshes:
            east: {kind: istio, settings: {kubeconfig: "%s"}}
            north: {kind: linkerd, settings: {kubeconfig: "%s", namespace: shop}}
            dc1: {kind: consul, settings: {url: "%s"}}
        """
        .formatted(east.kubeconfig(), north.kubeconfig(), dc1.url());
  }

  private Typed diff(String mesh) throws IOException {
    return run(this::diffCommand, configuration(), "--mesh", mesh);
  }

  private DiffCommand diffCommand(Terminal terminal) {
    return new DiffCommand(ADAPTERS, new ManifestFiles(), this::load, terminal);
  }

  private Typed run(Function<Terminal, Object> command, String configuration, String... args)
      throws IOException {
    var file = Files.writeString(folder.resolve("bridge.yaml"), configuration);
    var all = new ArrayList<>(List.of("--config", file.toString()));
    all.addAll(List.of(args));
    return Typed.run(command, "", false, all.toArray(new String[0]));
  }

  private BridgeConfig load(ConfigOptions options) {
    var config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withSources(ConfigFiles.load(options.files()))
            .build();
    return new ConfigLoader(ADAPTERS.known(), "test").load(config);
  }

  /** What a diff would add, as the target's tools take it. */
  private static String added(Typed diff) {
    return String.join(
        "\n",
        diff.out()
            .lines()
            .filter(line -> line.startsWith("+"))
            .map(line -> line.startsWith("+++") ? "---" : line.substring(1))
            .toList());
  }

  private List<JsonNode> documents(Typed diff) throws IOException {
    var documents = new ArrayList<JsonNode>();
    for (String document : added(diff).split("---", -1)) {
      if (!document.isBlank()) {
        documents.add(json.readTree(document));
      }
    }
    return documents;
  }

  private void write(JsonNode document) {
    var path = document.has("Kind") ? "/v1/config" : "/v1/catalog/register";
    dc1.api().put(path, document.toString());
  }

  private void clearConsul(Typed diff) throws IOException {
    for (JsonNode document : documents(diff).reversed()) {
      if (document.has("Kind")) {
        dc1.api()
            .delete(
                "/v1/config/"
                    + document.path("Kind").asText()
                    + "/"
                    + document.path("Name").asText());
      } else {
        dc1.api()
            .put(
                "/v1/catalog/deregister", "{\"Node\": \"" + document.path("Node").asText() + "\"}");
      }
    }
  }

  private static void create(KubernetesTestApi api, String manifests) {
    api.namespace("meshbridge-imports");
    var reader = new KubernetesSerialization();
    for (String manifest : manifests.split("---\n", -1)) {
      if (!manifest.isBlank()) {
        create(api, reader.unmarshal(manifest, GenericKubernetesResource.class));
      }
    }
  }

  private static void create(KubernetesTestApi api, GenericKubernetesResource object) {
    var type = typeOf(object.getApiVersion(), object.getKind());
    api.client()
        .genericKubernetesResources(type)
        .inNamespace(object.getMetadata().getNamespace())
        .resource(object)
        .create();
  }

  private static ResourceDefinitionContext typeOf(String apiVersion, String kind) {
    int slash = apiVersion.indexOf('/');
    return new ResourceDefinitionContext.Builder()
        .withGroup(apiVersion.substring(0, Math.max(0, slash)))
        .withVersion(apiVersion.substring(slash + 1))
        .withKind(kind)
        .withPlural(kind.toLowerCase(Locale.ROOT).replaceFirst("([^aeiou])y$", "$1ie") + "s")
        .withNamespaced(true)
        .build();
  }
}
