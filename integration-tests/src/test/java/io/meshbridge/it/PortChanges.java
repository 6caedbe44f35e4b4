package io.meshbridge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One service in each of two meshes that moves to another port all the time. */
final class PortChanges implements AutoCloseable {
  private static final Duration BETWEEN = Duration.ofMillis(25);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int PORTS = 1000;

  private final Federation federation;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger made = new AtomicInteger();
  private final ScheduledFuture<?> running;

  /** Begins. */
  PortChanges(Federation federation) {
    this.federation = federation;
    this.running =
        clock.scheduleWithFixedDelay(this::change, 0, BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Returns when so many more were made. */
  void awaitMore(int changes) {
    int wanted = made.get() + changes;
    await().atMost(PATIENCE).until(() -> running.isDone() || made.get() >= wanted);
    assertThat(running.isDone()).as("whether a change failed").isFalse();
  }

  /** Ends; what was changed stays as it is. */
  void stop() throws InterruptedException {
    clock.shutdown();
    assertThat(clock.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  private void change() {
    int next = made.get() % PORTS;
    try {
      federation.put(federation.east(), Shop.of("reviews", 9000 + next, "10.1.0.1"));
      federation.put(federation.west(), Shop.of("stock", 7000 + next, "10.2.0.1"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    made.incrementAndGet();
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
