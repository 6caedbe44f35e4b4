package io.meshbridge.demo;

import io.meshbridge.it.BridgeConfiguration;
import io.meshbridge.it.BridgeProcess;
import io.meshbridge.it.KafkaBroker;
import io.meshbridge.testkit.tools.LoopbackPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Everything that the demo starts: three meshes, a broker, a bridge, in a folder of its own.
 * Closing it ends all of that and removes the folder; it may be closed twice, and from the JVM's
 * shutdown.
 */
final class Stage implements AutoCloseable {
  private static final String FEDERATION = "bookshop";
  private static final String ISTIO = "istio-east";
  private static final String LINKERD = "linkerd-north";
  private static final String CONSUL = "consul-west";
  private static final int USUAL_PORT = 8080;
  private static final Duration READY_LIMIT = Duration.ofSeconds(60);

  private final DemoOptions options;
  private final Path folder;
  private final ReentrantLock lock = new ReentrantLock();

  // Not guarded: it has to be known at once, also while something is being started.
  private volatile boolean closing;

  // Both guarded by the lock.
  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private boolean keepFolder;

  Stage(DemoOptions options) throws IOException {
    this.options = options;
    this.folder = Files.createTempDirectory("meshbridge-demo-");
  }

  /** Where everything is, also the logs. */
  Path folder() {
    return folder;
  }

  /** Whether its end has begun. */
  boolean isClosing() {
    return closing;
  }

  /** Leaves the folder in place when the stage is closed, so that the logs can be read. */
  void keepFolder() {
    lock.lock();
    try {
      keepFolder = true;
    } finally {
      lock.unlock();
    }
  }

  /** The meshes, filled with the bookshop. */
  List<Side> meshes() throws IOException {
    var istio = copyOf("istio");
    var linkerd = copyOf("linkerd");
    var consul = copyOf("consul");
    return List.of(
        own(() -> new ManifestFolder(ISTIO, "istio", istio)),
        own(() -> new ManifestFolder(LINKERD, "linkerd", linkerd)),
        own(
            () ->
                options.consul()
                    ? new ConsulAgentSide(CONSUL, consul)
                    : new ConsulFolder(CONSUL, consul)));
  }

  KafkaBroker broker() throws IOException, InterruptedException {
    return own(
        () ->
            KafkaBroker.start(folder.resolve("kafka"), new LoopbackPorts(new Random()), Map.of()));
  }

  /** The bridge, ready. */
  BridgeProcess bridge(KafkaBroker broker, List<Side> meshes)
      throws IOException, InterruptedException {
    var configuration = BridgeConfiguration.of(FEDERATION, broker.bootstrapServers());
    for (Side mesh : meshes) {
      configuration = mesh.addTo(configuration);
    }
    var spec =
        new BridgeProcess.Spec(
            options.application(),
            folder.resolve("bridge"),
            "bridge",
            new LoopbackPorts(new Random()).freeOr(USUAL_PORT),
            configuration);
    var bridge = own(() -> BridgeProcess.start(spec));
    bridge.awaitReady(READY_LIMIT);
    return bridge;
  }

  private Path copyOf(String mesh) throws IOException {
    var from = options.examples().resolve("bookshop").resolve(mesh);
    var to = folder.resolve(mesh);
    try (var files = Files.walk(from)) {
      for (Path file : files.sorted().toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
    return to;
  }

  private interface Start<T extends AutoCloseable> {
    T run() throws IOException, InterruptedException;
  }

  /** Starting and noting what was started are one step: a close in between would miss it. */
  private <T extends AutoCloseable> T own(Start<T> start) throws IOException {
    lock.lock();
    try {
      if (closing) {
        throw new IOException("the demo is being ended");
      }
      var part = start.run();
      started.push(part);
      return part;
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", ending);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    closing = true;
    lock.lock();
    try {
      while (!started.isEmpty()) {
        close(started.pop());
      }
      if (!keepFolder && Files.exists(folder)) {
        delete(folder);
      }
    } finally {
      lock.unlock();
    }
  }

  private static void close(AutoCloseable part) throws IOException {
    try {
      part.close();
    } catch (IOException failed) {
      throw failed;
    } catch (Exception failed) {
      throw new IOException("could not be ended: " + part, failed);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
