package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meshbridge.testkit.consul.ConsulAgent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What 1,000 and 10,000 exported services cost an agent, over TLS and in clear. Connections and
 * bytes are counted on the line, requests by the agent, and a change is seen when a consumer of the
 * mesh's topic has its record.
 */
@Isolated("it measures")
final class ConsulScaleIT {
  @RegisterExtension private static final BrokerExtension KAFKA = new BrokerExtension();

  private static final int FEW = 1_000;
  private static final int MANY = 10_000;
  private static final int CHANGES = 40;
  private static final Duration BETWEEN = Duration.ofMillis(100);
  private static final Duration BOOTSTRAP_LIMIT = Duration.ofSeconds(120);
  private static final Duration SIGHT_LIMIT = Duration.ofSeconds(60);

  /** An agent refuses more from one address. */
  private static final int CONNECTIONS = 200;

  /** As docs/consul.md says. */
  private static final Duration WORST_IN_CLEAR = Duration.ofSeconds(10);

  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

  /** What was measured in one run. */
  private record Run(
      Duration bootstrap,
      long bootstrapBytes,
      int connections,
      double requestsPerChange,
      double bytesPerChange,
      Count alone,
      List<Duration> staleness,
      String memory) {
    Duration worst() {
      return Figures.percentile(staleness, 1.0);
    }

    void print(String what) {
      Figures.print(
          what,
          String.format(
              Locale.ROOT,
              "exported after %d ms and %,d kB, at most %d connections, per change %.1f requests"
                  + " and %,.0f bytes, for a change alone %d requests and %,d bytes, seen after %d ms (median) to %d ms (worst), %s",
              bootstrap.toMillis(),
              bootstrapBytes / 1024,
              connections,
              requestsPerChange,
              bytesPerChange,
              alone.requests(),
              alone.bytes(),
              Figures.percentile(staleness, 0.5).toMillis(),
              worst().toMillis(),
              memory));
    }
  }

  /** Counts at one moment. */
  private record Count(long requests, long bytes) {
    Count minus(Count former) {
      return new Count(requests - former.requests(), bytes - former.bytes());
    }

    double requestsPer(int changes) {
      return (double) requests / changes;
    }

    double bytesPer(int changes) {
      return (double) bytes / changes;
    }
  }

  @Test
  void tenThousandServicesCostPerChangeWhatAThousandCost() throws Exception {
    try (var agent = ConsulAgent.start(new ConsulAgent.Options(false, true))) {
      var services = new ManyServices(agent.api());
      services.fill(FEW);
      var fewOverTls = run(agent, services, FEW, true);
      var fewInClear = run(agent, services, FEW, false);
      services.fill(MANY);
      var manyOverTls = run(agent, services, MANY, true);
      var manyInClear = run(agent, services, MANY, false);

      assertThat(List.of(fewOverTls, fewInClear, manyOverTls, manyInClear))
          .extracting(Run::connections)
          .allMatch(most -> most < CONNECTIONS);
      assertThat(manyOverTls.requestsPerChange())
          .isLessThan(fewOverTls.requestsPerChange() * 1.5 + 1);
      assertThat(manyOverTls.bytesPerChange()).isLessThan(fewOverTls.bytesPerChange() * 2 + 4096);
      assertThat(manyOverTls.alone().requests()).isLessThan(MANY / 100);
      assertThat(manyOverTls.alone().bytes()).isLessThan(manyOverTls.bootstrapBytes() / 20);
      assertThat(manyInClear.worst()).isLessThan(WORST_IN_CLEAR);
    }
  }

  private static Run run(ConsulAgent agent, ManyServices services, int total, boolean tls)
      throws Exception {
    var name = "scale-" + (tls ? "tls-" : "clear-") + total;
    try (var line = new CountingLine(tls ? agent.url() : agent.plainUrl());
        var federation = new Federation(KAFKA.broker(), name, Federation.workFolder(name));
        var tail = new LogTail(federation.topic("mesh.dc1"))) {
      services.fill(total);
      var started = System.nanoTime();
      var bridge = federation.start(bridge(federation, agent, line));
      await("all exported, see " + federation.folder())
          .atMost(BOOTSTRAP_LIMIT)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> tail.exports() >= total);
      var bootstrap = Duration.ofNanos(System.nanoTime() - started);
      var before = awaitQuiet(agent, line);
      var staleness = change(services, tail, CHANGES);
      var after = awaitQuiet(agent, line);
      change(services, tail, 1);
      var alone = awaitQuiet(agent, line).minus(after);
      var cost = after.minus(before);
      var run =
          new Run(
              bootstrap,
              before.bytes(),
              line.mostConnections(),
              cost.requestsPer(CHANGES),
              cost.bytesPer(CHANGES),
              alone,
              staleness,
              memoryOf(bridge));
      run.print("Consul, " + total + " exported services " + (tls ? "over TLS" : "in clear"));
      return run;
    }
  }

  private static BridgeProcess.Spec bridge(
      Federation federation, ConsulAgent agent, CountingLine line) throws IOException {
    var mesh =
        Map.of(
            "kind", "consul",
            "settings.url", line.url(),
            "settings.tls.ca-file", agent.caFile().toString());
    return federation.bridge("bridge").with(federation.configuration().withMesh("dc1", mesh));
  }

  /** Waits until the agent has answered nothing for a second. */
  private static Count awaitQuiet(ConsulAgent agent, CountingLine line) {
    var requests = new long[] {-1};
    await("no more requests")
        .during(Duration.ofSeconds(1))
        .atMost(SIGHT_LIMIT)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              long former = requests[0];
              requests[0] = agent.api().readsAnswered();
              return requests[0] == former;
            });
    return new Count(requests[0], line.bytes());
  }

  /** Makes changes at a steady pace; how long after its acknowledgement each was seen. */
  private static List<Duration> change(ManyServices services, LogTail tail, int changes)
      throws Exception {
    var acknowledged = new ArrayList<Long>();
    var sights = new ArrayList<CompletableFuture<Long>>();
    var begin = System.nanoTime();
    for (int i = 0; i < changes; i++) {
      LockSupport.parkNanos(begin + i * BETWEEN.toNanos() - System.nanoTime());
      var change = services.next();
      sights.add(tail.expect("/" + change.service() + "/", change.sign()));
      change.make().run();
      acknowledged.add(System.nanoTime());
    }
    var staleness = new ArrayList<Duration>();
    for (int i = 0; i < changes; i++) {
      var seenAt = sights.get(i).get(SIGHT_LIMIT.toSeconds(), TimeUnit.SECONDS);
      staleness.add(Duration.ofNanos(Math.max(0, seenAt - acknowledged.get(i))));
    }
    return staleness;
  }

  /** What it keeps: a JVM's live objects, or all that an executable, which counts none, takes. */
  private static String memoryOf(BridgeProcess bridge) throws IOException {
    return ApplicationCommand.isExecutable(Federation.application())
        ? "resident %d MB".formatted(StartUp.residentMegabytes(bridge.pid()))
        : "heap after GC %d MB".formatted(heapAfterGc(bridge) >> 20);
  }

  /** The live objects of a JVM, in bytes, after a full collection. */
  private static long heapAfterGc(BridgeProcess bridge) throws IOException {
    var tool = Path.of(System.getProperty("java.home", ""), "bin", "jcmd");
    var histogram =
        new ProcessBuilder(tool.toString(), Long.toString(bridge.pid()), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    try (var output = histogram.getInputStream()) {
      var text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      var total = TOTAL.matcher(text);
      assertThat(total.find()).as(text).isTrue();
      return Long.parseLong(total.group(1));
    }
  }
}
