package io.meshbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.config.BridgeConfig;
import io.meshbridge.guard.GuardSettings;
import io.meshbridge.importing.Damping;
import io.quarkus.runtime.ShutdownEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RunningBridgeTest {
  @Test
  void waitsUntilTheBridgeHasClosedBeforeTheApplicationGoesOnStopping() throws Exception {
    var running = new RunningBridge();
    var started = new CountDownLatch(1);
    var closed = new AtomicBoolean();
    BridgeRunner bridge =
        config -> {
          try {
            started.countDown();
            new CountDownLatch(1).await();
          } finally {
            closed.set(true);
          }
        };
    var main = Thread.ofPlatform().start(() -> running.run(bridge, config()));
    started.await();

    running.stop(new ShutdownEvent());

    assertThat(closed).isTrue();
    assertThat(main.join(Duration.ofSeconds(5))).isTrue();
  }

  @Test
  void stopsAtOnceWhenNoBridgeRuns() {
    var running = new RunningBridge();
    running.run(config -> {}, config());

    running.stop(new ShutdownEvent());

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  private static BridgeConfig config() {
    var second = Duration.ofSeconds(1);
    return new BridgeConfig(
        "shop",
        "one",
        second,
        second,
        1,
        second,
        second,
        Damping.USUAL,
        100,
        second,
        GuardSettings.USUAL,
        false,
        false,
        -1,
        Map.of(),
        Map.of(),
        List.of());
  }
}
