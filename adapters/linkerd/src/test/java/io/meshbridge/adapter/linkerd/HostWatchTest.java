package io.meshbridge.adapter.linkerd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meshbridge.adapter.kubernetes.Addresses;
import io.meshbridge.model.ServiceKey;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HostWatchTest {
  private static final ServiceKey WEB = new ServiceKey(Imports.AWAY, "shop", "web");
  private static final ServiceKey CART = new ServiceKey(Imports.AWAY, "shop", "cart");

  private final AtomicLong now = new AtomicLong();
  private final HostBook book = new HostBook(now::get);
  private final Set<ServiceKey> touched = ConcurrentHashMap.newKeySet();

  @Test
  void theFirstAnswerIsThereWhenTheImportIsShapedAndIsNoSurprise() throws Exception {
    try (var watch = HostWatch.start("here", book, host -> found("10.0.0.1"), touched::add)) {
      watch.need(WEB, Set.of("db.example.com"));

      assertThat(book.of("db.example.com")).isInstanceOf(HostAnswers.Answer.Known.class);
      assertThat(touched).isEmpty();
    }
  }

  @Test
  void asksAgainWhenTheTimeIsUpAndTellsWhatChanged() throws Exception {
    var answer = new AtomicReference<>(found("10.0.0.1"));
    try (var watch = HostWatch.start("here", book, host -> answer.get(), touched::add)) {
      watch.need(WEB, Set.of("db.example.com"));
      answer.set(found("10.0.0.2"));
      now.addAndGet(Duration.ofSeconds(10).toNanos());
      // News of any kind makes the watch look at the clock again.
      watch.need(CART, Set.of("other.example.com"));

      await().atMost(Duration.ofSeconds(8)).until(() -> touched.contains(WEB));
      assertThat(book.of("db.example.com"))
          .isEqualTo(
              new HostAnswers.Answer.Known(List.of(Addresses.ipOf("10.0.0.2").orElseThrow())));
    }
  }

  @Test
  void aKnownHostIsNotAskedForAgainByEachImport() throws Exception {
    var asked = new AtomicInteger();
    HostLookup counting =
        host -> {
          asked.incrementAndGet();
          return found("10.0.0.1");
        };
    try (var watch = HostWatch.start("here", book, counting, touched::add)) {
      watch.need(WEB, Set.of("db.example.com"));
      watch.need(CART, Set.of("db.example.com"));
      watch.need(WEB, Set.of("db.example.com"));

      assertThat(asked).hasValue(1);
    }
  }

  @Test
  void alsoThoseAreToldWhoCameWhileSomebodyElseWasAsking() throws Exception {
    var asking = new CountDownLatch(1);
    var answering = new CountDownLatch(1);
    HostLookup slow =
        host -> {
          asking.countDown();
          answering.await();
          return found("10.0.0.1");
        };
    try (var watch = HostWatch.start("here", book, slow, touched::add)) {
      var first = Thread.ofVirtual().start(() -> need(watch, WEB));
      asking.await();
      watch.need(CART, Set.of("db.example.com"));
      assertThat(book.of("db.example.com")).isInstanceOf(HostAnswers.Answer.Unknown.class);

      answering.countDown();

      await().atMost(Duration.ofSeconds(8)).until(() -> touched.contains(CART));
      assertThat(first.join(Duration.ofSeconds(8))).isTrue();
      assertThat(book.of("db.example.com")).isInstanceOf(HostAnswers.Answer.Known.class);
    }
  }

  @Test
  void endsWithoutWaitingForANameServer() throws Exception {
    var asking = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    HostLookup silent =
        host -> {
          asking.countDown();
          never.await();
          return found("10.0.0.1");
        };
    var watch = HostWatch.start("here", book, silent, touched::add);
    var needing = Thread.ofVirtual().start(() -> need(watch, WEB));
    asking.await();

    needing.interrupt();
    watch.close();

    assertThat(needing.join(Duration.ofSeconds(8))).isTrue();
  }

  private static void need(HostWatch watch, ServiceKey service) {
    try {
      watch.need(service, Set.of("db.example.com"));
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private static HostLookup.Result found(String address) {
    return new HostLookup.Result.Found(
        List.of(Addresses.ipOf(address).orElseThrow()), Duration.ofSeconds(5));
  }
}
