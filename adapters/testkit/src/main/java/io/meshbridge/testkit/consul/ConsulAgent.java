package io.meshbridge.testkit.consul;

import io.meshbridge.testkit.tools.LoopbackPorts;
import io.meshbridge.testkit.tools.RealBinary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A real agent, a server of its own datacenter, on free loopback ports. It keeps its data over
 * {@link #kill()} and {@link #restart()}, until {@link #close()}.
 */
public final class ConsulAgent implements AutoCloseable {
  /** The token that may do everything, where ACLs are on. */
  public static final String BOOTSTRAP_TOKEN = "5ee5d1b0-0000-4000-8000-000000000001";

  private static final RealBinary.Wanted CONSUL =
      new RealBinary.Wanted(
          "consul", "hashicorp/consul:1.20", "consul", "bullseye", "usr/bin/consul");
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final Path home;
  private final Ports ports;
  private final Options options;
  private final List<String> command;
  private final ConsulApiCalls api;
  private Process process;

  /**
   * How it runs.
   *
   * @param acls whether ACLs are on, with everything denied by default
   * @param tls whether the API speaks HTTPS too, with the certificates of {@link AgentTls}
   * @param datacenter its datacenter's name
   */
  public record Options(boolean acls, boolean tls, String datacenter) {
    /** Plain HTTP, everything allowed. */
    public static final Options PLAIN = new Options(false, false);

    /** In the datacenter that Consul itself takes. */
    public Options(boolean acls, boolean tls) {
      this(acls, tls, "dc1");
    }
  }

  /** Where it listens; kept, so that the ports are its own between its end and its restart. */
  private record Ports(LoopbackPorts kept, int http, int https, int server, int lan, int wan) {}

  private ConsulAgent(Options options) throws IOException, InterruptedException {
    this.options = options;
    this.home = Files.createTempDirectory("meshbridge-consul-");
    this.ports = freePorts();
    var binary = RealBinary.find(CONSUL);
    writeConfig();
    this.command = commandOf(binary);
    this.api =
        new ConsulApiCalls(
            url(),
            options.acls() ? BOOTSTRAP_TOKEN : "",
            options.tls() ? AgentTls.trusting(home) : null);
    this.process = launch();
  }

  /** Starts a plain agent; returns once it has a leader and takes writes. */
  public static ConsulAgent start() {
    return start(Options.PLAIN);
  }

  /** Starts an agent; returns once it has a leader and takes writes. */
  public static ConsulAgent start(Options options) {
    try {
      var agent = new ConsulAgent(options);
      try {
        agent.awaitReady();
      } catch (RuntimeException neverReady) {
        // Nobody else has it to close.
        agent.close();
        throw neverReady;
      }
      return agent;
    } catch (IOException unusable) {
      throw new UncheckedIOException(unusable);
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while an agent was started", cancelled);
    }
  }

  /** Where its API answers: over TLS if it was asked for. */
  public URI url() {
    return options.tls() ? URI.create("https://127.0.0.1:" + ports.https()) : plainUrl();
  }

  /** Where its API answers in clear. */
  public URI plainUrl() {
    return URI.create("http://127.0.0.1:" + ports.http());
  }

  /** Its address for other datacenters' servers. */
  public String wanAddress() {
    return "127.0.0.1:" + ports.wan();
  }

  /** Calls its API, with the bootstrap token where ACLs are on. */
  public ConsulApiCalls api() {
    return api;
  }

  /** The PEM file of the authority that signed its certificate, where it speaks TLS. */
  public Path caFile() {
    return AgentTls.caFile(home);
  }

  /** Ends it as a crash would: at once, without goodbye. */
  public void kill() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the agent did not die");
      }
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts it again on the same ports with the same data; returns once it takes writes. */
  public void restart() {
    try {
      process = launch();
    } catch (IOException unusable) {
      throw new UncheckedIOException(unusable);
    }
    awaitReady();
  }

  @Override
  public void close() {
    kill();
    try (var files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException stillInUse) {
      throw new UncheckedIOException(stillInUse);
    }
  }

  private Process launch() throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("agent.log").toFile()))
        .start();
  }

  private void awaitReady() {
    Awaitility.await("an agent at " + url())
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new IllegalStateException("the agent ended: " + log());
              }
              return api.takesWrites();
            });
  }

  private String log() throws IOException {
    return Files.readString(home.resolve("agent.log"));
  }

  private void writeConfig() throws IOException, InterruptedException {
    var parts = new ArrayList<String>();
    parts.add("\"connect\":{\"enabled\":true}");
    // Elections of a lone server need not wait for anybody.
    parts.add("\"performance\":{\"raft_multiplier\":1}");
    // It counts the requests that it answers; a counter per service would be too much to tell.
    parts.add(
        "\"telemetry\":{\"prometheus_retention_time\":\"24h\",\"disable_hostname\":true,"
            + "\"prefix_filter\":[\"-consul.health\",\"-consul.catalog\"]}");
    if (options.acls()) {
      parts.add(
          "\"acl\":{\"enabled\":true,\"default_policy\":\"deny\",\"tokens\":{\"master\":\""
              + BOOTSTRAP_TOKEN
              + "\",\"agent\":\""
              + BOOTSTRAP_TOKEN
              + "\"}}");
    }
    if (options.tls()) {
      AgentTls.create(home);
      parts.add(AgentTls.config(home));
    }
    Files.writeString(home.resolve("agent.json"), "{" + String.join(",", parts) + "}");
    Files.createDirectories(home.resolve("data"));
  }

  private List<String> commandOf(RealBinary binary) {
    var line = new ArrayList<>(binary.command());
    line.addAll(
        List.of(
            "agent",
            "-server",
            "-bootstrap-expect=1",
            "-node=agent",
            "-datacenter=" + options.datacenter(),
            "-log-level=warn",
            "-bind=127.0.0.1",
            "-client=127.0.0.1",
            "-data-dir=" + home.resolve("data"),
            "-config-file=" + home.resolve("agent.json"),
            "-http-port=" + ports.http(),
            "-server-port=" + ports.server(),
            "-serf-lan-port=" + ports.lan(),
            "-serf-wan-port=" + ports.wan(),
            "-dns-port=-1",
            "-grpc-port=-1"));
    if (options.tls()) {
      line.add("-https-port=" + ports.https());
    }
    return line;
  }

  private static Ports freePorts() throws IOException {
    var ports = new LoopbackPorts(new Random());
    var free = ports.free(5);
    return new Ports(ports, free.get(0), free.get(1), free.get(2), free.get(3), free.get(4));
  }
}
