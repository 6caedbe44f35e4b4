package io.meshbridge.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.orders.Order;
import io.meshbridge.orders.SignedOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderCodecTest {
  private static final MeshId A = new MeshId("a");
  private static final MeshId T = new MeshId("t");
  private static final ServiceKey ODD = new ServiceKey(A, "shop", "web/1");

  static final List<SignedOrder> ORDERS =
      List.of(
          signed(new Order.Confirm(A, Optional.empty())),
          signed(new Order.Confirm(A, Optional.of(T))),
          signed(new Order.Pause(T, Optional.empty())),
          signed(new Order.Pause(T, Optional.of(ODD))),
          signed(new Order.Leave(A)));

  private final OrderCodec codec = new OrderCodec();

  @ParameterizedTest
  @FieldSource("ORDERS")
  void readsWhatItWrites(SignedOrder order) {
    var record = codec.give(order);

    assertThat(codec.decode(read(record)))
        .isEqualTo(new OrderCodec.Decoded.Given(record.key(), order));
  }

  @ParameterizedTest
  @FieldSource("ORDERS")
  void liftsAnOrderByItsKey(SignedOrder order) {
    var record = codec.lift(order);

    assertThat(record.isTombstone()).isTrue();
    assertThat(codec.decode(read(record)))
        .isEqualTo(new OrderCodec.Decoded.Lifted(codec.give(order).key()));
  }

  @Test
  void givesEachOrderAKeyOfItsOwn() {
    assertThat(ORDERS.stream().map(order -> codec.give(order).key()))
        .containsExactly(
            "v1/confirm/a",
            "v1/confirm/a/t",
            "v1/pause/t",
            "v1/pause/t/a/shop/web%2F1",
            "v1/leave/a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{}",
        "{\"order\":\"dance\",\"by\":\"x\",\"why\":\"\",\"at\":\"2026-11-26T04:25:00Z\"}",
        "{\"order\":\"confirm\",\"origin\":\"A!\",\"by\":\"x\",\"why\":\"\",\"at\":\"2026-11-26T04:25:00Z\"}",
        "{\"order\":\"confirm\",\"origin\":\"a\",\"by\":\"x\",\"why\":\"\",\"at\":\"yesterday\"}",
        "{\"order\":\"confirm\",\"origin\":\"b\",\"by\":\"x\",\"why\":\"\",\"at\":\"2026-11-26T04:25:00Z\"}"
      })
  void doesNotUnderstandRubbish(String json) {
    var record = new OutgoingRecord("v1/confirm/a", EventType.ORDER.text(), json, Samples.NOW);

    assertThat(codec.decode(read(record))).isInstanceOf(OrderCodec.Decoded.NotUnderstood.class);
  }

  @Test
  void doesNotUnderstandAnOrderOfAnotherType() {
    var good = codec.give(ORDERS.getFirst());
    var newer = new OutgoingRecord(good.key(), "io.meshbridge.order.v2", good.json(), Samples.NOW);

    assertThat(codec.decode(read(newer)))
        .isEqualTo(
            new OrderCodec.Decoded.NotUnderstood("the record's type is 'io.meshbridge.order.v2'"));
  }

  static ConsumerRecord<byte[], byte[]> read(OutgoingRecord record) {
    var value = record.isTombstone() ? null : record.json().getBytes(StandardCharsets.UTF_8);
    var read =
        new ConsumerRecord<>("orders", 0, 0, record.key().getBytes(StandardCharsets.UTF_8), value);
    read.headers().add("ce_type", record.type().getBytes(StandardCharsets.UTF_8));
    return read;
  }

  private static SignedOrder signed(Order order) {
    return new SignedOrder(order, "anna", "moving house", Samples.NOW);
  }
}
