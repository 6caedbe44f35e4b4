package io.meshbridge.log;

import io.meshbridge.guard.Confirmations;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.orders.Order;
import io.meshbridge.orders.SignedOrder;
import io.meshbridge.orders.StandingOrders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** The orders that stand, as far as the log has told. Safe for any thread. */
public final class OrdersBook implements TopicListener, Confirmations, StandingOrders {
  private static final Logger LOG = Logger.getLogger(OrdersBook.class);

  private final OrderCodec codec = new OrderCodec();
  private final Map<String, SignedOrder> orders = new ConcurrentHashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean complete;

  /** Hears of every later change, on the thread that reads. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** Whether the log has told all orders that stood when it was first read. */
  public boolean isComplete() {
    return complete;
  }

  @Override
  public Optional<Instant> ofWithdrawals(MeshId origin) {
    return find(new Order.Confirm(origin, Optional.empty())).map(SignedOrder::at);
  }

  @Override
  public Optional<Instant> ofRemovals(MeshId origin, MeshId target) {
    return Stream.of(
            new Order.Confirm(origin, Optional.empty()),
            new Order.Confirm(origin, Optional.of(target)),
            new Order.Leave(origin))
        .flatMap(order -> find(order).stream())
        .map(SignedOrder::at)
        .max(Instant::compareTo);
  }

  @Override
  public Optional<SignedOrder> leave(MeshId mesh) {
    return find(new Order.Leave(mesh));
  }

  @Override
  public Optional<SignedOrder> pause(MeshId target, ServiceKey service) {
    return find(new Order.Pause(target, Optional.empty()))
        .or(() -> find(new Order.Pause(target, Optional.of(service))));
  }

  @Override
  public void restarted(String topic, String reason) {
    // What was ordered stands until the topic says otherwise.
  }

  @Override
  public void records(String topic, List<ConsumerRecord<byte[], byte[]>> records) {
    records.forEach(this::take);
    listeners.forEach(Runnable::run);
  }

  @Override
  public void caughtUp(String topic) {
    complete = true;
    listeners.forEach(Runnable::run);
  }

  @Override
  public void dropped(String topic) {
    // Nobody said that an order is lifted.
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    switch (codec.decode(record)) {
      case OrderCodec.Decoded.Given(var key, var signed) -> {
        orders.put(key, signed);
        LOG.infof(
            "order given order=%s by=%s why=%s at=%s",
            signed.order(), signed.by(), signed.why(), signed.at());
      }
      case OrderCodec.Decoded.Lifted(var key) -> {
        if (orders.remove(key) != null) {
          LOG.infof("order lifted key=%s", JsonObject.printable(key));
        }
      }
      case OrderCodec.Decoded.NotUnderstood(var reason) ->
          LOG.warnf("order not understood, what stands stays reason=%s", reason);
    }
  }

  private Optional<SignedOrder> find(Order order) {
    return Optional.ofNullable(orders.get(OrderCodec.key(order)));
  }
}
