package io.meshbridge.cli;

import io.meshbridge.config.BridgeConfig;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The bridge while it runs. When the application stops, it interrupts the bridge and waits for it,
 * so that nothing that the bridge uses is taken away before it has closed.
 */
@Singleton
final class RunningBridge {
  private static final Logger LOG = Logger.getLogger(RunningBridge.class);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  // Told to end by another thread than the one that runs.
  private final Queue<Run> runs = new ConcurrentLinkedQueue<>();

  /** One run of the bridge. */
  private record Run(Thread thread, CountDownLatch ended) {}

  /** Runs the bridge on this thread until the application stops. */
  void run(BridgeRunner bridge, BridgeConfig config) {
    var run = new Run(Thread.currentThread(), new CountDownLatch(1));
    runs.add(run);
    try {
      bridge.run(config);
    } catch (InterruptedException told) {
      LOG.debug("bridge was told to end");
    } finally {
      runs.remove(run);
      run.ended().countDown();
    }
  }

  void stop(@Observes ShutdownEvent stopping) {
    runs.forEach(RunningBridge::end);
  }

  private static void end(Run run) {
    run.thread().interrupt();
    try {
      if (!run.ended().await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warnf("bridge did not end in time waited=%s", PATIENCE);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
