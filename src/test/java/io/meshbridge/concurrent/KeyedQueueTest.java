package io.meshbridge.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.meshbridge.testkit.SeededRuns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class KeyedQueueTest {
  private final AtomicLong now = new AtomicLong();
  private final KeyedQueue<String> queue = new KeyedQueue<>(now::get);

  @Test
  void handsOutKeysInTheirOrderAndEachOnce() throws InterruptedException {
    queue.add("a");
    queue.add("b");
    queue.add("a");

    assertThat(queue.depth()).isEqualTo(2);
    assertThat(List.of(take(), take())).containsExactly("a", "b");
    assertThat(queue.depth()).isZero();
  }

  @Test
  void handsOutAKeyAgainOnlyAfterItsWorkIsDone() throws InterruptedException {
    queue.add("a");
    var first = take();
    queue.add("a");
    queue.add("a");
    queue.add("b");

    assertThat(take()).isEqualTo("b");
    assertThat(queue.depth()).isEqualTo(1);
    queue.done(first);
    assertThat(take()).isEqualTo("a");
    queue.done("a");
    assertThat(queue.depth()).isZero();
  }

  @Test
  void aKeyThatIsAddedAgainAndAgainGetsItsTurnWithinTheTimeThatWasFirstSet()
      throws InterruptedException {
    queue.addWithin("a", Duration.ofNanos(10));
    now.set(9);
    queue.addWithin("a", Duration.ofNanos(10));
    now.set(10);

    assertThat(take()).isEqualTo("a");
    queue.addWithin("a", Duration.ofNanos(10));
    queue.done("a");
    assertThat(queue.depth()).isEqualTo(1);
    now.set(20);
    assertThat(take()).isEqualTo("a");
  }

  @Test
  void handsOutWhatIsDueWhenItIsDue() throws InterruptedException {
    queue.addLater("late", Duration.ofNanos(20));
    queue.addLater("soon", Duration.ofNanos(10));
    queue.add("now");
    assertThat(queue.depth()).isEqualTo(3);

    assertThat(take()).isEqualTo("now");
    now.set(20);
    assertThat(List.of(take(), take())).containsExactly("soon", "late");
  }

  @Test
  void handsOutEarlierWhatIsAddedMeanwhileAndThenNotAgain() throws InterruptedException {
    queue.addLater("a", Duration.ofHours(1));
    queue.add("a");

    assertThat(take()).isEqualTo("a");
    queue.done("a");
    now.set(Duration.ofHours(2).toNanos());
    queue.add("b");
    assertThat(take()).isEqualTo("b");
    assertThat(queue.depth()).isZero();
  }

  @Test
  void doesNotPutOffWhatWaitsForItsTurnAlready() throws InterruptedException {
    queue.add("a");
    queue.addLater("a", Duration.ofHours(1));

    assertThat(take()).isEqualTo("a");
  }

  @Test
  void letsADueKeyWaitForItsOwnWork() throws InterruptedException {
    queue.add("a");
    assertThat(take()).isEqualTo("a");
    queue.addLater("a", Duration.ofNanos(1));
    now.set(1);
    queue.add("b");

    assertThat(take()).isEqualTo("b");
    queue.done("a");
    assertThat(take()).isEqualTo("a");
  }

  @Test
  void wakesWhoWaitsWhenSomethingIsAdded() throws InterruptedException {
    var taken = new ArrayList<String>();
    var taker = Thread.ofVirtual().start(() -> takeOne(taken));
    await().until(() -> taker.getState() == Thread.State.WAITING);

    queue.add("a");

    taker.join();
    assertThat(taken).containsExactly("a");
  }

  @Test
  void wakesAllWhoWaitWhenItIsClosed() throws InterruptedException {
    var ended = new CountDownLatch(3);
    for (int i = 0; i < 3; i++) {
      Thread.ofVirtual()
          .start(
              () -> {
                takeOne(new ArrayList<>());
                ended.countDown();
              });
    }

    queue.close();

    ended.await();
    queue.add("a");
    assertThatThrownBy(this::take).isInstanceOf(InterruptedException.class);
  }

  @Test
  void handsOutAtLeisureWhatNobodyNeedsSoonAndNothingTwice() throws InterruptedException {
    queue.addAtLeisure("a");
    queue.addAtLeisure("b");
    queue.addAtLeisure("c");
    queue.add("b");
    queue.addAtLeisure("b");
    assertThat(queue.depth()).isEqualTo(3);

    assertThat(queue.take()).isEqualTo(new KeyedQueue.Turn<>("b", false));
    queue.addAtLeisure("b");
    assertThat(queue.take()).isEqualTo(new KeyedQueue.Turn<>("a", true));
    assertThat(queue.take()).isEqualTo(new KeyedQueue.Turn<>("c", true));
    assertThat(queue.depth()).isZero();
  }

  @Test
  void slowsDownOnlyWhatWasAddedAtLeisure() throws InterruptedException {
    queue.addAtLeisure("a");
    queue.slowDown(Duration.ofNanos(10));
    queue.slowDown(Duration.ofNanos(10));
    queue.addLater("b", Duration.ofNanos(15));
    now.set(19);

    assertThat(queue.take()).isEqualTo(new KeyedQueue.Turn<>("b", false));
    queue.add("c");
    assertThat(queue.take()).isEqualTo(new KeyedQueue.Turn<>("c", false));
    now.set(20);
    assertThat(queue.take()).isEqualTo(new KeyedQueue.Turn<>("a", true));
  }

  private String take() throws InterruptedException {
    return queue.take().key();
  }

  @TestFactory
  Stream<DynamicTest> neverHandsOutAKeyTwiceAtOnceAndForgetsNone() {
    return SeededRuns.of(10).check(random -> stress(random.nextLong()));
  }

  /** Each key counts what it was told of; whoever works on it must see all that came before. */
  private static void stress(long seed) throws InterruptedException {
    int keys = 8;
    int rounds = 2_000;
    var queue = new KeyedQueue<Integer>(System::nanoTime);
    var asked = new AtomicIntegerArray(keys);
    var seen = new AtomicIntegerArray(keys);
    var inWork = ConcurrentHashMap.<Integer>newKeySet();
    var twice = new AtomicInteger();
    var workers = new ArrayList<Thread>();
    for (int i = 0; i < 4; i++) {
      workers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      while (true) {
                        int key = queue.take().key();
                        if (!inWork.add(key)) {
                          twice.incrementAndGet();
                        }
                        seen.set(key, asked.get(key));
                        Thread.onSpinWait();
                        inWork.remove(key);
                        queue.done(key);
                      }
                    } catch (InterruptedException closed) {
                      Thread.currentThread().interrupt();
                    }
                  }));
    }
    var random = new SplittableRandom(seed);
    for (int i = 0; i < rounds; i++) {
      int key = random.nextInt(keys);
      asked.incrementAndGet(key);
      if (random.nextInt(3) == 0) {
        queue.addLater(key, Duration.ofNanos(random.nextInt(100_000)));
      } else {
        queue.add(key);
      }
    }

    await()
        .pollInterval(Duration.ofMillis(2))
        .untilAsserted(() -> assertThat(seen.toString()).isEqualTo(asked.toString()));
    queue.close();
    for (Thread worker : workers) {
      worker.join();
    }
    assertThat(twice).hasValue(0);
  }

  private void takeOne(List<String> taken) {
    try {
      taken.add(take());
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }
}
