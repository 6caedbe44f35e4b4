package io.meshbridge.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ThreadsTest {

  @Test
  void waitsOnAlthoughInterruptedAndKeepsTheInterrupt() throws InterruptedException {
    var gate = new CountDownLatch(1);
    var ended = new AtomicBoolean();
    var worker =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    gate.await();
                    ended.set(true);
                  } catch (InterruptedException impossible) {
                    Thread.currentThread().interrupt();
                  }
                });
    var hadEnded = new AtomicBoolean();
    var keptInterrupt = new AtomicBoolean();
    var joiner =
        Thread.ofVirtual()
            .start(
                () -> {
                  Threads.join(worker);
                  hadEnded.set(ended.get());
                  keptInterrupt.set(Thread.currentThread().isInterrupted());
                });
    await().until(() -> joiner.getState() == Thread.State.WAITING);

    joiner.interrupt();
    await().until(() -> joiner.getState() == Thread.State.WAITING);
    gate.countDown();
    joiner.join();

    assertThat(hadEnded).isTrue();
    assertThat(keptInterrupt).isTrue();
  }

  @Test
  void returnsAtOnceFromAThreadThatDoesNotRun() {
    Threads.join(Thread.ofVirtual().unstarted(() -> {}));

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }
}
