package io.meshbridge.adapter.consul;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.spi.Observation;
import io.meshbridge.testkit.consul.ConsulAgent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How long after the API's acknowledgement a change is told, with 500 exported services. Prints
 * what it measured; the limit is that of the design, not of a quiet machine.
 */
@Isolated("it measures")
class LatencyTest {
  private static final int SERVICES = 500;
  private static final int CHANGES = 300;
  private static final long LIMIT_MILLIS = 500;

  private final LinkedBlockingQueue<Observation> observations = new LinkedBlockingQueue<>();
  private final int[] ports = new int[SERVICES + CHANGES];
  private final Set<Integer> doubled = new HashSet<>();
  private final Set<Integer> critical = new HashSet<>();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void tellsMixedChangesOfFiveHundredServicesInTime(boolean tls) throws Exception {
    // Given
    try (var agent = ConsulAgent.start(new ConsulAgent.Options(false, tls))) {
      for (int i = 0; i < SERVICES; i++) {
        ports[i] = 8000;
        register(agent, i, "a");
      }
      var settings =
          tls ? Map.of("tls.ca-file", agent.caFile().toString()) : Map.<String, String>of();
      var connection = Recorder.connect(agent.url(), settings);
      var thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      connection.source().run(observations::add);
                    } catch (InterruptedException ended) {
                      Thread.currentThread().interrupt();
                    }
                  });
      try {
        await(Observation.Complete.class::isInstance);

        // When
        var random = new Random(7);
        var millis = new double[CHANGES];
        int most = 0;
        for (int i = 0; i < CHANGES; i++) {
          observations.clear();
          var expected = change(agent, random, i);
          var acknowledged = System.nanoTime();
          await(expected);
          millis[i] = (System.nanoTime() - acknowledged) / 1e6;
          most = Math.max(most, connectionsTo(agent.url().getPort()));
        }

        // Then
        Arrays.sort(millis);
        var p99 = millis[(int) (CHANGES * 0.99) - 1];
        org.jboss.logging.Logger.getLogger(LatencyTest.class)
            .infof(
                "latency tls=%s services=%d changes=%d p50=%.1fms p99=%.1fms max=%.1fms"
                    + " connections=%d",
                tls, SERVICES, CHANGES, millis[CHANGES / 2], p99, millis[CHANGES - 1], most);
        assertThat(p99).isLessThan(LIMIT_MILLIS);
        assertThat(most).isLessThan(64);
      } finally {
        thread.interrupt();
        thread.join();
        connection.close();
      }
    }
  }

  /** One change of a kind chosen by chance; returns how its observation is known. */
  private Predicate<Observation> change(ConsulAgent agent, Random random, int round) {
    int i = random.nextInt(SERVICES);
    return switch (random.nextInt(5)) {
      case 0 -> {
        ports[i]++;
        register(agent, i, "a");
        if (doubled.contains(i)) {
          register(agent, i, "b");
        }
        yield offered(i);
      }
      case 1 -> {
        if (doubled.add(i)) {
          register(agent, i, "b");
        } else {
          doubled.remove(i);
          deregister(agent, i, "b");
        }
        yield offered(i);
      }
      case 2 -> {
        var turnsCritical = critical.add(i);
        if (!turnsCritical) {
          critical.remove(i);
        }
        check(agent, i, turnsCritical ? "critical" : "passing");
        yield offered(i);
      }
      case 3 -> {
        ports[SERVICES + round] = 8000;
        register(agent, SERVICES + round, "a");
        yield offered(SERVICES + round);
      }
      default -> {
        doubled.remove(i);
        critical.remove(i);
        ports[i] = 8000;
        register(agent, i, "b");
        deregister(agent, i, "b");
        deregister(agent, i, "a");
        // Registered again unmeasured, so that the number of services stays.
        yield o -> {
          var gone = o instanceof Observation.Withdrawn w && w.service().name().equals("svc-" + i);
          if (gone) {
            register(agent, i, "a");
          }
          return gone;
        };
      }
    };
  }

  private static Predicate<Observation> offered(int i) {
    return o -> o instanceof Observation.Offered x && x.offer().key().name().equals("svc-" + i);
  }

  private void await(Predicate<Observation> expected) throws InterruptedException {
    Observation next;
    do {
      next = observations.poll(20, TimeUnit.SECONDS);
      assertThat(next).as("an observation of the change").isNotNull();
    } while (!expected.test(next));
  }

  private void register(ConsulAgent agent, int i, String instance) {
    put(
        agent,
        "register",
        "{\"Node\":\"node-%d\",\"Address\":\"10.0.0.%d\",\"Service\":{\"ID\":\"svc-%d-%s\","
            + "\"Service\":\"svc-%d\",\"Address\":\"10.0.1.%s\",\"Port\":%d,"
            + "\"Meta\":{\"meshbridge-export\":\"true\"}}}",
        i % 25,
        i % 25 + 1,
        i,
        instance,
        i,
        instance.equals("a") ? "1" : "2",
        ports[i]);
  }

  private static void deregister(ConsulAgent agent, int i, String instance) {
    put(
        agent,
        "deregister",
        "{\"Node\":\"node-%d\",\"ServiceID\":\"svc-%d-%s\"}",
        i % 25,
        i,
        instance);
  }

  private static void check(ConsulAgent agent, int i, String status) {
    put(
        agent,
        "register",
        "{\"Node\":\"node-%d\",\"SkipNodeUpdate\":true,\"Check\":{\"CheckID\":\"c-%d\","
            + "\"ServiceID\":\"svc-%d-a\",\"Name\":\"c\",\"Status\":\"%s\"}}",
        i % 25,
        i,
        i,
        status);
  }

  private static void put(ConsulAgent agent, String verb, String json, Object... values) {
    agent.api().put("/v1/catalog/" + verb, String.format(java.util.Locale.ROOT, json, values));
  }

  /** Established connections to the port, as the kernel counts them; 0 where it does not say. */
  private static int connectionsTo(int port) throws IOException {
    var hex = String.format(java.util.Locale.ROOT, ":%04X", port);
    int count = 0;
    for (String table : new String[] {"/proc/net/tcp", "/proc/net/tcp6"}) {
      if (Files.isReadable(Path.of(table))) {
        for (String line : Files.readAllLines(Path.of(table), StandardCharsets.US_ASCII)) {
          var columns = line.strip().split("\\s+", -1);
          // Remote address and state: 01 is established.
          if (columns[2].endsWith(hex) && columns[3].equals("01")) {
            count++;
          }
        }
      }
    }
    return count;
  }
}
