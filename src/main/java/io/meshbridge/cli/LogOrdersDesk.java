package io.meshbridge.cli;

import io.meshbridge.config.BridgeConfig;
import io.meshbridge.log.MembersAdmin;
import io.meshbridge.log.OrdersAdmin;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import io.meshbridge.orders.Order;
import io.meshbridge.orders.SignedOrder;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** The orders' topic of a federation, and its trail. */
final class LogOrdersDesk implements OrdersDesk {
  private final MembersAdmin members;
  private final OrdersAdmin orders;
  private final Clock clock;

  private LogOrdersDesk(MembersAdmin members, OrdersAdmin orders, Clock clock) {
    this.members = members;
    this.orders = orders;
    this.clock = clock;
  }

  /** Opens the topics; creates those that are missing. */
  @Singleton
  static final class TopicOpener implements Opener {
    @Override
    public OrdersDesk open(BridgeConfig config) throws UnreachableException, InterruptedException {
      var access = OperatorTopics.open(config);
      var clock = Clock.systemUTC();
      return new LogOrdersDesk(
          new MembersAdmin(access.topics(), access.clients(), clock),
          new OrdersAdmin(access.topics(), access.clients()),
          clock);
    }
  }

  @Override
  public List<Member> members() throws UnreachableException, InterruptedException {
    return OperatorTopics.ask(() -> members.list());
  }

  @Override
  public List<SignedOrder> standing() throws UnreachableException, InterruptedException {
    return OperatorTopics.ask(() -> orders.list());
  }

  @Override
  public void give(Order order, Signature signature)
      throws UnreachableException, InterruptedException {
    OperatorTopics.tell(() -> orders.give(signed(order, signature)));
  }

  @Override
  public void lift(Order order, Signature signature)
      throws UnreachableException, InterruptedException {
    OperatorTopics.tell(() -> orders.lift(signed(order, signature)));
  }

  @Override
  public void uninstalled(MeshId mesh, Signature signature)
      throws UnreachableException, InterruptedException {
    OperatorTopics.tell(
        () -> orders.uninstalled(mesh, signature.by(), signature.why(), clock.instant()));
  }

  /** Nothing is held open: each call has clients of its own. */
  @Override
  public void close() {}

  private SignedOrder signed(Order order, Signature signature) {
    return new SignedOrder(order, signature.by(), signature.why(), clock.instant());
  }
}
