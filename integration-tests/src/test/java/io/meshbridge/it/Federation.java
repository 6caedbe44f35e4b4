package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meshbridge.testkit.tools.LoopbackPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** A federation of its own for one test: its meshes, and as many bridges as the test starts. */
final class Federation implements AutoCloseable {
  static final Duration READY_LIMIT = Duration.ofSeconds(40);
  static final Duration CONVERGENCE = Duration.ofSeconds(30);

  private final KafkaBroker broker;
  private final String name;
  private final Path folder;
  private final List<MeshRig> meshes;
  private final LoopbackPorts ports = new LoopbackPorts(new Random());
  private final Map<String, List<Operation>> operations = new LinkedHashMap<>();
  private final List<BridgeProcess> bridges = new ArrayList<>();

  /** In which everything is as {@code meshes} has it. */
  Federation(KafkaBroker broker, String name, Path folder, MeshRig... meshes) {
    this.broker = broker;
    this.name = name;
    this.folder = folder;
    this.meshes = List.of(meshes);
    this.meshes.forEach(mesh -> operations.put(mesh.id(), new ArrayList<>()));
  }

  /** Two meshes that are folders, east an Istio and west a Consul. */
  static Federation ofFolders(KafkaBroker broker, String name) throws IOException {
    var folder = workFolder(name);
    return new Federation(
        broker,
        name,
        folder,
        new IstioFolderRig("east", folder.resolve("east")),
        new ConsulFolderRig("west", folder.resolve("west")));
  }

  /** A fresh folder for a test, below the build's, where it stays for whoever has to look. */
  static Path workFolder(String name) throws IOException {
    var base = Path.of(System.getProperty("meshbridge.it.work", "target/it"));
    Files.createDirectories(base);
    return Files.createTempDirectory(base.toAbsolutePath(), name + "-");
  }

  /** The packaged application. */
  static Path application() {
    return Path.of(System.getProperty("meshbridge.it.application", "")).toAbsolutePath();
  }

  String name() {
    return name;
  }

  Path folder() {
    return folder;
  }

  MeshRig east() {
    return meshes.getFirst();
  }

  MeshRig west() {
    return meshes.getLast();
  }

  /** All of them, in the order in which they were given. */
  List<MeshRig> meshes() {
    return meshes;
  }

  /** The configuration of a bridge that serves all meshes. */
  BridgeConfiguration configuration() {
    return configuration(meshes);
  }

  BridgeConfiguration configuration(List<MeshRig> served) {
    var configuration =
        BridgeConfiguration.of(name, broker.bootstrapServers())
            .with("meshbridge.heartbeat.interval", "1s")
            .with("meshbridge.heartbeat.stale-after", "6s");
    for (MeshRig mesh : served) {
      configuration = mesh.addTo(configuration);
    }
    return configuration;
  }

  /** A bridge for these meshes that is not started yet. */
  BridgeProcess.Spec bridge(String id, List<MeshRig> served) throws IOException {
    return new BridgeProcess.Spec(
        application(),
        folder,
        id,
        ports.free(),
        configuration(served).with("meshbridge.bridge-id", id));
  }

  BridgeProcess.Spec bridge(String id) throws IOException {
    return bridge(id, meshes);
  }

  /**
   * A bridge whose meshes do not go stale before it has started again, be the machine ever so busy:
   * with the time that users have by default.
   */
  BridgeProcess.Spec bridgeToRestart(String id) throws IOException {
    var spec = bridge(id);
    return spec.with(spec.configuration().with("meshbridge.heartbeat.stale-after", "20s"));
  }

  /** Starts a bridge; it is ended with the test. */
  BridgeProcess start(BridgeProcess.Spec spec) throws IOException {
    var bridge = BridgeProcess.start(spec);
    bridges.add(bridge);
    return bridge;
  }

  /** Starts a bridge and waits until it is ready. */
  BridgeProcess startReady(BridgeProcess.Spec spec) throws IOException, InterruptedException {
    var bridge = start(spec);
    bridge.awaitReady(READY_LIMIT);
    return bridge;
  }

  /** Does something to a mesh, and remembers it for the oracle. */
  void apply(MeshRig mesh, Operation operation) throws IOException {
    operations.get(mesh.id()).add(operation);
    mesh.apply(operation);
  }

  void put(MeshRig mesh, Shop shop) throws IOException {
    apply(mesh, new Operation.Put(shop));
  }

  void remove(MeshRig mesh, String shop) throws IOException {
    apply(mesh, new Operation.Remove(shop));
  }

  /** Waits until every mesh holds what the oracle says, and nothing else. */
  void awaitConvergence() {
    awaitConvergence(CONVERGENCE);
  }

  void awaitConvergence(Duration limit) {
    await("convergence of " + name + ", see " + folder)
        .atMost(limit)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(this::assertConverged);
  }

  void assertConverged() throws IOException {
    // What was written last is most likely not there yet: so this fails early.
    for (MeshRig target : meshes.reversed()) {
      assertThat(target.imports()).as("imports of " + target.id()).isEqualTo(expected(target));
    }
  }

  private SortedSet<String> expected(MeshRig target) {
    var lines = new TreeSet<String>();
    for (MeshRig origin : meshes) {
      if (!origin.equals(target)) {
        lines.addAll(target.expected(name, origin, operations.get(origin.id())));
      }
    }
    return lines;
  }

  Topic meshTopic(MeshRig mesh) {
    return topic("mesh." + mesh.id());
  }

  Topic topic(String rest) {
    return new Topic(broker.bootstrapServers(), "meshbridge." + name + "." + rest);
  }

  /** Every record of every topic of the federation, heartbeats aside. */
  SortedMap<String, List<Topic.Entry>> facts() {
    var names = new ArrayList<>(List.of(topic("members").name(), topic("dead-letters").name()));
    for (MeshRig mesh : meshes) {
      names.add(topic("mesh." + mesh.id()).name());
      names.add(topic("status." + mesh.id()).name());
    }
    var facts = Topic.entriesOf(broker.bootstrapServers(), names);
    facts.replaceAll(
        (name, entries) -> entries.stream().filter(entry -> !entry.isHeartbeat()).toList());
    return facts;
  }

  @Override
  public void close() {
    bridges.forEach(BridgeProcess::close);
  }
}
