package io.meshbridge.adapter.linkerd;

import static org.awaitility.Awaitility.await;

import io.meshbridge.spi.Observation;
import io.meshbridge.spi.Offer;
import io.meshbridge.spi.Source;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Runs a source on a thread of its own and keeps what it says. */
final class Witness implements AutoCloseable {
  private final List<Observation> seen = new CopyOnWriteArrayList<>();
  private final Thread thread;

  Witness(Source source) {
    thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    source.run(seen::add);
                  } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                  }
                });
  }

  List<Observation> seen() {
    return seen;
  }

  void awaits(Predicate<List<Observation>> condition) {
    await()
        .atMost(Duration.ofSeconds(8))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> condition.test(seen));
  }

  void awaitsComplete(int times) {
    awaits(all -> all.stream().filter(Observation.Complete.class::isInstance).count() >= times);
  }

  void awaitsOffer(Predicate<Offer> wanted) {
    awaits(all -> offers().stream().anyMatch(wanted));
  }

  List<Offer> offers() {
    return seen.stream()
        .filter(Observation.Offered.class::isInstance)
        .map(o -> ((Observation.Offered) o).offer())
        .toList();
  }

  Offer last(String name) {
    return offers().stream()
        .filter(o -> o.key().name().equals(name))
        .reduce((a, b) -> b)
        .orElseThrow();
  }

  List<String> withdrawn() {
    return seen.stream()
        .filter(Observation.Withdrawn.class::isInstance)
        .map(o -> ((Observation.Withdrawn) o).service().name())
        .toList();
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
