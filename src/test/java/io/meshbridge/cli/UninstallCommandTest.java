package io.meshbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.meshbridge.adapter.consul.ConsulAdapter;
import io.meshbridge.adapter.files.FilesBackend;
import io.meshbridge.adapter.istio.IstioAdapter;
import io.meshbridge.config.Adapters;
import io.meshbridge.config.BridgeConfig;
import io.meshbridge.config.ConfigFiles;
import io.meshbridge.config.ConfigLoader;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import io.meshbridge.orders.Order;
import io.meshbridge.orders.SignedOrder;
import io.meshbridge.spi.ApplyOutcome;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.WritePermit;
import io.meshbridge.testkit.Samples;
import io.meshbridge.testkit.consul.ConsulAgent;
import io.meshbridge.testkit.kubernetes.KubernetesTestApi;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Against a real agent, an API in memory and a folder: what stood there before stands after. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UninstallCommandTest {
  private static final Adapters ADAPTERS =
      new Adapters(List.of(new IstioAdapter(), new ConsulAdapter()), new FilesBackend().settings());
  private static final MeshId FAR = new MeshId("far");

  @TempDir private Path folder;
  private final List<SignedOrder> standing = new ArrayList<>();
  private final List<String> acts = new ArrayList<>();
  private ConsulAgent agent;
  private KubernetesTestApi cluster;

  @BeforeAll
  void startTheMeshes() {
    agent = ConsulAgent.start();
    cluster = KubernetesTestApi.startInMemory();
    agent
        .api()
        .put(
            "/v1/catalog/register",
            "{\"Node\":\"people\",\"Address\":\"10.9.9.9\",\"Service\":{\"ID\":\"web-1\","
                + "\"Service\":\"web\",\"Port\":8080}}");
  }

  @BeforeEach
  void fillTheFolder() throws IOException {
    Files.createDirectories(folder.resolve("mesh"));
    Files.writeString(folder.resolve("mesh/web.yaml"), "kind: Service\n");
  }

  @AfterAll
  void stop() {
    agent.close();
    cluster.close();
  }

  @Test
  void leavesAConsulAsItWas() throws Exception {
    var before = consul();
    importInto("dc1", 3);
    assertThat(consul()).isNotEqualTo(before).contains("s1-far");
    leaving("dc1");

    var typed = uninstall("dc1", "--yes", "--reason", "moves", "--by", "anna");

    assertThat(typed.err()).isEmpty();
    assertThat(typed.out()).isEqualTo("Removed from dc1: 3 imports.\n");
    assertThat(typed.code()).isZero();
    assertThat(consul()).isEqualTo(before);
    assertThat(acts).containsExactly("dc1 by anna: moves");
  }

  @Test
  void leavesAFolderAsItWas() throws Exception {
    var before = files();
    importInto("paper", 3);
    assertThat(files()).isNotEqualTo(before);
    leaving("paper");

    var typed = uninstall("paper", "--yes", "--reason", "moves");

    assertThat(typed.out()).isEqualTo("Removed from paper: 3 imports.\n");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void leavesOthersFilesAndSaysSo() throws Exception {
    importInto("paper", 1);
    leaving("paper");
    var theirs = Files.writeString(folder.resolve("mesh/meshbridge/mine.yaml"), "kind: Mine\n");

    var typed = uninstall("paper", "--yes", "--reason", "moves");

    assertThat(typed.code()).isEqualTo(ExitCode.PARTLY);
    assertThat(typed.out())
        .contains("Removed from paper: 1 imports.")
        .contains("Left: folder ", "holds files that are not ours");
    assertThat(Files.readString(theirs)).isEqualTo("kind: Mine\n");
  }

  @Test
  void leavesAClusterButForTheNamespaceThatItNames() throws Exception {
    importInto("east", 3);
    assertThat(entries()).hasSize(3);
    leaving("east");

    var typed = uninstall("east", "--yes", "--reason", "moves");

    assertThat(entries()).isEmpty();
    assertThat(typed.code()).isEqualTo(ExitCode.PARTLY);
    assertThat(typed.out().lines())
        .containsExactly(
            "Removed from east: 3 imports.",
            "Left: namespace meshbridge-imports, which was made for imports; if nothing of yours"
                + " is in it: kubectl delete namespace meshbridge-imports");
  }

  @Test
  void removesNothingFromAMeshThatTakesPartUnlessTheLogIsNoMore() throws Exception {
    standing.clear();
    importInto("paper", 1);
    var before = files();

    var typed = uninstall("paper", "--yes", "--reason", "moves");
    var unasked = uninstall("paper", "--offline", "--reason", "moves");

    assertThat(typed.code()).isEqualTo(ExitCode.INVALID);
    assertThat(typed.err())
        .isEqualTo(
            "paper takes part, so a bridge would write again what is removed; first: meshbridge"
                + " leave paper\n");
    assertThat(unasked.err()).isEqualTo("Nothing was changed. Confirm with --yes.\n");
    assertThat(files()).isEqualTo(before);

    assertThat(uninstall("paper", "--offline", "--yes", "--reason", "moves").code()).isZero();
  }

  @Test
  void namesTheMeshesThatAreConfigured() throws Exception {
    assertThat(uninstall("wset", "--yes", "--reason", "x").err())
        .isEqualTo("'wset' is not configured; there are [dc1, east, paper]\n");
  }

  private void leaving(String mesh) {
    standing.clear();
    acts.clear();
    standing.add(new SignedOrder(new Order.Leave(new MeshId(mesh)), "anna", "", Instant.EPOCH));
  }

  private void importInto(String mesh, int count) throws Exception {
    try (var connection = connect(mesh)) {
      connection.sink().start(ignored -> {});
      for (int i = 0; i < count; i++) {
        var key = Samples.key("far", "shop", "s" + i);
        var desired = Samples.importNamed(nameIn(mesh, i), key, "10.0.0." + i);
        assertThat(connection.sink().apply(desired, WritePermit.ALWAYS))
            .isInstanceOf(ApplyOutcome.Applied.class);
      }
    }
  }

  private static String nameIn(String mesh, int number) {
    return mesh.equals("dc1") ? "s" + number + "-far" : "s" + number + ".shop.far.mesh.internal";
  }

  private MeshConnection connect(String mesh) throws IOException {
    var bridge = load(List.of(configuration()));
    var config =
        bridge.meshes().stream()
            .filter(one -> one.mesh().id().value().equals(mesh))
            .findFirst()
            .orElseThrow();
    var adapter = ADAPTERS.find(config.mesh().kind()).orElseThrow();
    var context = new ConnectionContext(bridge.federation(), config.mesh(), Clock.systemUTC());
    return switch (config.backend()) {
      case LIVE -> adapter.connect(config.settings(), context);
      case FILES -> new FilesBackend().connect(config.settings(), context, adapter.translator());
    };
  }

  /** All that an agent tells of its catalog and its entries, but for the indexes. */
  private String consul() {
    var all = new StringBuilder();
    for (String path :
        List.of(
            "/v1/catalog/nodes",
            "/v1/catalog/services",
            "/v1/catalog/node/people",
            "/v1/health/state/any",
            "/v1/config/service-defaults",
            "/v1/config/service-resolver",
            "/v1/config/service-router")) {
      all.append(agent.api().get(path).replaceAll("\"ModifyIndex\": ?[0-9]+", "")).append('\n');
    }
    return all.toString();
  }

  private TreeMap<String, String> files() throws IOException {
    var all = new TreeMap<String, String>();
    try (var paths = Files.walk(folder.resolve("mesh"))) {
      for (Path path : paths.toList()) {
        all.put(path.toString(), Files.isDirectory(path) ? "" : Files.readString(path));
      }
    }
    return all;
  }

  private List<?> entries() {
    var type =
        new ResourceDefinitionContext.Builder()
            .withGroup("networking.istio.io")
            .withVersion("v1")
            .withKind("ServiceEntry")
            .withNamespaced(true)
            .build();
    return cluster.client().genericKubernetesResources(type).inAnyNamespace().list().getItems();
  }

  private Typed uninstall(String... args) throws IOException {
    var all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--config", configuration().toString()));
    return Typed.run(
        terminal ->
            new UninstallCommand(
                ADAPTERS,
                new FilesBackend(),
                options -> load(options.files()),
                options -> new Desk(),
                terminal),
        all.toArray(new String[0]));
  }

  private Path configuration() throws IOException {
    return Files.writeString(
        folder.resolve("bridge.yaml"),
        """
        kafka: {bootstrap: {servers: "localhost:9092"}}
        meshbridge:
          federation: bookshop
          meshes:
            dc1: {kind: consul, settings: {url: "%s"}}
            east: {kind: istio, settings: {kubeconfig: "%s"}}
            paper: {kind: istio, backend: files, settings: {path: "%s"}}
        """
            .formatted(agent.url(), cluster.kubeconfig(), folder.resolve("mesh")));
  }

  private static BridgeConfig load(List<Path> files) {
    var config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withSources(ConfigFiles.load(files))
            .build();
    return new ConfigLoader(ADAPTERS.known(), "test").load(config);
  }

  /** All three take part, and what stands, stands. */
  private final class Desk implements OrdersDesk {
    @Override
    public List<Member> members() {
      return List.of(
          Member.active(new MeshId("dc1"), "consul"),
          Member.active(new MeshId("east"), "istio"),
          Member.active(new MeshId("paper"), "istio"),
          Member.active(FAR, "consul"));
    }

    @Override
    public List<SignedOrder> standing() {
      return List.copyOf(standing);
    }

    @Override
    public void give(Order order, Signature signature) {
      throw new IllegalStateException("uninstalling orders nothing");
    }

    @Override
    public void lift(Order order, Signature signature) {
      throw new IllegalStateException("uninstalling lifts nothing");
    }

    @Override
    public void uninstalled(MeshId mesh, Signature signature) {
      acts.add(mesh + " by " + signature.by() + ": " + signature.why());
    }

    @Override
    public void close() {}
  }
}
