package io.meshbridge.it;

import io.meshbridge.it.ChildProcess.Signal;
import io.meshbridge.testkit.tools.LoopbackPorts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/**
 * A real broker in a JVM of its own, on loopback ports and a folder that stay the same over
 * restarts. Every replication factor is one.
 */
public final class KafkaBroker implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration PROBE_PAUSE = Duration.ofMillis(100);
  private static final int NODE = 1;

  private final Path folder;

  // Kept, so that its ports are its own between its end and its restart.
  @SuppressWarnings("UnusedVariable")
  private final LoopbackPorts ports;

  private final int port;
  private final List<String> flags;
  private final String clusterId = Uuid.randomUuid().toString();
  private int starts;
  private ChildProcess process;

  /**
   * One more place where clients are served, the listener {@code TLS}; all have to show a
   * certificate.
   *
   * @param protocol {@code SSL} or {@code SASL_SSL}
   * @param port where it listens
   * @param advertised where clients find it, which may be a proxy in front of it
   * @param own a PEM file with the broker's key and certificate
   * @param trusted a PEM file with the authorities of the clients' certificates
   */
  public record TlsListener(
      SecurityProtocol protocol, int port, int advertised, Path own, Path trusted) {
    /** What the settings of this listener alone begin with. */
    static final String PREFIX = "listener.name.tls.";

    /** Where the authorities are; can be changed while the broker runs. */
    static final String TRUSTED = PREFIX + "ssl.truststore.location";

    private Map<String, String> settings() {
      return Map.of(
          "listener.security.protocol.map",
          "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,TLS:" + protocol.name,
          PREFIX + "ssl.client.auth",
          "required",
          PREFIX + "ssl.keystore.type",
          "PEM",
          PREFIX + "ssl.keystore.location",
          own.toString(),
          PREFIX + "ssl.truststore.type",
          "PEM",
          TRUSTED,
          trusted.toString());
    }
  }

  private KafkaBroker(
      Path folder,
      LoopbackPorts ports,
      Optional<TlsListener> tls,
      Map<String, String> overrides,
      List<String> flags)
      throws IOException {
    this.folder = folder;
    this.ports = ports;
    this.port = ports.free();
    this.flags = flags;
    Files.createDirectories(folder);
    var settings = settings(folder, port, ports.free(), overrides);
    tls.ifPresent(listener -> addTo(settings, listener));
    writeProperties(settings, propertiesFile());
    this.process = launch();
  }

  /**
   * Starts a broker and waits until it serves.
   *
   * @param folder where it keeps its data and logs; created if missing
   * @param overrides broker settings that differ from what is usual here
   * @throws IOException if it did not come up, with the place of its log
   */
  public static KafkaBroker start(Path folder, LoopbackPorts ports, Map<String, String> overrides)
      throws IOException, InterruptedException {
    return start(folder, ports, Optional.empty(), overrides, StartArchive.ofBrokers().flags());
  }

  /** Starts a broker that speaks TLS too. */
  public static KafkaBroker start(
      Path folder, LoopbackPorts ports, TlsListener tls, Map<String, String> overrides)
      throws IOException, InterruptedException {
    return start(folder, ports, Optional.of(tls), overrides, StartArchive.ofBrokers().flags());
  }

  /** Starts a broker in a JVM with these flags. */
  static KafkaBroker start(Path folder, LoopbackPorts ports, List<String> flags)
      throws IOException, InterruptedException {
    return start(folder, ports, Optional.empty(), Map.of(), flags);
  }

  private static KafkaBroker start(
      Path folder,
      LoopbackPorts ports,
      Optional<TlsListener> tls,
      Map<String, String> overrides,
      List<String> flags)
      throws IOException, InterruptedException {
    var broker = new KafkaBroker(folder, ports, tls, overrides, flags);
    try {
      broker.awaitServing();
      return broker;
    } catch (IOException | InterruptedException failed) {
      broker.close();
      throw failed;
    }
  }

  /** The address for clients. */
  public String bootstrapServers() {
    return LoopbackPorts.ADDRESS + ":" + port;
  }

  /** Ends it as a power failure would: nothing is flushed, nobody is told. */
  public void kill() throws InterruptedException {
    process.kill();
  }

  /** Freezes it, or lets it go on. */
  public void signal(Signal signal) throws IOException, InterruptedException {
    process.signal(signal);
  }

  /** Ends it in order. */
  void stop(Duration limit) throws IOException, InterruptedException {
    process.signal(Signal.TERM);
    if (!process.awaitExit(limit)) {
      throw new IOException("the broker did not end in " + limit + "; see " + logFile());
    }
  }

  /** Starts it again after {@link #kill()}, with what it had, and waits until it serves. */
  public void restart() throws IOException, InterruptedException {
    process.close();
    process = launch();
    awaitServing();
  }

  /** Whether it answers now, within two seconds. */
  boolean isServing() throws InterruptedException {
    try (var admin = admin()) {
      return serves(admin);
    }
  }

  /** Where it writes what it does. */
  public Path logFile() {
    return process.logFile();
  }

  /** Where it keeps its topics, a folder for each partition. */
  public Path dataFolder() {
    return dataFolder(folder);
  }

  @Override
  public void close() {
    process.close();
  }

  private ChildProcess launch() throws IOException {
    starts++;
    var command =
        JavaCommand.with(
            "320m",
            flags,
            List.of(
                "-cp",
                classPath(),
                BrokerMain.class.getName(),
                propertiesFile().toString(),
                clusterId));
    return ChildProcess.start(command, Map.of(), folder.resolve("broker-" + starts + ".log"));
  }

  /** Ours, but for the tests' own classes: an archive is of jars alone. */
  private static String classPath() {
    var entries = System.getProperty("java.class.path", "").split(File.pathSeparator, -1);
    return Arrays.stream(entries)
        .filter(entry -> !entry.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private void awaitServing() throws IOException, InterruptedException {
    var deadline = Instant.now().plus(START_LIMIT);
    try (var admin = admin()) {
      while (!serves(admin)) {
        // The pause is also the look whether it died.
        if (process.awaitExit(PROBE_PAUSE)) {
          throw new IOException("the broker ended at once; see " + logFile());
        }
        if (Instant.now().isAfter(deadline)) {
          throw new IOException(
              "the broker did not start in " + START_LIMIT + "; see " + logFile());
        }
      }
    }
  }

  private Admin admin() {
    return Admin.create(
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, (Object) bootstrapServers()));
  }

  private static boolean serves(Admin admin) throws InterruptedException {
    try {
      return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException notYet) {
      return false;
    }
  }

  private static Path dataFolder(Path folder) {
    return folder.resolve("data");
  }

  private Path propertiesFile() {
    return folder.resolve("server.properties");
  }

  private static Map<String, String> settings(
      Path folder, int port, int controllerPort, Map<String, String> overrides) {
    var clients = "PLAINTEXT://" + LoopbackPorts.ADDRESS + ":" + port;
    var controller = LoopbackPorts.ADDRESS + ":" + controllerPort;
    var settings = new TreeMap<String, String>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE));
    settings.put("controller.quorum.voters", NODE + "@" + controller);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("listeners", clients + ",CONTROLLER://" + controller);
    settings.put("advertised.listeners", clients);
    settings.put("log.dirs", dataFolder(folder).toString());
    settings.put("auto.create.topics.enable", "false");
    settings.put("default.replication.factor", "1");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "4");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "4");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    // Nobody else is going to join: waiting for them would only delay the first leader.
    settings.put("group.initial.rebalance.delay.ms", "0");
    // After a kill, a broker is let in again only when its last session is over.
    settings.put("broker.session.timeout.ms", "3000");
    settings.put("broker.heartbeat.interval.ms", "500");
    // The default takes 128 MB of heap for a log that is small here.
    settings.put("log.cleaner.dedupe.buffer.size", "4194304");
    settings.putAll(overrides);
    return settings;
  }

  private static void addTo(Map<String, String> settings, TlsListener tls) {
    settings.merge(
        "listeners", "TLS://" + LoopbackPorts.ADDRESS + ":" + tls.port(), KafkaBroker::and);
    settings.merge(
        "advertised.listeners",
        "TLS://" + LoopbackPorts.ADDRESS + ":" + tls.advertised(),
        KafkaBroker::and);
    settings.putAll(tls.settings());
  }

  private static String and(String these, String more) {
    return these + "," + more;
  }

  private static void writeProperties(Map<String, String> settings, Path file) throws IOException {
    var properties = new Properties();
    properties.putAll(settings);
    try (var writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
  }
}
