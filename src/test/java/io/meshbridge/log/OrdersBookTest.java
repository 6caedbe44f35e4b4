package io.meshbridge.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.orders.Order;
import io.meshbridge.orders.SignedOrder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OrdersBookTest {
  private static final String TOPIC = "orders";
  private static final MeshId A = new MeshId("a");
  private static final MeshId B = new MeshId("b");
  private static final MeshId T = new MeshId("t");
  private static final ServiceKey WEB = new ServiceKey(A, "shop", "web");
  private static final ServiceKey API = new ServiceKey(A, "shop", "api");
  private static final Instant EARLY = Instant.parse("2026-11-26T04:00:00Z");
  private static final Instant LATE = Instant.parse("2026-11-26T05:00:00Z");

  private final OrderCodec codec = new OrderCodec();
  private final OrdersBook book = new OrdersBook();

  @Test
  void takesTheNewerOfAConfirmationForAllTargetsAndOneForTheTarget() {
    give(new Order.Confirm(A, Optional.empty()), EARLY);
    give(new Order.Confirm(A, Optional.of(T)), LATE);

    assertThat(book.ofWithdrawals(A)).contains(EARLY);
    assertThat(book.ofRemovals(A, T)).contains(LATE);
    assertThat(book.ofRemovals(A, B)).contains(EARLY);
    assertThat(book.ofRemovals(B, T)).isEmpty();
  }

  @Test
  void takesTheOrderToLeaveForAConfirmationAtEveryImporter() {
    give(new Order.Leave(A), LATE);

    assertThat(book.leave(A)).map(SignedOrder::at).contains(LATE);
    assertThat(book.leave(B)).isEmpty();
    assertThat(book.ofRemovals(A, T)).contains(LATE);
    assertThat(book.ofWithdrawals(A)).isEmpty();
  }

  @Test
  void pausesAMeshOrASingleImportUntilTheOrderIsLifted() {
    give(new Order.Pause(T, Optional.of(WEB)), EARLY);
    assertThat(book.pause(T, WEB)).isPresent();
    assertThat(book.pause(T, API)).isEmpty();
    assertThat(book.pause(B, WEB)).isEmpty();

    give(new Order.Pause(T, Optional.empty()), LATE);
    assertThat(book.pause(T, API)).map(SignedOrder::at).contains(LATE);

    lift(new Order.Pause(T, Optional.empty()));
    assertThat(book.pause(T, API)).isEmpty();
    assertThat(book.pause(T, WEB)).isPresent();
  }

  @Test
  void keepsWhatStandsWhenARecordIsNotUnderstoodOrTheTopicIsReadAnew() {
    give(new Order.Pause(T, Optional.empty()), EARLY);
    var key = codec.give(signed(new Order.Pause(T, Optional.empty()), EARLY)).key();

    book.records(
        TOPIC,
        List.of(
            OrderCodecTest.read(
                new OutgoingRecord(key, EventType.ORDER.text(), "{\"order\":\"dance\"}", LATE))));
    book.restarted(TOPIC, "test");
    book.dropped(TOPIC);

    assertThat(book.pause(T, WEB)).isPresent();
  }

  @Test
  void isCompleteOnceTheTopicHasBeenReadToItsEndAndTellsOfEachChange() {
    var told = new AtomicInteger();
    book.onChange(told::incrementAndGet);
    assertThat(book.isComplete()).isFalse();

    give(new Order.Pause(T, Optional.empty()), EARLY);
    book.caughtUp(TOPIC);

    assertThat(book.isComplete()).isTrue();
    assertThat(told).hasValue(2);
  }

  private void give(Order order, Instant at) {
    book.records(TOPIC, List.of(OrderCodecTest.read(codec.give(signed(order, at)))));
  }

  private void lift(Order order) {
    book.records(TOPIC, List.of(OrderCodecTest.read(codec.lift(signed(order, LATE)))));
  }

  private static SignedOrder signed(Order order, Instant at) {
    return new SignedOrder(order, "anna", "moving house", at);
  }
}
