package io.meshbridge.api;

import io.meshbridge.cli.OrdersDesk;
import io.meshbridge.cli.Signature;
import io.meshbridge.cli.UnreachableException;
import io.meshbridge.looking.ServedConfiguration;
import io.meshbridge.orders.Order;
import io.meshbridge.orders.SignedOrder;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jboss.logging.Logger;

/** The orders of the command line, by the door: with who gives them, and why, in the trail. */
@Singleton
final class DoorOrders {
  private static final Logger LOG = Logger.getLogger(DoorOrders.class);

  private final ServedConfiguration configuration;
  private final Instance<OrdersDesk.Opener> opener;
  private final Errands errands;
  private final InstantSource clock = InstantSource.system();

  DoorOrders(
      ServedConfiguration configuration, Instance<OrdersDesk.Opener> opener, Errands errands) {
    this.configuration = configuration;
    this.opener = opener;
    this.errands = errands;
  }

  /** What is done at the desk. */
  @FunctionalInterface
  private interface Doing<T> {
    T at(OrdersDesk desk) throws UnreachableException, InterruptedException;
  }

  /** The orders that stand, the oldest first. */
  List<OrderView> standing() throws Exception {
    return atTheDesk(
        desk ->
            desk.standing().stream()
                .sorted(Comparator.comparing(SignedOrder::at))
                .map(OrderView::of)
                .toList());
  }

  /** Keeps imports as they stand. */
  OrderView pause(Caller caller, OrderForm form) throws Exception {
    form.checkReason(true);
    return atTheDesk(desk -> give(desk, form.pause(desk.members()), signature(caller, form)));
  }

  /** Says that services which the guard holds shall go. */
  OrderView confirm(Caller caller, OrderForm form) throws Exception {
    form.checkReason(true);
    return atTheDesk(desk -> give(desk, form.confirm(desk.members()), signature(caller, form)));
  }

  /**
   * Lets paused imports follow their services again.
   *
   * @throws RefusedException if no such pause stands
   */
  OrderView resume(Caller caller, OrderForm form) throws Exception {
    form.checkReason(false);
    return atTheDesk(
        desk -> {
          var pause = form.pause(desk.members());
          if (desk.standing().stream().noneMatch(signed -> signed.order().equals(pause))) {
            throw new RefusedException(
                new Refusal(
                    Refusal.Kind.UNKNOWN, "no such pause stands; /api/v1/orders says what does"));
          }
          var signature = signature(caller, form);
          desk.lift(pause, signature);
          return view(pause, signature);
        });
  }

  private OrderView give(OrdersDesk desk, Order order, Signature signature)
      throws UnreachableException, InterruptedException {
    desk.give(order, signature);
    return view(order, signature);
  }

  private OrderView view(Order order, Signature signature) {
    LOG.infof("order by the door by=%s order=%s", signature.by(), order);
    return OrderView.of(new SignedOrder(order, signature.by(), signature.why(), clock.instant()));
  }

  private static Signature signature(Caller caller, OrderForm form) {
    return new Signature(caller.name(), form.why());
  }

  private <T> T atTheDesk(Doing<T> doing) throws Exception {
    var config =
        configuration
            .current()
            .orElseThrow(
                () ->
                    new RefusedException(
                        new Refusal(Refusal.Kind.UNAVAILABLE, Refusal.SERVES_NOTHING)));
    return errands.run(
        () -> {
          try (var desk = opener.get().open(config)) {
            return doing.at(desk);
          } catch (UnreachableException unreachable) {
            throw new RefusedException(refusal(unreachable));
          }
        });
  }

  /** What the brokers say names classes and addresses: the log is for those who may know them. */
  private static Refusal refusal(UnreachableException unreachable) {
    LOG.warnf("orders are out of reach reason=%s", unreachable.getMessage());
    for (Throwable cause = unreachable; cause != null; cause = cause.getCause()) {
      if (cause instanceof TopicAuthorizationException denied) {
        return new Refusal(
            Refusal.Kind.LACKS_RIGHT,
            "the Kafka user of this bridge lacks a right on "
                + denied.unauthorizedTopics()
                + ": orders by the door need Write on the topics orders and trail"
                + " (docs/install.md), or give them by the command line");
      }
    }
    return new Refusal(
        Refusal.Kind.UNAVAILABLE,
        "the log cannot be reached, so that nobody knows whether anything has changed; list the"
            + " orders before you try again");
  }
}
