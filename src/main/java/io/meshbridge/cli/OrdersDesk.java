package io.meshbridge.cli;

import io.meshbridge.config.BridgeConfig;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import io.meshbridge.orders.Order;
import io.meshbridge.orders.SignedOrder;
import java.util.List;

/** Where operators give the bridges of a federation orders. */
public interface OrdersDesk extends AutoCloseable {

  /** Opens the desk of the federation that a configuration names. */
  @FunctionalInterface
  interface Opener {
    /**
     * Opens it.
     *
     * @throws UnreachableException if the brokers cannot be reached
     */
    OrdersDesk open(BridgeConfig config) throws UnreachableException, InterruptedException;
  }

  /**
   * All members, the retired ones too, in any order.
   *
   * @throws UnreachableException if the brokers cannot be reached
   */
  List<Member> members() throws UnreachableException, InterruptedException;

  /**
   * The orders that stand, in any order.
   *
   * @throws UnreachableException if the brokers cannot be reached
   */
  List<SignedOrder> standing() throws UnreachableException, InterruptedException;

  /**
   * Gives an order. Returns when it is durably written, and the act with it.
   *
   * @throws UnreachableException if the brokers cannot be reached; it may or may not be written
   */
  void give(Order order, Signature signature) throws UnreachableException, InterruptedException;

  /**
   * Lifts an order. Returns when that is durably written, and the act with it.
   *
   * @throws UnreachableException if the brokers cannot be reached; it may or may not be written
   */
  void lift(Order order, Signature signature) throws UnreachableException, InterruptedException;

  /**
   * Notes that all that is ours is removed from a mesh. Returns when it is durably written.
   *
   * @throws UnreachableException if the brokers cannot be reached; it may or may not be written
   */
  void uninstalled(MeshId mesh, Signature signature)
      throws UnreachableException, InterruptedException;

  @Override
  void close();
}
