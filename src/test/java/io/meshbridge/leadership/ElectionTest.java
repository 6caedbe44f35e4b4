package io.meshbridge.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meshbridge.kafka.EmbeddedBroker;
import io.meshbridge.kafka.RunningThread;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ElectionTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static EmbeddedBroker broker;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void electsOneAndHandsOverWhenItLeaves() {
    broker.createTopic("handover");
    var first = new Candidate();
    var second = new Candidate();
    try (var running = stand("handover", first)) {
      await().atMost(SOON).until(first::holds);
      try (var waiting = stand("handover", second)) {
        running.end();

        await().atMost(Duration.ofSeconds(3)).until(second::holds);
        assertThat(first.holds()).isFalse();
        assertThat(first.losses).hasSize(1);
        assertThat(second.losses).isEmpty();
        assertThat(waiting).isNotNull();
      }
    }
  }

  @Test
  void keepsItsLeaseForLongerThanItWouldHoldInSilence() {
    broker.createTopic("keeping");
    var candidate = new Candidate();
    try (var running = stand("keeping", candidate)) {
      await().atMost(SOON).until(candidate::holds);

      await().during(ElectionTiming.LEASE.plusSeconds(2)).atMost(SOON).until(candidate::holds);
      assertThat(running).isNotNull();
    }
  }

  @Test
  void keepsItsLeaseWhileOthersComeAndGo() {
    broker.createTopic("visitors");
    var candidate = new Candidate();
    try (var running = stand("visitors", candidate)) {
      await().atMost(SOON).until(candidate::holds);

      // Each visit makes the group rebalance, twice, and while it does nobody sends heartbeats.
      for (int visit = 0; visit < 6; visit++) {
        try (var visiting = stand("visitors", new Candidate())) {
          await()
              .pollInterval(Duration.ofMillis(10))
              .during(Duration.ofMillis(900))
              .atMost(SOON)
              .failFast("the lease lapsed", () -> !candidate.holds())
              .until(candidate::holds);
          assertThat(visiting).isNotNull();
        }
      }

      assertThat(candidate.losses).isEmpty();
      assertThat(running).isNotNull();
    }
  }

  @Test
  void standsAgainAfterItsLeaseWasEndedByItsHolder() {
    broker.createTopic("fenced");
    var candidate = new Candidate();
    try (var running = stand("fenced", candidate)) {
      await().atMost(SOON).until(candidate::holds);
      var ended = candidate.lease.get();

      ended.end("fenced");

      await().atMost(SOON).until(candidate::holds);
      assertThat(candidate.lease.get()).isNotSameAs(ended);
      assertThat(ended.holds()).isFalse();
      assertThat(candidate.losses).hasSize(1);
      assertThat(running).isNotNull();
    }
  }

  @Test
  void losesItsLeaseByItsOwnClockBeforeAnotherIsElected() {
    broker.createTopic("hanging");
    var release = new CountDownLatch(1);
    var hanging = new Candidate();
    hanging.afterElection = release;
    var heldWhenSecondWasElected = new AtomicReference<Boolean>();
    var second = new Candidate();
    second.onElection = () -> heldWhenSecondWasElected.set(hanging.holds());
    try (var running = stand("hanging", hanging)) {
      await().atMost(SOON).until(() -> hanging.lease.get() != null);
      try (var waiting = stand("hanging", second)) {
        await().atMost(SOON).until(second::holds);
        release.countDown();

        assertThat(heldWhenSecondWasElected.get()).isFalse();
        await().atMost(SOON).untilAsserted(() -> assertThat(hanging.losses).hasSize(1));
        assertThat(second.holds()).isTrue();
        assertThat(waiting).isNotNull();
      }
      assertThat(running).isNotNull();
    }
  }

  private static RunningThread stand(String topic, ElectionListener listener) {
    var election =
        new Election(
            broker.settingsForClients(), topic, "lead." + topic, listener, System::nanoTime);
    return RunningThread.start(election::run);
  }

  private static final class Candidate implements ElectionListener {
    private final AtomicReference<Lease> lease = new AtomicReference<>();
    private final List<String> losses = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch afterElection = new CountDownLatch(0);
    private volatile Runnable onElection = () -> {};

    boolean holds() {
      var current = lease.get();
      return current != null && current.holds();
    }

    @Override
    public void elected(Lease elected) {
      onElection.run();
      lease.set(elected);
      try {
        afterElection.await();
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void lost(String reason) {
      losses.add(reason);
    }
  }
}
