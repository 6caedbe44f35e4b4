package io.meshbridge.it;

import io.meshbridge.it.ChildProcess.Signal;
import io.meshbridge.testkit.tools.LoopbackPorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The packaged bridge in a process of its own, on a port of its own. */
public final class BridgeProcess implements AutoCloseable {
  private static final Duration PROBE_PAUSE = Duration.ofMillis(50);
  // It is measured, and an executable takes a tenth of a second.
  private static final Duration MEASURED_PAUSE = Duration.ofMillis(5);

  private final ChildProcess process;
  private final BridgeApi api;

  private BridgeProcess(ChildProcess process, BridgeApi api) {
    this.process = process;
    this.api = api;
  }

  /**
   * What it takes to start one.
   *
   * @param application the packaged application's runnable jar, or its executable
   * @param folder where configuration and log go; created if missing
   * @param name the name of both files
   * @param port for REST
   * @param configuration what it is to do
   */
  public record Spec(
      Path application, Path folder, String name, int port, BridgeConfiguration configuration) {
    /** The same as another packaging of the application. */
    Spec with(Path other) {
      return new Spec(other, folder, name, port, configuration);
    }

    /** The same with another configuration. */
    public Spec with(BridgeConfiguration other) {
      return new Spec(application, folder, name, port, other);
    }
  }

  /**
   * Starts it and returns at once.
   *
   * @throws IOException if there is no application, or no process could be made
   */
  public static BridgeProcess start(Spec spec) throws IOException {
    return start(spec, CallRecording.flagsOfBridges());
  }

  /** The same, with more flags for the JVM. */
  static BridgeProcess start(Spec spec, List<String> flags) throws IOException {
    if (!Files.isRegularFile(spec.application())) {
      throw new IOException("the bridge is not built: there is no " + spec.application());
    }
    Files.createDirectories(spec.folder());
    var configuration = spec.folder().resolve(spec.name() + ".properties");
    spec.configuration().write(configuration);
    var log = freshLog(spec);
    var command =
        ApplicationCommand.of(
            spec.application(),
            "384m",
            flags,
            List.of(
                "-Dquarkus.http.host=" + LoopbackPorts.ADDRESS,
                "-Dquarkus.http.port=" + spec.port()),
            List.of("run", "--config", configuration.toString()));
    var base = URI.create("http://" + LoopbackPorts.ADDRESS + ":" + spec.port());
    return new BridgeProcess(ChildProcess.start(command, Map.of(), log), new BridgeApi(base));
  }

  private static Path freshLog(Spec spec) {
    int start = 1;
    while (Files.exists(logOf(spec, start))) {
      start++;
    }
    return logOf(spec, start);
  }

  private static Path logOf(Spec spec, int start) {
    return spec.folder().resolve(spec.name() + "-" + start + ".log");
  }

  /** Its REST interface. */
  public BridgeApi rest() {
    return api;
  }

  /**
   * Waits until it says that it is ready.
   *
   * @throws IOException if it ended instead, or is not ready in time; names its log
   */
  public void awaitReady(Duration limit) throws IOException, InterruptedException {
    await("ready", api::ready, PROBE_PAUSE, limit);
  }

  /** The same until it says that it works. */
  void awaitLive(Duration limit) throws IOException, InterruptedException {
    await("live", api::live, MEASURED_PAUSE, limit);
  }

  private void await(String state, Probe probe, Duration pause, Duration limit)
      throws IOException, InterruptedException {
    var deadline = Instant.now().plus(limit);
    while (!probe.isTrue()) {
      // The pause is also the look whether it died.
      if (process.awaitExit(pause)) {
        throw new IOException(
            "the bridge ended with exit code " + process.exitCode() + "; see " + logFile());
      }
      if (Instant.now().isAfter(deadline)) {
        throw new IOException(
            "the bridge is not " + state + " after " + limit + "; see " + logFile());
      }
    }
  }

  private interface Probe {
    boolean isTrue() throws InterruptedException;
  }

  /** Sends it a signal. */
  public void signal(Signal signal) throws IOException, InterruptedException {
    process.signal(signal);
  }

  /** Ends it as a power failure would, and returns when it is gone. */
  public void kill() throws InterruptedException {
    process.kill();
  }

  /**
   * Asks it to end and waits for that.
   *
   * @return its exit code
   * @throws IOException if it still runs after the limit
   */
  public int stop(Duration limit) throws IOException, InterruptedException {
    process.signal(Signal.TERM);
    return awaitExit(limit);
  }

  /**
   * Waits until it ends by itself.
   *
   * @return its exit code
   * @throws IOException if it still runs after the limit
   */
  public int awaitExit(Duration limit) throws IOException, InterruptedException {
    if (!process.awaitExit(limit)) {
      throw new IOException("the bridge still runs after " + limit + "; see " + logFile());
    }
    return process.exitCode();
  }

  /** Waits for its end, but no longer than this; whether it ended. */
  public boolean endsWithin(Duration limit) throws InterruptedException {
    return process.awaitExit(limit);
  }

  /** Its number. */
  public long pid() {
    return process.pid();
  }

  /** Whether it runs, or is frozen. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** All that it has printed. */
  public String log() {
    return process.log();
  }

  /** Where that is kept. */
  public Path logFile() {
    return process.logFile();
  }

  @Override
  public void close() {
    api.close();
    process.close();
  }
}
