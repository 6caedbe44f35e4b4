package io.meshbridge.adapter.consul;

import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.spi.ConnectionContext;
import io.meshbridge.spi.MeshConnection;
import io.meshbridge.spi.Observation;
import io.meshbridge.spi.Offer;
import io.meshbridge.spi.Settings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** Runs a source as a host would, and keeps all that it says. */
final class Recorder implements AutoCloseable {
  static final MeshDescriptor MESH =
      new MeshDescriptor(new MeshId("consul-dc1"), "consul", "", "", "");

  final List<Observation> all = new CopyOnWriteArrayList<>();
  private final MeshConnection connection;
  private final Thread thread;

  Recorder(URI url, Map<String, String> more) {
    connection = connect(url, more);
    thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    connection.source().run(all::add);
                  } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                  }
                });
  }

  static MeshConnection connect(URI url, Map<String, String> more) {
    var adapter = new ConsulAdapter();
    var configured = new HashMap<>(more);
    configured.put("url", url.toString());
    configured.putIfAbsent("retry-max", "1s");
    return adapter.connect(
        Settings.check(adapter.settings(), configured),
        new ConnectionContext("books", MESH, Clock.systemUTC()));
  }

  long count(Class<? extends Observation> kind) {
    return all.stream().filter(kind::isInstance).count();
  }

  /** The last offer of a service, unless it was withdrawn since. */
  Optional<Offer> offer(String service) {
    Optional<Offer> last = Optional.empty();
    for (Observation observation : all) {
      if (observation instanceof Observation.Offered offered
          && offered.offer().key().name().equals(service)) {
        last = Optional.of(offered.offer());
      } else if (observation instanceof Observation.Withdrawn withdrawn
          && withdrawn.service().name().equals(service)) {
        last = Optional.empty();
      }
    }
    return last;
  }

  void awaitComplete(int times) {
    Awaitility.await("complete read no. " + times)
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> count(Observation.Complete.class) >= times);
  }

  void await(String what, java.util.concurrent.Callable<Boolean> condition) {
    Awaitility.await(what + "; seen: " + all)
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(5))
        .until(condition);
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      Awaitility.await("the source's end")
          .atMost(Duration.ofSeconds(10))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> !thread.isAlive());
    } finally {
      connection.close();
    }
  }
}
