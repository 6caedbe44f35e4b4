package io.meshbridge.it;

import io.meshbridge.it.nativegap.RecorderJar;
import io.meshbridge.testkit.tools.LoopbackPorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Makes the archives from which brokers and bridges start, before the first test that runs: a
 * federation of two folders does once what all of them do.
 */
public final class StartArchives implements BeforeAllCallback {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(Namespace.create(StartArchives.class))
        .computeIfAbsent("made", key -> make());
  }

  private static String make() {
    var recording = CallRecording.ofAll();
    if (recording.folder().isPresent()) {
      return makeRecorder(recording.folder().get());
    }
    var archive = StartArchive.ofBridges().file();
    if (archive.isEmpty()) {
      return "";
    }
    long started = System.nanoTime();
    try {
      Files.createDirectories(archive.get().getParent());
      Files.deleteIfExists(archive.get());
      Files.deleteIfExists(StartArchive.ofBrokers().file().orElseThrow());
      train();
      var took = Duration.ofNanos(System.nanoTime() - started);
      Figures.print("archives of brokers and bridges", "made in " + took.toMillis() + " ms");
    } catch (IOException | ConditionTimeoutException unusual) {
      // Such as a JVM of another make: everything works without.
      Figures.print("archives of brokers and bridges", "none: " + unusual.getMessage());
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
    return archive.get().toString();
  }

  /** Bridges that write down what they look up cannot start from an archive. */
  private static String makeRecorder(Path folder) {
    var jar = folder.resolve(CallRecording.RECORDER);
    try {
      RecorderJar.write(jar);
    } catch (IOException unusual) {
      throw new UncheckedIOException(unusual);
    }
    Figures.print("what bridges look up", "is written into " + folder);
    return jar.toString();
  }

  private static void train() throws IOException, InterruptedException {
    var broker =
        KafkaBroker.start(
            Federation.workFolder("kafka-archive"),
            new LoopbackPorts(new Random()),
            StartArchive.ofBrokers().training());
    try (broker;
        var federation = Federation.ofFolders(broker, "archive")) {
      federation.put(federation.east(), Shop.of("reviews", 9080, "10.1.0.1"));
      federation.put(federation.west(), Shop.of("stock", 7070, "10.2.0.1"));
      try (var bridge =
          BridgeProcess.start(federation.bridge("archive"), StartArchive.ofBridges().training())) {
        bridge.awaitReady(PATIENCE);
        federation.awaitConvergence();
        bridge.rest().meshes();
        bridge.stop(PATIENCE);
      }
      broker.stop(PATIENCE);
    }
  }
}
